/** The `apa102` module of the ESP8266: LEDs with a clock line; the fourth number of a color is its brightness. */

import { define } from "../core/class/class.js";
import { tup, type Value } from "../core/values.js";
import { apa102_write } from "./esp.js";
import { NeoPixel } from "./neopixel.js";

const ORDER = tup(0, 1, 2, 3);

export class APA102 extends NeoPixel {
  declare clock_pin: Value;

  override __init__(clock_pin: Value, data_pin: Value, n: Value, bpp: Value = 4): Value {
    super.__init__(data_pin, n, bpp);
    this.clock_pin = clock_pin;
    clock_pin.init(clock_pin.OUT);
    return null;
  }

  override write(): null {
    return apa102_write(this.clock_pin, this.pin, this.buf);
  }
}
define(APA102, {
  fields: ["clock_pin"],
  attrs: { ORDER },
  methods: { __init__: "clock_pin, data_pin, n, bpp=", write: "" },
});
