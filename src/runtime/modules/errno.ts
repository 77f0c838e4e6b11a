/** The `errno` module: the numbers of OSErrors. */

import { Dict } from "../core/dict.js";
import { ERRNO } from "../core/errno-name.js";

export const {
  EPERM,
  ENOENT,
  EIO,
  EBADF,
  EAGAIN,
  ENOMEM,
  EACCES,
  EEXIST,
  ENODEV,
  EISDIR,
  EINVAL,
  EOPNOTSUPP,
  EADDRINUSE,
  ECONNABORTED,
  ECONNRESET,
  ENOBUFS,
  ENOTCONN,
  ETIMEDOUT,
  ECONNREFUSED,
  EHOSTUNREACH,
  EALREADY,
  EINPROGRESS,
} = ERRNO;

/** The names by number. */
export const errorcode = new Dict(Object.entries(ERRNO).map(([name, code]) => [code, name]));
errorcode.fixed = true;
