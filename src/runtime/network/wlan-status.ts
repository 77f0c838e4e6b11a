/**
 * `WLAN.status()`: the states of a station with the numbers that `network.STAT_*` have on a port, and what
 * else may be asked by name.
 */

import { OSError, ValueError } from "../core/exception/exceptions.js";
import { portConstant } from "../core/module/port-names.js";
import type { Value } from "../core/values.js";
import { currentBoard } from "../machine/bus-unit.js";
import { textOf } from "./names.js";
import { radioOf } from "./radio.js";
import type { WlanInterface } from "./wlan-interface.js";
import { STATION } from "./wlan-settings.js";

export type WlanState = "idle" | "connecting" | "connected" | "no network" | "wrong key" | "failed";

const CONSTANTS: Readonly<Record<WlanState, string>> = {
  idle: "STAT_IDLE",
  connecting: "STAT_CONNECTING",
  connected: "STAT_GOT_IP",
  "no network": "STAT_NO_AP_FOUND",
  "wrong key": "STAT_WRONG_PASSWORD",
  failed: "STAT_CONNECT_FAIL",
};

export function wlanStatus(own: WlanInterface, param: Value): Value {
  const { port } = currentBoard().data;
  const station = own.kind === STATION;
  if (param === undefined) {
    if (station) return stateNumber(own.state);
    if (port === "esp32") return null;
    return port === "esp8266" ? -1 : stateNumber(own.active ? "connected" : "idle");
  }
  // The ESP32's compares objects, and so knows no other type.
  if (port !== "esp32") textOf(param);
  if (param === "rssi") {
    if (station) return strength(own);
    if (port === "rp2") throw new ValueError("STA required");
    if (port !== "esp8266") throw new OSError("STA required");
  }
  if (param === "stations") {
    if (!station) return [];
    if (port === "rp2") throw new ValueError("AP required");
    if (port !== "esp8266") throw new OSError("AP required");
  }
  throw new ValueError("unknown status param");
}

/** RSSI in dBm. */
function strength(own: WlanInterface): number {
  if (own.state !== "connected") {
    if (currentBoard().data.port === "esp32") throw new OSError("Wifi Not Connected");
  }
  return radioOf(currentBoard()).find(own.settings.ssid)?.rssi ?? 0;
}

function stateNumber(state: WlanState): number {
  return portConstant("network", CONSTANTS[state]) ?? 0;
}
