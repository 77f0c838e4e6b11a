/** `dht_readinto`: asks a DHT sensor and takes its five bytes. `machine`, `esp` and `pyb` have it. */

import { def } from "../core/call/signature.js";
import { osError } from "../core/exception/errno-name.js";
import { ValueError } from "../core/exception/exceptions.js";
import { writableBytes } from "../core/memory/buffer.js";
import type { Value } from "../core/values.js";
import { ETIMEDOUT } from "./errno.js";
import { lineOf } from "./pin/pin.js";

const SIZE = 5;

/** Asks the sensor on the pin and puts its five bytes into `buf`. */
export const dht_readinto = def(
  (pin: Value, buf: Value) => {
    const line = lineOf(pin);
    line.configure("open-drain", null, 1);
    const memory = writableBytes(buf);
    if (memory.length < SIZE) throw new ValueError("buffer too small");
    for (const sensor of line.wired("pulseSensor")) {
      const answer = sensor.answer();
      if (answer === null) continue;
      memory.set(answer);
      return null;
    }
    throw osError(ETIMEDOUT);
  },
  "pin, buf, /",
  "dht_readinto",
);
