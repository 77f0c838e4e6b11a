/**
 * The bits that LEDs with a clock line of their own take (APA102): a start frame, four bytes for each LED
 * with its brightness first, and an end frame. `esp.apa102_write` sends them, as ports/esp8266/espapa102.c.
 */

import type { PinLine } from "./hal.js";

const BRIGHTNESS = 0xe0;
const FRAME = 4;

/** `pixels`: red, green, blue and brightness of each LED. */
export function writeApa102(clock: PinLine, data: PinLine, pixels: Uint8Array): void {
  const send = (byte: number): void => {
    for (let bit = 7; bit >= 0; bit--) pulse((byte >> bit) & 1 ? 1 : 0);
  };
  const pulse = (level: 0 | 1): void => {
    data.write(level);
    clock.write(1);
    clock.write(0);
  };
  const leds = Math.floor(pixels.length / FRAME);
  for (let i = 0; i < FRAME; i++) send(0);
  for (let led = 0; led < leds; led++) {
    const [red, green, blue, brightness] = pixels.subarray(led * FRAME) as unknown as number[];
    for (const byte of [(brightness as number) | BRIGHTNESS, blue, green, red])
      send(byte as number);
  }
  // Each LED passes the data on half a clock later: the last one needs as many pulses more.
  for (let i = 0; i < Math.floor(pixels.length / 8) + (leds % 2); i++) pulse(1);
  for (let i = 0; i < FRAME; i++) send(0xff);
}
