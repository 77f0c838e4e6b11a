/** MicroPython's numbers for what Node's sockets fail with. Used by node-connection.ts and its neighbours. */

const ECONNRESET = 104;
const EIO = 5;
const ERRNO: Readonly<Record<string, number>> = {
  EACCES: 13,
  EPIPE: ECONNRESET,
  EADDRINUSE: 98,
  EADDRNOTAVAIL: 99,
  ENETUNREACH: 101,
  ECONNABORTED: 103,
  ECONNRESET,
  ETIMEDOUT: 110,
  ECONNREFUSED: 111,
  EHOSTUNREACH: 113,
};

export function errnoOf(error: unknown): number {
  return ERRNO[(error as NodeJS.ErrnoException).code ?? ""] ?? EIO;
}
