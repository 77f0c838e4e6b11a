/**
 * The error numbers that MicroPython knows by name: for messages of OSError and for `errno`. Most ports
 * count as Linux does (py/mperrno.h); some have the numbers of their C library, newlib.
 */

import { current, hasContext } from "../context.js";
import { OSError } from "./exceptions.js";

/** As most ports count, and as the runtime does. */
export const ERRNO = {
  EPERM: 1,
  ENOENT: 2,
  EIO: 5,
  EBADF: 9,
  EAGAIN: 11,
  ENOMEM: 12,
  EACCES: 13,
  EEXIST: 17,
  ENODEV: 19,
  EISDIR: 21,
  EINVAL: 22,
  EOPNOTSUPP: 95,
  EADDRINUSE: 98,
  ECONNABORTED: 103,
  ECONNRESET: 104,
  ENOBUFS: 105,
  ENOTCONN: 107,
  ETIMEDOUT: 110,
  ECONNREFUSED: 111,
  EHOSTUNREACH: 113,
  EALREADY: 114,
  EINPROGRESS: 115,
} as const;

/** Newlib's numbers for those that it counts differently. */
const NEWLIB: ReadonlyMap<number, number> = /* @__PURE__ */ new Map([
  [89, 121], // EDESTADDRREQ
  [97, 106], // EAFNOSUPPORT
  [98, 112], // EADDRINUSE
  [99, 125], // EADDRNOTAVAIL
  [101, 114], // ENETUNREACH
  [103, 113], // ECONNABORTED
  [106, 127], // EISCONN
  [107, 128], // ENOTCONN
  [110, 116], // ETIMEDOUT
  [113, 118], // EHOSTUNREACH
  [114, 120], // EALREADY
  [115, 119], // EINPROGRESS
  [125, 140], // ECANCELED
]);

/** The number that the port of the board has for one of the runtime's. */
export function portErrno(code: number): number {
  if (!hasContext() || current().names.errno !== "newlib") return code;
  return NEWLIB.get(code) ?? code;
}

/** An OSError with the port's number for one of the runtime's. */
export function osError(code: number): OSError {
  return new OSError(portErrno(code));
}

/** The name of a number of the port's. */
export function errnoName(code: number | bigint): string | undefined {
  for (const [name, value] of Object.entries(ERRNO)) if (portErrno(value) === code) return name;
  return undefined;
}
