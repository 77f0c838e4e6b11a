/** `machine.WDT`: resets the chip unless it is fed in time. It cannot be stopped. */

import type { BoardData } from "../boards/board-data.js";
import { define } from "../core/class/class.js";
import { SoleObject } from "../core/class/sole-object.js";
import { current } from "../core/context.js";
import { ValueError } from "../core/exception/exceptions.js";
import { requirePort } from "../core/module/port-names.js";
import { index } from "../core/number/numbers.js";
import type { Value } from "../core/values.js";
import type { Alarm } from "../host/agenda.js";
import type { Host } from "../host/host.js";
import { type Interrupts, interrupts } from "../host/interrupts.js";
import { currentBoard } from "./bus-unit.js";
import type { Board } from "./hal.js";
import { portMembers } from "./port/port-members.js";
import { requestReset } from "./reset.js";

const TIMEOUT = 5000;
const WINDOW = "WWDG";
/** The two watchdogs of an STM32. */
const STM32_IDS: readonly Value[] = ["IWDG", WINDOW];
/** The second one counts 64 steps of 4096 cycles of its bus, or eight times as long. */
const WINDOW_CLOCK = 42_000;
const WINDOW_STEP = 4096;
const WINDOW_STEPS = 64;

function checkWindow(timeout: number): void {
  let steps = Math.floor((timeout * WINDOW_CLOCK) / WINDOW_STEP);
  for (let divider = 0; divider < 3 && steps > WINDOW_STEPS; divider++) {
    steps = Math.floor((steps + 1) / 2);
  }
  if (steps <= 0) throw new ValueError("WDT timeout too short");
  const most = Math.floor((WINDOW_STEPS * WINDOW_STEP * 8) / WINDOW_CLOCK);
  if (steps > WINDOW_STEPS) throw new ValueError(`WDT timeout too long, max ${most}ms`);
}

/** Refuses an id or a timeout that the port has not. */
function checkWatchdog({ port, watchdog }: BoardData, id: Value, timeout: number): void {
  const named = port === "rp2" || port === "stm32";
  const known = port === "stm32" && typeof id === "string" ? STM32_IDS.includes(id) : null;
  if (!(known ?? (named ? index(id) === 0 : id === 0))) {
    throw named ? new ValueError(`WDT(${id}) doesn't exist`) : new ValueError();
  }
  if (id === WINDOW) {
    checkWindow(timeout);
    return;
  }
  // The ESP8266's cannot be changed.
  if (port === "esp8266" && timeout !== TIMEOUT) throw new ValueError();
  const { least, most } = watchdog;
  if (port === "rp2" && (timeout < 0 || timeout > most)) {
    throw new ValueError(`timeout exceeds ${most}`);
  }
  if (timeout < least && port !== "rp2") throw new ValueError("WDT timeout too short");
  if (timeout > most) throw new ValueError("WDT timeout too long");
}

export class WDT extends SoleObject {
  declare private $timeout: number;
  declare private $alarm: Alarm | undefined;
  declare private $board: Board;
  declare private $host: Host;
  declare private $queue: Interrupts;

  override __init__(id: Value = 0, timeout: Value = TIMEOUT): Value {
    requirePort("machine", "WDT");
    this.$board = currentBoard();
    this.$timeout = index(timeout);
    checkWatchdog(this.$board.data, id, this.$timeout);
    this.$host = current().host as Host;
    this.$queue = interrupts();
    this.$board.onReset(() => this.$alarm?.cancel());
    return WDT.prototype.feed.call(this);
  }

  feed(): null {
    this.$alarm?.cancel();
    this.$alarm = this.$board.at(this.$host.now() + this.$timeout, () =>
      requestReset("WDT_RESET", this.$queue),
    );
    return null;
  }

  timeout_ms(timeout: Value): null {
    this.$timeout = index(timeout);
    return WDT.prototype.feed.call(this);
  }
}
define(WDT, {
  builtin: true,
  methods: { __init__: "id=, timeout=", feed: "", timeout_ms: "timeout, /" },
});
portMembers(WDT, "machine.WDT");
