/**
 * `pyb.USB_HID`: the board as a mouse or a keyboard of a PC. No PC is connected to a simulated board, so that
 * no report is taken and nothing is received. Source: MicroPython's ports/stm32/usb.c.
 */

import type { Waiting } from "../../core/blocking/blocking.js";
import { define } from "../../core/class/class.js";
import { SoleObject } from "../../core/class/sole-object.js";
import { ValueError } from "../../core/exception/exceptions.js";
import { asArray } from "../../core/iteration/iteration.js";
import { bufferOf, writableBytes } from "../../core/memory/buffer.js";
import { index } from "../../core/number/numbers.js";
import { Bytes } from "../../core/text/bytes.js";
import { isInt, type Value } from "../../core/values.js";
import { pause } from "../../time/pause.js";

const TIMEOUT_MS = 5000;
/** Bytes in a report that is given as numbers. */
const MOST = 8;

/** Bytes of the report that were sent: a buffer, or a tuple or list of numbers. */
export function sendReport(report: Value): number {
  if (bufferOf(report, false) === null) {
    const numbers = asArray(report);
    if (numbers.length > MOST) {
      throw new ValueError("tuple/list too large for HID report; use bytearray instead");
    }
    for (const number of numbers) index(number);
  }
  return 0;
}

export class USB_HID extends SoleObject {
  override __init__(): null {
    return null;
  }

  send(report: Value): number {
    return sendReport(report);
  }

  /** Waits in vain: no bytes, or how many there are in the buffer. */
  *recv(data: Value, timeout: Value = TIMEOUT_MS): Waiting {
    if (isInt(data)) index(data);
    else writableBytes(data);
    yield* pause(index(timeout));
    return isInt(data) ? new Bytes(0) : 0;
  }
}
define(USB_HID, {
  builtin: true,
  methods: { __init__: "", send: "report, /", recv: "data!, *, timeout=: int" },
  blocking: ["recv"],
});
