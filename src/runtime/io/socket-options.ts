/** What the numbers and values given to `setsockopt()` mean. Options without an effect here are ignored. */

import { bytesOf } from "../core/buffer.js";
import type { Value } from "../core/values.js";
import { IPPROTO_IP, IPPROTO_TCP, Option, SOL_SOCKET } from "./socket-constants.js";

export type SocketOption =
  | "reuseAddress"
  | "broadcast"
  | "keepAlive"
  | "linger"
  | "noDelay"
  | "join"
  | "leave";

/** Numbers of boards, for programs that write those: lwIP's own, and what extmod/modlwip.c makes of them. */
const LWIP_LEVEL = 0xfff;
const LWIP = { 4: "reuseAddress", 8: "keepAlive", 32: "broadcast" } as const;

const OPTIONS: Readonly<Record<number, Readonly<Record<number, SocketOption>>>> = {
  [LWIP_LEVEL]: LWIP,
  [SOL_SOCKET]: {
    ...LWIP,
    [Option.SO_REUSEADDR]: "reuseAddress",
    [Option.SO_BROADCAST]: "broadcast",
    [Option.SO_KEEPALIVE]: "keepAlive",
    [Option.SO_LINGER]: "linger",
  },
  [IPPROTO_IP]: {
    [Option.IP_ADD_MEMBERSHIP]: "join",
    [Option.IP_DROP_MEMBERSHIP]: "leave",
    3: "join",
    4: "leave",
    1024: "join",
    1025: "leave",
  },
  [IPPROTO_TCP]: { [Option.TCP_NODELAY]: "noDelay", 64: "noDelay" },
};

export function optionOf(level: number, name: number): SocketOption | undefined {
  return OPTIONS[level]?.[name];
}

/** Whether a `struct linger` (two ints) says that closing breaks the connection off. */
export function lingersNot(value: Value): boolean {
  if (typeof value !== "object" || value === null) return false;
  const view = new DataView(bytesOf(value).slice().buffer);
  return view.byteLength >= 8 && view.getInt32(0, true) !== 0 && view.getInt32(4, true) === 0;
}

/** The group of a `struct ip_mreq`: its first four bytes. */
export function groupOf(value: Value): string {
  return [...bytesOf(value).subarray(0, 4)].join(".");
}
