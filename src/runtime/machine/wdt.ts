/** `machine.WDT`: resets the chip unless it is fed in time. It cannot be stopped. */

import { define } from "../core/class.js";
import { current } from "../core/context.js";
import { ValueError } from "../core/exceptions.js";
import { index } from "../core/numbers.js";
import { PyObject } from "../core/object.js";
import type { Value } from "../core/values.js";
import type { Alarm } from "../host/agenda.js";
import type { Host } from "../host/host.js";
import { type Interrupts, interrupts } from "../host/interrupts.js";
import { currentBoard } from "./bus-unit.js";
import type { Board } from "./hal.js";
import { portMembers } from "./port-members.js";
import { requestReset } from "./reset.js";

const TIMEOUT = 5000;

export class WDT extends PyObject {
  declare private timeout: number;
  declare private alarm: Alarm | null;
  declare private board: Board;
  declare private host: Host;
  declare private queue: Interrupts;

  override __init__(id: Value = 0, timeout: Value = TIMEOUT): Value {
    this.board = currentBoard();
    const { port, watchdog } = this.board.data;
    if (index(id) !== 0) {
      throw port === "rp2" ? new ValueError(`WDT(${id}) doesn't exist`) : new ValueError();
    }
    this.timeout = index(timeout);
    if (this.timeout < watchdog.least) throw new ValueError("WDT timeout too short");
    if (this.timeout > watchdog.most) throw new ValueError(`timeout exceeds ${watchdog.most}`);
    this.host = current().host as Host;
    this.queue = interrupts();
    this.alarm = null;
    this.board.onReset(() => this.alarm?.cancel());
    return this.feed();
  }

  feed(): null {
    this.alarm?.cancel();
    this.alarm = this.board.at(this.host.now() + this.timeout, () =>
      requestReset("WDT_RESET", this.queue),
    );
    return null;
  }

  timeout_ms(timeout: Value): null {
    this.timeout = index(timeout);
    return this.feed();
  }
}
define(WDT, {
  builtin: true,
  methods: { __init__: "id=, timeout=", feed: "", timeout_ms: "timeout, /" },
});
portMembers(WDT, "machine.WDT");
