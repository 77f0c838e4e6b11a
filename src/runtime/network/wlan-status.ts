/** The states of a station, and the numbers that `WLAN.status()` and `network.STAT_*` have on a port. */

import { currentBoard } from "../machine/bus-unit.js";

export type WlanState = "idle" | "connecting" | "connected" | "no network" | "wrong key" | "failed";

type Numbers = Readonly<Record<WlanState, number>>;

const ESP32: Numbers = {
  idle: 1000,
  connecting: 1001,
  connected: 1010,
  "no network": 201,
  "wrong key": 202,
  failed: 203,
};
const ESP8266: Numbers = {
  idle: 0,
  connecting: 1,
  connected: 5,
  "no network": 3,
  "wrong key": 2,
  failed: 4,
};
const OTHER: Numbers = {
  idle: 0,
  connecting: 1,
  connected: 3,
  "no network": -2,
  "wrong key": -3,
  failed: -1,
};

export function wlanStatus(state: WlanState): number {
  const { port } = currentBoard().data;
  const numbers = port === "esp32" ? ESP32 : port === "esp8266" ? ESP8266 : OTHER;
  return numbers[state];
}
