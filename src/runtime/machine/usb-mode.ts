/** `pyb.usb_mode`: what the board is to a PC (ports/stm32/usb.c). It is kept; there is no PC. */

import { perContext } from "../core/context.js";
import { ValueError } from "../core/exceptions.js";
import { asArray } from "../core/iteration.js";
import { index } from "../core/numbers.js";
import type { Value } from "../core/values.js";
import { pathOf as textOf } from "../io/path.js";
import { Flash } from "./pyb-flash.js";
import { SDCard } from "./sd-card.js";

const MODES: ReadonlySet<string> = new Set([
  ...["VCP", "MSC", "VCP+MSC", "VCP+HID", "VCP+MSC+HID"],
  // The names of old programs.
  ...["CDC", "CDC+MSC", "CDC+HID"],
]);
/** Disks at a time. */
const MOST_UNITS = 2;

const mode = perContext((): { value: Value } => ({ value: "VCP+MSC" }));

/** The mode; with any argument: sets it. */
export function usbMode(given: readonly Value[]): Value {
  const [wanted, port, vid, pid, disks] = given;
  if (given.every((each) => each === undefined)) return mode().value;
  for (const number of [port, vid, pid]) if (number !== undefined) index(number);
  if (wanted === null) {
    mode().value = null;
    return null;
  }
  const name = textOf(wanted);
  if (!MODES.has(name)) throw new ValueError("bad USB mode");
  if (disks !== undefined) checkDisks(asArray(disks));
  mode().value = name.replace("CDC", "VCP");
  return null;
}

function checkDisks(disks: readonly Value[]): void {
  if (disks.length > MOST_UNITS) throw new ValueError("too many logical units");
  if (disks.every((disk) => disk instanceof Flash || disk instanceof SDCard)) return;
  throw new ValueError("unsupported logical unit");
}
