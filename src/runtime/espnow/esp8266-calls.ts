/**
 * What ESP-NOW on an ESP8266 takes otherwise than on an ESP32: ports/esp8266/modespnow.c has fewer arguments,
 * and asks whether the radio is on only where messages go or come.
 */

import { OSError, TypeError, ValueError } from "../core/exception/exceptions.js";
import { bytesOf, writableBytes } from "../core/memory/buffer.js";
import { index } from "../core/number/numbers.js";
import type { Value } from "../core/values.js";
import { currentBoard } from "../machine/bus-unit.js";

/** ESP_ERR_ESPNOW_NOT_INIT, as the port counts it. */
const NOT_INIT = 869;
const ADDRESS = 6;
const DATA = 250;
const KEY = 16;

export function isEsp8266(): boolean {
  return currentBoard().data.port === "esp8266";
}

export const notActive = (): OSError => new OSError(NOT_INIT);

/** `add_peer(mac, lmk, channel)`: a key is one, and nothing follows. */
export function checkPeer([lmk, channel, ...others]: readonly Value[]): void {
  const more = others.filter((each) => each !== undefined).length;
  if (more > 0) throw new TypeError(`function expected at most 4 arguments, got ${4 + more}`);
  if (channel !== undefined) index(channel);
  if (lmk !== undefined && bytesOf(lmk).length !== KEY) {
    throw new ValueError("invalid buffer length");
  }
}

/** `config(rxbuf=..., timeout_ms=...)` only sets. */
export function checkConfig(param: Value, rate: Value): void {
  if (param !== undefined) throw new TypeError("extra positional arguments given");
  if (rate !== -1) throw new TypeError("extra keyword arguments given");
}

/** `send(mac, message)`: there is no message for all. */
export function checkSend(mac: Value, message: Value): void {
  if (message === undefined) {
    throw new TypeError("function missing 1 required positional arguments");
  }
  bytesOf(message);
  bytesOf(mac);
}

/** What is received goes into buffers of the full length. */
export function checkTargets([address, message]: readonly Value[]): void {
  const sizes = [writableBytes(address).length, writableBytes(message).length];
  if (sizes[0] !== ADDRESS || sizes[1] !== DATA) throw new ValueError("invalid buffer length");
}
