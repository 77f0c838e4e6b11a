/**
 * `Pin.irq(wake=...)` of an ESP32: a level that ends sleeps. Called by `Pin.irq`, which installs a handler where
 * this says no (ports/esp32/machine_pin.c).
 */

import { index } from "../../core/number/numbers.js";
import type { Value } from "../../core/values.js";
import type { PinLine } from "../hal.js";
import { wakeByPin, wakesNoMore } from "../wake.js";
import { HIGH_LEVEL, LOW_LEVEL, wantedEdges } from "./pin-irq.js";

/** Whether a level of the pin ends sleeps now, instead of an interrupt. */
export function pinWakes(line: PinLine, trigger: Value, wake: Value): boolean {
  const edges = trigger === undefined ? 0 : wantedEdges(index(trigger));
  if (wake === null || (edges !== LOW_LEVEL && edges !== HIGH_LEVEL)) {
    wakesNoMore(line);
    return false;
  }
  wakeByPin(line, edges === LOW_LEVEL ? 0 : 1, wake);
  return true;
}
