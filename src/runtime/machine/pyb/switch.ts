/** `pyb.Switch`: the button on the board. */

import { call } from "../../core/call/call.js";
import { define } from "../../core/class/class.js";
import { SoleObject } from "../../core/class/sole-object.js";
import { current } from "../../core/context.js";
import { AttributeError } from "../../core/exception/exceptions.js";
import { PRINT } from "../../core/slots.js";
import type { Value } from "../../core/values.js";
import { interrupts } from "../../host/interrupts.js";
import type { Board, PinLine } from "../hal.js";

const READ_WORK = 50;

function button(): PinLine {
  const board = current().board as Board;
  const line = board.data.button === null ? undefined : board.line(board.data.button);
  if (line === undefined) throw new AttributeError("this board has no switch");
  return line;
}

export class Switch extends SoleObject {
  declare private $line: PinLine;

  override __init__(): Value {
    this.$line = button();
    this.$line.configure("in", "up", null);
    return null;
  }

  value(): boolean {
    interrupts().worked(READ_WORK);
    return this.$line.read() === 0;
  }

  __call__(): boolean {
    return Switch.prototype.value.call(this);
  }

  /** Calls `fun()` when the switch is pressed; None: no longer. */
  callback(fun: Value): null {
    if (fun === null) {
      this.$line.onEdge(null);
      return null;
    }
    const queue = interrupts();
    this.$line.onEdge((level) => {
      if (level === 0) queue.schedule(() => call(fun), undefined);
    });
    return null;
  }

  [PRINT](): string {
    return "Switch()";
  }
}
define(Switch, {
  builtin: true,
  methods: { __init__: "", value: "", __call__: "", callback: "fun, /" },
});
