/**
 * `WLAN.config()`: `config("mac")` asks for a setting, `config(ssid=..., key=...)` changes some. What the
 * settings are and mean is `WlanSettings`'.
 */

import { Dict } from "../core/container/dict.js";
import { OSError, TypeError } from "../core/exception/exceptions.js";
import type { Value } from "../core/values.js";
import { currentBoard } from "../machine/bus-unit.js";
import type { WlanInterface } from "./wlan-interface.js";
import { STATION } from "./wlan-settings.js";

export function wlanConfig(own: WlanInterface, params: readonly Value[], settings: Value): Value {
  const given = settings instanceof Dict ? [...settings.entries()] : [];
  const { port } = currentBoard().data;
  const cyw43 = port === "rp2";
  if (given.length === 0) {
    const query = cyw43 ? "must query one param" : "can query only one param";
    if (params.length !== 1) throw new TypeError(query);
    return own.settings.get(params[0]);
  }
  if (params.length > 0) {
    const both = cyw43 ? "can't specify pos and kw args" : "either pos or kw args are allowed";
    throw new TypeError(both);
  }
  for (const [name, value] of given) own.settings.set(name, value);
  // An ESP8266 is told all of it at last, which it takes of interfaces that are there.
  if (port === "esp8266" && !own.active) {
    throw new OSError(`can't set ${own.kind === STATION ? "STA" : "AP"} config`);
  }
  return null;
}
