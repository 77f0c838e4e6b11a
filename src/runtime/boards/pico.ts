/** Raspberry Pi Pico. */

import { type BoardData, numbered } from "./board-data.js";

/** Pins of the chip that the board does not bring out under a GP name. */
const INTERNAL = new Set([23, 24, 29]);

export const pico: BoardData = {
  name: "pico",
  port: "rp2",
  platform: "rp2",
  machine: "Raspberry Pi Pico with RP2040",
  node: "rp2",
  epoch: 1970,
  pins: numbered(30, (n) => ({
    name: `GPIO${n}`,
    aliases: [...(INTERNAL.has(n) ? [] : [`GP${n}`]), ...(n === 25 ? ["LED"] : [])],
    label: n === 25 ? "LED" : `GP${n}`,
  })),
  leds: [],
  button: null,
  implicitOutput: false,
  absent: ["pyb", "esp", "esp32", "network", "bluetooth", "espnow"],
  hardwareTimers: 0,
  frequency: 125_000_000,
};
