/**
 * The names that a program gives to pins by itself: `Pin.dict` and `Pin.mapper`, which come before the board's
 * (ports/stm32/pin.c). Whoever looks for the pin of an id asks here first.
 */

import { call } from "../../core/call/call.js";
import { Dict } from "../../core/container/dict.js";
import { perContext } from "../../core/context.js";
import { ValueError } from "../../core/exception/exceptions.js";
import type { Value } from "../../core/values.js";
import { Pin } from "./pin.js";

/** What the program has set; None: nothing. */
export const ownNames = perContext((): { dict: Value; mapper: Value; debug: boolean } => ({
  dict: null,
  mapper: null,
  debug: false,
}));

/** What the program's own names (Pin.mapper, Pin.dict) make of an id. */
export function ownPin(id: Value): Pin | null {
  const { dict, mapper } = ownNames();
  const mapped = mapper === null ? null : call(mapper, id);
  if (mapped instanceof Pin) return mapped;
  if (mapped !== null) throw new ValueError("Pin.mapper didn't return a Pin object");
  const named = dict instanceof Dict ? dict.get(id) : undefined;
  return named instanceof Pin ? named : null;
}
