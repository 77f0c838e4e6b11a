/** The boards that a program can be run on, by the name that `--board` takes. */

import type { BoardData } from "./board-data.js";
import { esp32, esp32c3, esp32s3 } from "./esp32.js";
import { esp8266 } from "./esp8266.js";
import { generic } from "./generic.js";
import { pico, pico2, pico2W, picoW } from "./pico.js";
import { pyboard } from "./pyboard.js";
import { unix } from "./unix.js";

export const boards = {
  generic,
  pyboard,
  pico,
  pico_w: picoW,
  pico2,
  pico2_w: pico2W,
  esp32,
  esp32s3,
  esp32c3,
  esp8266,
  unix,
} as const satisfies Record<string, BoardData>;

export type BoardName = keyof typeof boards;

export function isBoardName(name: string): name is BoardName {
  return Object.hasOwn(boards, name);
}
