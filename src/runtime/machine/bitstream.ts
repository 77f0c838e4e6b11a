/** `machine.bitstream`: bytes as pulses of two lengths, for addressable LEDs. */

import { bytesOf } from "../core/buffer.js";
import { TypeError, ValueError } from "../core/exceptions.js";
import { asArray } from "../core/iteration.js";
import { index } from "../core/numbers.js";
import { def } from "../core/signature.js";
import type { Value } from "../core/values.js";
import { lineOf } from "./pin.js";

/** High and low times. */
const PULSES = 0;
const TIMES = 4;

export const bitstream = def(
  (pin: Value, encoding: Value, timing: Value, buf: Value) => {
    const line = lineOf(pin);
    const data = bytesOf(buf).slice();
    if (index(encoding) !== PULSES) throw new ValueError("encoding");
    const times = asArray(timing);
    if (times.length !== TIMES) {
      throw new TypeError(`requested length ${TIMES} but object has length ${times.length}`);
    }
    times.forEach(index);
    for (const receiver of line.wired("pulses")) receiver.pulses(data);
    return null;
  },
  "pin, encoding, timing, buf, /",
  "bitstream",
);
