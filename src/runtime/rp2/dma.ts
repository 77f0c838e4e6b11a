/** `rp2.DMA` and `rp2.DMATimer`: they move memory that a simulated chip does not have. */

import { define } from "../core/class.js";
import { PyObject } from "../core/object.js";
import type { Value } from "../core/values.js";
import { notSimulated } from "../machine/not-simulated.js";

export class DMA extends PyObject {
  override __init__(): never {
    return notSimulated("rp2.DMA");
  }
}
define(DMA, { builtin: true, methods: { __init__: "" } });

export class DMATimer extends PyObject {
  override __init__(_timer_id: Value = null, _freq: Value = null, _ratio: Value = null): never {
    return notSimulated("rp2.DMATimer");
  }
}
define(DMATimer, { builtin: true, methods: { __init__: "timer_id=, *, freq=, ratio=" } });
