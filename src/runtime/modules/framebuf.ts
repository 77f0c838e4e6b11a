/** The `framebuf` module: drawing into memory. */

import { def } from "../core/call/signature.js";
import { index } from "../core/number/numbers.js";
import type { Value } from "../core/values.js";
import { FrameBuffer } from "../framebuf/frame-buffer.js";

export { FrameBuffer } from "../framebuf/frame-buffer.js";

export const MVLSB = 0;
export const MONO_VLSB = 0;
export const RGB565 = 1;
export const GS4_HMSB = 2;
export const MONO_HLSB = 3;
export const MONO_HMSB = 4;
export const GS2_HMSB = 5;
export const GS8 = 6;

/** The older way: always MONO_VLSB. */
export const FrameBuffer1 = def(
  (buffer: Value, width: Value, height: Value, stride?: Value) =>
    new FrameBuffer(buffer, width, height, MONO_VLSB, stride ?? index(width)),
  "buffer, width, height, stride=, /",
  "FrameBuffer1",
);
