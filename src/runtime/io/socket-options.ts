/**
 * `setsockopt()`: what its numbers and values mean, and what they do to what stands behind a socket.
 * Options without an effect here are ignored.
 */

import { bytesOf } from "../core/memory/buffer.js";
import { index } from "../core/number/numbers.js";
import { truth } from "../core/operator/unary.js";
import { isInt, type Value } from "../core/values.js";
import type { DatagramPort } from "../host/network.js";
import { IPPROTO_IP, IPPROTO_TCP, Option, SOL_SOCKET } from "./socket-constants.js";
import type { SocketEnd } from "./socket-end.js";
import { checkGroup, socketStack } from "./socket-stack.js";

type SocketOption =
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

/** `datagrams` gives the socket's port for those, or raises that it has none. */
export function setSocketOption(
  end: SocketEnd,
  datagrams: () => DatagramPort,
  [level, name, value]: readonly [level: Value, name: Value, value: Value],
): void {
  // The stacks of boards do not look at the level, and want a number for what they switch on.
  const isBoard = socketStack() !== undefined;
  const option = optionOf(isBoard && !isInt(level) ? SOL_SOCKET : index(level), index(name));
  if (isBoard && (option === "reuseAddress" || option === "broadcast")) index(value);
  if (option === "join" || option === "leave") checkGroup(bytesOf(value).length);
  if (option === "linger") end.resets = lingersNot(value);
  else if (option === "reuseAddress") end.reuse = truth(value);
  else if (option === "keepAlive" || option === "noDelay") {
    end.connection?.configure(option, truth(value));
  } else if (option === "broadcast") datagrams().broadcast(truth(value));
  else if (option === "join") datagrams().join(groupOf(value));
  else if (option === "leave") datagrams().leave(groupOf(value));
}

function optionOf(level: number, name: number): SocketOption | undefined {
  return OPTIONS[level]?.[name];
}

/** Whether a `struct linger` (two ints) says that closing breaks the connection off. */
function lingersNot(value: Value): boolean {
  if (typeof value !== "object" || value === null) return false;
  const view = new DataView(bytesOf(value).slice().buffer);
  return view.byteLength >= 8 && view.getInt32(0, true) !== 0 && view.getInt32(4, true) === 0;
}

/** The group of a `struct ip_mreq`: its first four bytes. */
function groupOf(value: Value): string {
  return [...bytesOf(value).subarray(0, 4)].join(".");
}
