/**
 * Whose sockets a board has, and what they say otherwise than Linux's do: lwIP's own (extmod/modlwip.c) or
 * those of Espressif's (ports/esp32/modsocket.c).
 */

import type { Waiting } from "../core/blocking/blocking.js";
import { current, hasContext } from "../core/context.js";
import { osError } from "../core/exception/errno-name.js";
import {
  NotImplementedError,
  type OSError,
  TypeError,
  ValueError,
} from "../core/exception/exceptions.js";
import { asArrayOf } from "../core/iteration/iteration.js";
import { index } from "../core/number/numbers.js";
import { asText } from "../core/text/strings.js";
import type { Value } from "../core/values.js";
import { addressFamily, type Endpoint } from "../host/network.js";
import type { Board } from "../machine/hal.js";
import { addressesOf } from "./address.js";
import { AF_INET6 } from "./socket-constants.js";
import type { SocketEnd } from "./socket-end.js";

const ENOTCONN = 107;
const GROUP_BYTES = 8;
/** lwIP's states. */
const [NEW, LISTENING, CONNECTING, CONNECTED, ACTIVE_DATAGRAMS, PEER_CLOSED] = [0, 1, 2, 3, 4, 5];
/** How it writes the error of a socket without anything behind it: the ESP8266 has an older one. */
const [CLOSED, OLD_CLOSED] = [-17, -16];

/** Undefined: Linux's. */
export type SocketStack = "lwip" | "idf" | undefined;

export function socketStack(): SocketStack {
  return hasContext() ? current().names.sockets : undefined;
}

/** The endpoint that an address argument means on a board: lwIP's sockets look no names up. */
export function* boardEndpoint(address: Value, family: number): Waiting<Endpoint> {
  const [host, port] = asArrayOf(address, 2);
  const name = asText(host);
  const isText = typeof port === "string" && socketStack() === "idf";
  const number = (): number => index(isText ? Number(port) : port);
  const any = family === AF_INET6 ? "::" : "0.0.0.0";
  if (name === "") return { host: any, port: number() };
  if (addressFamily(name) !== 0) return { host: name, port: number() };
  if (socketStack() === "lwip") throw new ValueError("invalid arguments");
  const [found] = yield* addressesOf(name, family === AF_INET6 ? 6 : 4);
  return { host: found as string, port: number() };
}

/** Boards' send and sendto have no flags. */
export function checkFlagless(count: number, given: number): void {
  if (socketStack() === undefined || given === count) return;
  throw new TypeError(
    `function takes ${count + 1} positional arguments but ${given + 1} were given`,
  );
}

/** What lwIP says of sendall() for datagrams. */
export function checkSendall(): void {
  if (socketStack() === "lwip") throw new NotImplementedError();
}

/** The group that multicast options are told: two addresses. */
export function checkGroup(bytes: number): void {
  if (socketStack() !== undefined && bytes !== GROUP_BYTES) throw new ValueError();
}

/** What sending raises on a connection that was never made: Linux says EPIPE. */
export function notConnected(other: OSError): OSError {
  return socketStack() === undefined ? other : osError(ENOTCONN);
}

interface Printed {
  /** null: it was closed. */
  readonly end: SocketEnd | null;
  readonly timeout: number | null;
  readonly datagrams: boolean;
}

/** `<socket state=0 ...>`; undefined: the stack shows no more than that it is a socket. */
export function printSocket({ end, timeout, datagrams }: Printed): string | undefined {
  const stack = socketStack();
  if (stack === undefined) return undefined;
  if (stack === "idf") return "<socket>";
  const closed = (current().board as Board).data.port === "esp8266" ? OLD_CLOSED : CLOSED;
  const state = end === null ? closed : lwipState(end);
  const limit = timeout === null ? 0xffffffff : timeout;
  const incoming = datagrams ? "0>" : "0 off=0>";
  return `<socket state=${state} timeout=${limit} incoming=${incoming}`;
}

function lwipState({ connection, listener, port }: SocketEnd): number {
  if (listener !== null) return LISTENING;
  if (port !== null) return ACTIVE_DATAGRAMS;
  if (connection === null) return NEW;
  if (connection.state === "connecting") return CONNECTING;
  return connection.state === "closed" ? PEER_CLOSED : CONNECTED;
}
