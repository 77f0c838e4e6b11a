/** `machine.bitstream`: bytes as pulses of two lengths, for addressable LEDs. */

import { def } from "../core/call/signature.js";
import { OSError, ValueError } from "../core/exception/exceptions.js";
import { asArrayOf } from "../core/iteration/iteration.js";
import { bytesOf } from "../core/memory/buffer.js";
import { index } from "../core/number/numbers.js";
import type { Value } from "../core/values.js";
import { bitstreams } from "../esp32/bitstreams.js";
import { currentBoard } from "./bus-unit.js";
import { lineOf } from "./pin/pin.js";

/** High and low times. */
const PULSES = 0;
const TIMES = 4;

export const bitstream = def(
  (pin: Value, encoding: Value, timing: Value, buf: Value) => {
    const line = lineOf(pin);
    const kind = index(encoding);
    const data = bytesOf(buf).slice();
    if (kind !== PULSES) throw new ValueError("encoding");
    asArrayOf(timing, TIMES).forEach(index);
    // The unit that an ESP32 has for it refuses to send nothing.
    if (data.length === 0 && currentBoard().data.port === "esp32" && bitstreams().enabled) {
      throw new OSError(-258, "ESP_ERR_INVALID_ARG");
    }
    for (const receiver of line.wired("pulses")) receiver.pulses(data);
    return null;
  },
  "pin, encoding, timing, buf, /",
  "bitstream",
);
