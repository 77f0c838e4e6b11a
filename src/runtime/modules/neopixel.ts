/** The `neopixel` module: strips of addressable LEDs. */

import { bytearray } from "../builtins/strings.js";
import { call } from "../core/call/call.js";
import { getattr } from "../core/class/attributes.js";
import { define } from "../core/class/class.js";
import { PyObject } from "../core/class/object.js";
import { bytesOf, writableBytes } from "../core/memory/buffer.js";
import { index } from "../core/number/numbers.js";
import { itemIndex } from "../core/operator/bounds.js";
import { getitem } from "../core/operator/items.js";
import { mul } from "../core/operator/operators.js";
import { asTuple, isInt, tup, type Value } from "../core/values.js";
import { bitstream } from "../machine/bitstream.js";

/** Where red, green, blue and white are in the bytes of a pixel. */
const ORDER = tup(1, 0, 2, 3);
const FAST = tup(400, 850, 800, 450);
const SLOW = tup(800, 1700, 1600, 900);

export class NeoPixel extends PyObject {
  static readonly ORDER = ORDER;

  declare pin: Value;
  declare n: Value;
  declare bpp: Value;
  declare buf: Value;
  declare timing: Value;

  override __init__(pin: Value, n: Value, bpp: Value = 3, timing: Value = 1): Value {
    this.pin = pin;
    this.n = n;
    this.bpp = bpp;
    this.buf = call(bytearray, mul(n, bpp));
    call(getattr(pin, "init"), getattr(pin, "OUT"));
    this.timing = isInt(timing) ? (timing ? FAST : SLOW) : timing;
    return null;
  }

  __len__(): Value {
    return this.n;
  }

  __setitem__(at: Value, value: Value): null {
    this.$store(itemIndex("bytearray", this.n, at), value);
    return null;
  }

  __getitem__(at: Value): Value {
    const bytes = bytesOf(this.buf);
    const start = itemIndex("bytearray", this.n, at) * this.bpp;
    return asTuple(
      Array.from({ length: this.bpp }, (_, i) => bytes[start + index(this.ORDER[i])] as number),
    );
  }

  fill(value: Value): null {
    for (let i = 0; i < this.n; i++) this.$store(i, value);
    return null;
  }

  write(): null {
    bitstream(this.pin, 0, this.timing, this.buf);
    return null;
  }

  private $store(pixel: number, colors: Value): void {
    const bytes = writableBytes(this.buf);
    for (let i = 0; i < this.bpp; i++) {
      bytes[pixel * this.bpp + index(this.ORDER[i])] = index(getitem(colors, i));
    }
  }
}
define(NeoPixel, {
  fields: ["pin", "n", "bpp", "buf", "timing"],
  attrs: { ORDER },
  methods: {
    __init__: "pin, n, bpp=, timing=",
    __len__: "",
    __setitem__: "i, v",
    __getitem__: "i",
    fill: "v",
    write: "",
  },
});

export const __version__ = "0.1.0";
