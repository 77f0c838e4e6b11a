/**
 * SoftI2C where a program asks `I2C` for a unit: on the ESP8266, which has none, and for the id -1 of old
 * programs. `I2C` asks before it makes an object; null: it is a unit that was asked for.
 */

import { current } from "../core/context.js";
import { TypeError } from "../core/exceptions.js";
import type { Value } from "../core/values.js";
import type { Host } from "../host/host.js";
import { currentBoard } from "./bus-unit.js";
import { I2C_FREQUENCY, I2C_TIMEOUT } from "./i2c-transfers.js";
import { requireArguments } from "./port-arguments.js";
import { SoftI2C } from "./soft-i2c.js";

export function softI2cInstead([
  id,
  others = [],
  scl,
  sda,
  freq,
  timeout,
]: Value[]): SoftI2C | null {
  const { port } = currentBoard().data;
  const isOld = id === -1 || (id === undefined && port === "stm32");
  if (port !== "esp8266" && !(isOld && (port === "esp32" || port === "stm32"))) return null;
  const pins = port === "esp8266" ? [id, ...others] : [...others];
  if (port !== "esp8266") {
    const warning = "Warning: I2C(-1, ...) is deprecated, use SoftI2C(...) instead\n";
    (current().host as Host).write(warning);
  }
  if (pins.filter((pin) => pin !== undefined).length > 2) {
    throw new TypeError("extra positional arguments given");
  }
  const [clock = scl, data = sda] = pins;
  requireArguments({ scl: clock, sda: data });
  if ((clock !== scl && scl !== undefined) || (data !== sda && sda !== undefined)) {
    throw new TypeError("extra keyword arguments given");
  }
  return new SoftI2C(clock, data, freq ?? I2C_FREQUENCY, timeout ?? I2C_TIMEOUT);
}
