/** State machines of the RP2040 with parts on their pins. */

import { simulate } from "mpy2ts/testing";
import type { NeopixelStrip } from "../../src/runtime/boards/sim/parts/neopixel.js";
import { folderWith } from "../harness/command-line.js";

test("a state machine writes a strip of addressable LEDs", async () => {
  const folder = folderWith({
    "main.py": `
import rp2, time
from array import array
from machine import Pin

@rp2.asm_pio(sideset_init=rp2.PIO.OUT_LOW, out_shiftdir=rp2.PIO.SHIFT_LEFT, autopull=True, pull_thresh=24)
def strip():
    wrap_target()
    out(x, 1).side(0)[2]
    jmp(not_x, "zero").side(1)[1]
    nop().side(1)[3]
    jmp("end").side(1)
    label("zero")
    nop().side(0)[4]
    label("end")
    wrap()

sm = rp2.StateMachine(0, strip, freq=8_000_000, sideset_base=Pin(22))
sm.active(1)
for colours in (0x102030, 0, 0xff0000), (1, 2, 3):
    sm.put(array("I", colours), 8)
    time.sleep_ms(10)
`,
  });
  const wiring = {
    parts: [{ type: "neopixel", id: "strip", pin: "GP22", pixels: 3, order: "RGB" }],
  };
  const board = await simulate(folder, { board: "pico", wiring });
  await board.advance(5);
  const strip = board.part<NeopixelStrip>("strip");
  expect(strip.pixels).toEqual([
    [0x10, 0x20, 0x30],
    [0, 0, 0],
    [0xff, 0, 0],
  ]);
  await board.advance(10);
  expect(strip.pixels).toEqual([
    [0, 0, 1],
    [0, 0, 2],
    [0, 0, 3],
  ]);
  expect(strip.frames).toBe(2);
});

test("a second of a fast machine that only looks takes no event for each instruction", async () => {
  const folder = folderWith({
    "main.py": `
import rp2
from machine import Pin

@rp2.asm_pio()
def wait_for_high():
    label("again")
    jmp(pin, "seen")
    jmp("again")
    label("seen")
    push()

sm = rp2.StateMachine(0, wait_for_high, freq=1_000_000, jmp_pin=Pin(4, Pin.IN))
sm.active(1)
sm.get()
print("seen")
`,
  });
  const board = await simulate(folder, { board: "pico" });
  await board.advance(1000);
  expect(board.output).toBe("");
  board.pin("GP4").drive(1);
  await board.advance(1);
  expect(board.output).toBe("seen\n");
});

test("a reset stops the state machines", async () => {
  const folder = folderWith({
    "main.py": `
import machine, rp2, time

@rp2.asm_pio(set_init=rp2.PIO.OUT_LOW)
def blink():
    set(pins, 1)[9]
    set(pins, 0)[9]

if machine.reset_cause() == machine.PWRON_RESET:
    rp2.StateMachine(0, blink, freq=2000, set_base=machine.Pin(3)).active(1)
    time.sleep_ms(20)
    machine.reset()
time.sleep(1)
print(rp2.StateMachine(0).active())
`,
  });
  const board = await simulate(folder, { board: "pico" });
  await board.advance(2000);
  expect(board.errors).toBe("");
  expect(board.lines).toEqual(["False"]);
  expect(
    board
      .pin("GP3")
      .edges()
      .every(({ at }) => at <= 20),
  ).toBe(true);
});
