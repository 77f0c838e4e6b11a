/** The numbers of `socket`'s constants that are the same on all ports, and those of Linux. */

import { portConstant } from "../core/module/port-names.js";

export const AF_INET = 2;
export const AF_INET6 = 10;
export const SOCK_STREAM = 1;
export const SOCK_DGRAM = 2;
export const SOCK_RAW = 3;
export const IPPROTO_IP = 0;
export const IPPROTO_TCP = 6;
export const IPPROTO_UDP = 17;
export const SOL_SOCKET = 1;

/** Options of setsockopt(), as Linux counts them. */
export const Option = {
  SO_REUSEADDR: 2,
  SO_BROADCAST: 6,
  SO_KEEPALIVE: 9,
  SO_LINGER: 13,
  TCP_NODELAY: 1,
  IP_ADD_MEMBERSHIP: 35,
  IP_DROP_MEMBERSHIP: 36,
} as const;

/** Whether flags of recv() have that one of the port's. */
export function hasFlag(flags: number, name: "MSG_PEEK" | "MSG_DONTWAIT"): boolean {
  return (flags & (portConstant("socket", name) ?? 0)) !== 0;
}
