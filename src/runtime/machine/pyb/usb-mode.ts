/** `pyb.usb_mode`: what the board is to a PC (ports/stm32/usb.c). It is kept; there is no PC. */

import { apply, kwargs } from "../../core/call/call.js";
import { def } from "../../core/call/signature.js";
import type { Dict } from "../../core/container/dict.js";
import { perContext } from "../../core/context.js";
import { ValueError } from "../../core/exception/exceptions.js";
import { asArray } from "../../core/iteration/iteration.js";
import type { Value } from "../../core/values.js";
import { pathOf as textOf } from "../../io/path.js";
import { SDCard } from "../card/sd-card.js";
import { Flash } from "./pyb-flash.js";

const MODES: ReadonlySet<string> = new Set([
  ...["VCP", "MSC", "VCP+MSC", "VCP+HID", "VCP+MSC+HID"],
  // The names of old programs.
  ...["CDC", "CDC+MSC", "CDC+HID"],
]);
/** Disks at a time. */
const MOST_UNITS = 2;

const mode = perContext((): { value: Value } => ({ value: "VCP+MSC" }));

/** The mode, whatever the keywords are; with an argument: sets it. */
export const usbMode = def(
  (args: Value[], named: Dict) => {
    return args.length === 0 ? mode().value : apply(setMode, args, kwargs(named));
  },
  "*args, **named",
  "usb_mode",
);

const setMode = def((wanted: Value, ...[, , , disks]: Value[]) => {
  if (wanted === null) {
    mode().value = null;
    return null;
  }
  const name = textOf(wanted);
  if (!MODES.has(name)) throw new ValueError("bad USB mode");
  if (disks !== undefined) checkDisks(asArray(disks));
  mode().value = name.replace("CDC", "VCP");
  return null;
}, "mode!, *, port=: int, vid=: int, pid=: int, msc=, hid=");

function checkDisks(disks: readonly Value[]): void {
  if (disks.length > MOST_UNITS) throw new ValueError("too many logical units");
  if (disks.every((disk) => disk instanceof Flash || disk instanceof SDCard)) return;
  throw new ValueError("unsupported logical unit");
}
