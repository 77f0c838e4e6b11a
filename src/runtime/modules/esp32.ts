/** The `esp32` module: what an ESP32 has beside `machine`. */

import { def } from "../core/call/signature.js";
import { ValueError } from "../core/exception/exceptions.js";
import { asArray } from "../core/iteration/iteration.js";
import { requirePort } from "../core/module/port-names.js";
import { index } from "../core/number/numbers.js";
import { truth } from "../core/operator/unary.js";
import { tup, type Value } from "../core/values.js";
import { currentBoard } from "../machine/bus-unit.js";
import type { PinLine } from "../machine/hal.js";
import { notSimulated } from "../machine/not-simulated.js";
import { lineOf } from "../machine/pin/pin.js";
import { LDO as LdoDriver } from "../machine/unsimulated-drivers.js";
import { BY_EXT0, excludeWake, isWakePin, wakeSources } from "../machine/wake.js";

export { NVS } from "../esp32/nvs.js";
export { Partition } from "../esp32/partition.js";
export { PCNT } from "../esp32/pcnt.js";
export { RMT } from "../esp32/rmt.js";
export { ULP } from "../esp32/ulp.js";
export const LDO = LdoDriver;
export type LDO = Value;

export const WAKEUP_ALL_LOW = false;
export const WAKEUP_ANY_HIGH = true;
export const HEAP_DATA = 4;
export const HEAP_EXEC = 1;

/** The numbers of `machine.wake_reason()`. */
const EXT1 = 3;
const TOUCH = 5;
/** What the thermometer of the chip gives at room temperature, in degrees Fahrenheit. */
const FAHRENHEIT = 127;
const CELSIUS = 53;
/** (total, free, largest free, least free) of the regions of the heap, by what they can be used for. */
const HEAPS: Readonly<Record<number, readonly (readonly [number, number, number, number])[]>> = {
  [HEAP_DATA]: [
    [7_288, 0, 0, 0],
    [16_648, 4, 4, 4],
    [139_264, 91_552, 90_112, 89_200],
    [15_072, 13_440, 12_800, 13_000],
  ],
  [HEAP_EXEC]: [
    [139_264, 91_552, 90_112, 89_200],
    [15_072, 13_440, 12_800, 13_000],
    [113_840, 94_208, 94_208, 94_208],
  ],
};

function wakePin(pin: Value): PinLine {
  const line = lineOf(pin);
  if (!isWakePin(line)) throw new ValueError("invalid pin");
  return line;
}

/** What is given, or what was set before. */
function wakeLevel(level: Value, name: string): 0 | 1 {
  if (level === undefined) return wakeSources().get(name)?.level ?? 0;
  return truth(level) ? 1 : 0;
}

/** A touch ends a sleep. */
export function wake_on_touch(wake: Value): null {
  excludeWake("ext0", "gpio");
  if (!truth(wake)) wakeSources().delete("touch");
  else {
    const { touch } = currentBoard().data;
    const lines = touch.map((number) => currentBoard().line(number) as PinLine);
    wakeSources().set("touch", { reason: TOUCH, lines, level: 0, all: false, touch: true });
  }
  return null;
}

export function wake_on_ulp(wake: Value): null {
  excludeWake("ext0", "gpio");
  return truth(wake) ? notSimulated("esp32.wake_on_ulp") : null;
}

/** A level of one pin ends a sleep; None: no longer. */
export const wake_on_ext0 = def(
  (pin?: Value, level?: Value) => {
    excludeWake("touch");
    const wanted = wakeLevel(level, "ext0");
    if (pin === null) wakeSources().delete("ext0");
    else {
      const lines = pin === undefined ? wakeSources().get("ext0")?.lines : [wakePin(pin)];
      if (lines === undefined) throw new ValueError("invalid pin");
      wakeSources().set("ext0", { reason: BY_EXT0, lines, level: wanted, all: false });
    }
    return null;
  },
  "pin=, level=",
  "wake_on_ext0",
);

/** All of some pins low, or any of them high, ends a sleep; without pins: those that were set before. */
export const wake_on_ext1 = def(
  (pins: Value = null, level?: Value) => {
    const before = wakeSources().get("ext1")?.lines ?? [];
    const lines = pins === null ? before : asArray(pins).map(wakePin);
    const wanted = wakeLevel(level, "ext1");
    if (lines.length === 0) wakeSources().delete("ext1");
    else wakeSources().set("ext1", { reason: EXT1, lines, level: wanted, all: wanted === 0 });
    return null;
  },
  "pins=, level=",
  "wake_on_ext1",
);

/** Levels of any pins end a light sleep; without pins: of those that were set before. */
export const wake_on_gpio = def(
  (pins: Value = null, level?: Value) => {
    excludeWake("touch");
    const before = wakeSources().get("gpio")?.lines ?? [];
    const lines = pins === null ? before : asArray(pins).map(lineOf);
    const wanted = wakeLevel(level, "gpio");
    if (lines.length === 0) wakeSources().delete("gpio");
    else wakeSources().set("gpio", { reason: 7, lines, level: wanted, all: false });
    return null;
  },
  "pins=, level=",
  "wake_on_gpio",
);

/** Pins keep their level in a deep sleep. */
export function gpio_deep_sleep_hold(enable: Value): null {
  truth(enable);
  return null;
}

export function raw_temperature(): number {
  requirePort("esp32", "raw_temperature");
  return FAHRENHEIT;
}

export function mcu_temperature(): number {
  requirePort("esp32", "mcu_temperature");
  return CELSIUS;
}

/** [(total, free, largest free, least free), ...] */
export function idf_heap_info(capabilities: Value): Value[] {
  return (HEAPS[index(capabilities)] ?? []).map((region) => tup(...region));
}

/** (time, [(id, name, state, priority, run time, stack, core), ...]); only where FreeRTOS keeps count. */
export function idf_task_info(): Value {
  requirePort("esp32", "idf_task_info");
  const time = Math.floor(currentBoard().now * 1000);
  return tup(time, [tup(0, "mp_task", 0, 1, time, 12_288, 1)]);
}
