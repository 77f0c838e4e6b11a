/**
 * The `ntptime` module, which ports freeze: asks a time server over UDP, as the Python file of
 * micropython-lib does. The clock that it sets is the board's, in UTC.
 */

import { blocking, invokeWait } from "../core/blocking/blocking.js";
import { perContext } from "../core/context.js";
import { Exception } from "../core/exception/exceptions.js";
import { bytesOf } from "../core/memory/buffer.js";
import type { DynamicNames } from "../core/module/module.js";
import { toBytes } from "../core/text/bytes.js";
import { tup, type Value } from "../core/values.js";
import { AF_INET, SOCK_DGRAM } from "../io/socket-constants.js";
import { RTC } from "../machine/rtc.js";
import { getaddrinfo, socket } from "./socket.js";
import { gmtime } from "./time.js";

const PORT = 123;
/** Bytes of the request and of the answer. */
const SIZE = 48;
/** The first byte of a request: version 4, from a client. */
const CLIENT = 0x23;
/** Where the answer has the seconds since 1900. */
const SECONDS = 40;
/** The beginning of 2024: what is less has gone round in its 32 bits. */
const LEAST = 3_913_056_000;
/** Seconds from 1900 to the epochs that ports have. */
const DELTAS: Readonly<Record<number, number>> = { 1970: 2_208_988_800, 2000: 3_155_673_600 };

/** `ntptime.host = "..."`: what a program may set. */
const settings = perContext((): { host: Value; timeout: Value } => ({
  host: "pool.ntp.org",
  timeout: 1,
}));

/** Read by the module object (core/module/module.ts). */
export const $dynamic: DynamicNames = {
  host: {
    get: () => settings().host,
    set: (value) => {
      settings().host = value;
    },
  },
  timeout: {
    get: () => settings().timeout,
    set: (value) => {
      settings().timeout = value;
    },
  },
};

/** Seconds since the port's epoch; OSError without an answer within `timeout` seconds. */
export const time = blocking(function* time() {
  const query = new Uint8Array(SIZE);
  query[0] = CLIENT;
  const [first] = yield* getaddrinfo.wait(settings().host, PORT);
  const udp: Value = new socket(AF_INET, SOCK_DGRAM);
  let answer: Uint8Array;
  try {
    udp.settimeout(settings().timeout);
    yield* invokeWait(udp, "sendto", toBytes(query), first?.at(-1));
    answer = bytesOf(yield* invokeWait(udp, "recv", SIZE));
  } finally {
    udp.close();
  }
  const { buffer, byteOffset, byteLength } = answer;
  const seconds = new DataView(buffer, byteOffset, byteLength).getUint32(SECONDS);
  const year = gmtime(0)[0];
  const delta = DELTAS[year];
  if (delta === undefined) throw new Exception(`Unsupported epoch: ${year}`);
  return (seconds < LEAST ? seconds + 2 ** 32 : seconds) - delta;
});

/** Sets the board's clock. */
export const settime = blocking(function* settime() {
  const [year, month, day, hour, minute, second, weekday] = gmtime(yield* time.wait());
  new RTC().datetime(tup(year, month, day, weekday + 1, hour, minute, second, 0));
  return null;
});

export const __version__ = "0.2.0";
