/** How an ESP8266's radio saves power: what `esp.sleep_type` and `WLAN.config(pm=...)` set alike. */

import { perContext } from "../core/context.js";
import { portConstant } from "../core/module/port-names.js";

/** SLEEP_MODEM: the chip stays with what it had when it is told of another kind. */
const LAST = 2;

const state = perContext(() => ({ kind: portConstant("esp", "SLEEP_MODEM") ?? 0 }));

export function sleepType(): number {
  return state().kind;
}

export function setSleepType(kind: number): void {
  if (kind >= 0 && kind <= LAST) state().kind = kind;
}
