/**
 * SoftI2C where a program asks `I2C` for a unit: on the ESP8266, which has none, and for the id -1 of old
 * programs. `I2C` asks before it makes an object; null: it is a unit that was asked for.
 */

import type { Kwargs } from "../../core/call/arguments.js";
import { apply } from "../../core/call/call.js";
import { current } from "../../core/context.js";
import type { Value } from "../../core/values.js";
import type { Host } from "../../host/host.js";
import { currentBoard } from "../bus-unit.js";
import { SoftI2C } from "./soft-i2c.js";

/** The arguments are as they stand in the call. */
export function softI2cInstead(args: Value[], named: Kwargs): SoftI2C | null {
  const { port } = currentBoard().data;
  if (port === "esp8266") return apply(SoftI2C, args, named);
  const isOld = args[0] === -1 || (args.length === 0 && port === "stm32");
  if (!isOld || (port !== "esp32" && port !== "stm32")) return null;
  const warning = "Warning: I2C(-1, ...) is deprecated, use SoftI2C(...) instead\n";
  (current().host as Host).write(warning);
  return apply(SoftI2C, args.slice(1), named);
}
