/** The `apa106` module of the ESP32: LEDs like those of `neopixel` that take their colors as they are. */

import { define } from "../core/class/class.js";
import { tup } from "../core/values.js";
import { NeoPixel } from "./neopixel.js";

const ORDER = tup(0, 1, 2, 3);

export class APA106 extends NeoPixel {}
define(APA106, { attrs: { ORDER } });
