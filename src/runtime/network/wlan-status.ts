/** The states of a station, and the numbers that `WLAN.status()` and `network.STAT_*` have on a port. */

import { portConstant } from "../core/port-names.js";

export type WlanState = "idle" | "connecting" | "connected" | "no network" | "wrong key" | "failed";

const CONSTANTS: Readonly<Record<WlanState, string>> = {
  idle: "STAT_IDLE",
  connecting: "STAT_CONNECTING",
  connected: "STAT_GOT_IP",
  "no network": "STAT_NO_AP_FOUND",
  "wrong key": "STAT_WRONG_PASSWORD",
  failed: "STAT_CONNECT_FAIL",
};

export function wlanStatus(state: WlanState): number {
  return portConstant("network", CONSTANTS[state]) ?? 0;
}
