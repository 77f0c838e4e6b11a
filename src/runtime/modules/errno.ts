/** The `errno` module: the numbers of OSErrors. Those that the ports count differently belong to the run. */

import { Dict } from "../core/container/dict.js";
import { perContext } from "../core/context.js";
import { ERRNO, portErrno } from "../core/exception/errno-name.js";
import type { Value } from "../core/values.js";

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
  ECONNRESET,
  ENOBUFS,
  ECONNREFUSED,
} = ERRNO;

const errorcode = perContext((): Dict => {
  const names = Object.entries(ERRNO).map(([name, code]): [Value, Value] => [
    portErrno(code),
    name,
  ]);
  const dict = new Dict(names);
  dict.fixed = true;
  return dict;
});

const own = (code: number) => ({ get: (): Value => portErrno(code) });

export const $dynamic = {
  EADDRINUSE: own(ERRNO.EADDRINUSE),
  ECONNABORTED: own(ERRNO.ECONNABORTED),
  ENOTCONN: own(ERRNO.ENOTCONN),
  ETIMEDOUT: own(ERRNO.ETIMEDOUT),
  EHOSTUNREACH: own(ERRNO.EHOSTUNREACH),
  EALREADY: own(ERRNO.EALREADY),
  EINPROGRESS: own(ERRNO.EINPROGRESS),
  /** The names by number. */
  errorcode: { get: (): Value => errorcode() },
};
