/** Waveforms, JSON events and Wokwi's diagrams: what comes out of a run and what goes in. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { simulate } from "mpy2ts/testing";
import vcdParser from "vcd-parser";
import { readDiagram } from "../../src/runtime/boards/sim/diagram.js";
import { VcdTrace } from "../../src/runtime/boards/sim/vcd.js";
import { folderWith, mpy2ts } from "../harness/command-line.js";

const blink = `
from machine import PWM, Pin
import time
led = Pin(4, Pin.OUT)
PWM(Pin(5), freq=100, duty_u16=16384)
for _ in range(3):
    led.on()
    time.sleep_ms(2)
    led.off()
    time.sleep_us(500)
`;

interface Signal {
  name: string;
  kind: string;
  changes: [time: number, value: string][];
}

/** What a parser of dumps that is not ours reads. */
async function parseVcd(
  text: string,
): Promise<{ timescale: string; signals: Signal[]; end: number }> {
  const { timescale, endtime, signal } = await vcdParser.parse(text);
  const signals = signal.map(({ type, module, signalName, wave }) => {
    expect(module).toBe("board");
    return {
      name: signalName,
      kind: type,
      changes: wave.map(([time, value]): [number, string] => [Number(time), value]),
    };
  });
  return { timescale, signals, end: Number(endtime) };
}

test("waveforms on the command line", async () => {
  const folder = folderWith({ "main.py": blink });
  const run = mpy2ts(
    ["run", "main.py", "--virtual", "--vcd", "wave.vcd", "--events", "events.jsonl"],
    folder,
  );
  expect(run).toEqual({ status: 0, stdout: "", stderr: "" });
  const { timescale, signals, end } = await parseVcd(
    readFileSync(join(folder, "wave.vcd"), "utf8"),
  );
  expect(timescale).toBe("1ns");
  expect(end).toBe(7_500_000);
  expect(signals).toEqual([
    {
      name: "Pin5.duty",
      kind: "real",
      changes: [
        [0, "0"],
        [0, String(16384 / 65535)],
      ],
    },
    {
      name: "Pin4",
      kind: "wire",
      changes: [
        [0, "0"],
        [0, "1"],
        [2_000_000, "0"],
        [2_500_000, "1"],
        [4_500_000, "0"],
        [5_000_000, "1"],
        [7_000_000, "0"],
      ],
    },
  ]);
  const events = readFileSync(join(folder, "events.jsonl"), "utf8").trim().split("\n");
  expect(events.map((line) => JSON.parse(line)).slice(0, 2)).toEqual([
    { time: 0, source: "Pin(5)", kind: "pwm", value: { frequency: 100, duty: 16384 / 65535 } },
    { time: 0, source: "Pin(4)", kind: "level", value: 1 },
  ]);
});

test("more signals than there are characters have names all the same", async () => {
  const vcd = new VcdTrace();
  for (let n = 0; n < 200; n++) vcd.change(n, `P${n}`, 1);
  const { signals } = await parseVcd(vcd.text(200));
  expect(signals.map(({ name }) => name)).toEqual(Array.from({ length: 200 }, (_, n) => `P${n}`));
});

const diagram = {
  version: 1,
  parts: [
    { type: "board-pi-pico-w", id: "pico", attrs: {} },
    { type: "wokwi-led", id: "led1", attrs: { color: "green" } },
    { type: "wokwi-resistor", id: "r1", attrs: { value: "220" } },
    { type: "wokwi-pushbutton", id: "btn1", attrs: { bounce: "0" } },
    { type: "wokwi-breadboard-half", id: "bb1" },
    { type: "wokwi-potentiometer", id: "pot1", attrs: { value: "1023" } },
    { type: "wokwi-neopixel", id: "np" },
    { type: "wokwi-biaxial-stepper", id: "lcd" },
    { type: "wokwi-tv", id: "unwired" },
  ],
  connections: [
    ["led1:A", "r1:1", "green", []],
    ["r1:2", "bb1:5t.a", "green", []],
    ["pico:GP15", "bb1:5t.c", "green", []],
    ["led1:C", "pico:GND.1", "black", []],
    ["btn1:1.l", "pico:GP2", "blue", []],
    ["btn1:2.r", "bb1:tp.3", "red", []],
    ["pico:3V3", "bb1:tp.9", "red", []],
    ["pot1:SIG", "pico:GP26", "blue", []],
    ["np:DIN", "pico:GP6", "blue", []],
  ],
};

test("a diagram becomes a wiring", () => {
  const { wiring, ignored } = readDiagram(diagram);
  expect(wiring.board).toBe("pico_w");
  expect(wiring.parts).toEqual([
    { type: "led", id: "led1", entries: { pin: "GP15", color: "green" } },
    { type: "button", id: "btn1", entries: { pin: "GP2", bounce: 0, activeHigh: true } },
    { type: "potentiometer", id: "pot1", entries: { pin: "GP26", position: 1 } },
    { type: "neopixel", id: "np", entries: { pin: "GP6", pixels: 1 } },
  ]);
  expect(ignored).toEqual(["lcd (wokwi-biaxial-stepper)", "unwired (wokwi-tv)"]);
});

test("what a diagram has and this package has not is said, and left out", () => {
  const folder = folderWith({
    "main.py": "print('runs')\n",
    "diagram.json": JSON.stringify({
      version: 1,
      parts: [
        { type: "board-esp32-s3-devkitc-1", id: "esp" },
        { type: "wokwi-biaxial-stepper", id: "m1", attrs: { size: "17" } },
        { type: "chip-of-my-own", id: "c1" },
        { type: "wokwi-text", id: "t", attrs: { text: "hello" } },
        { type: "board-ssd1306", id: "oled", attrs: { i2cAddress: "0x3d" } },
      ],
      connections: [
        ["m1:A1-", "esp:5", "", []],
        ["oled:SCL", "esp:9", "", []],
        ["oled:SDA", "esp:8", "", []],
        ["nobody:1", "esp:4"],
      ],
    }),
  });
  const { status, stdout, stderr } = mpy2ts(["run", "main.py", "--virtual"], folder);
  expect([status, stdout]).toEqual([0, "runs\n"]);
  expect(stderr).toContain(
    "warning MPY5009: not simulated, and left out of the diagram: " +
      "m1 (wokwi-biaxial-stepper), c1 (chip-of-my-own)",
  );
});

test("resistors to a rail, rails of a breadboard, and a button between pin and supply", () => {
  const { wiring } = readDiagram({
    parts: [
      { type: "wokwi-pi-pico", id: "pico" },
      { type: "wokwi-breadboard-half", id: "bb1" },
      { type: "wokwi-pushbutton-6mm", id: "up", attrs: { bounce: 0 } },
      { type: "wokwi-pushbutton", id: "down", attrs: null },
      { type: "wokwi-led", id: "led1" },
      ...["r1", "r2", "r3"].map((id) => ({ type: "wokwi-resistor", id })),
    ],
    connections: [
      ["pico:3V3", "bb1:tp.1"],
      ["bb1:tn.1", "pico:GND.8"],
      // Pulled up by r1, to ground while it is pressed.
      ["up:1.l", "pico:GP2"],
      ["r1:1", "up:1.r"],
      ["r1:2", "bb1:tp.4"],
      ["up:2.r", "bb1:tn.4"],
      // Pulled down by r2, to the supply while it is pressed.
      ["pico:GP3", "bb1:10b.f"],
      ["down:2.l", "bb1:10b.g"],
      ["bb1:10b.j", "r2:2"],
      ["r2:1", "bb1:tn.9"],
      ["bb1:tp.10", "down:1.l"],
      // Its anode leads to the supply, where the resistors of others are too.
      ["r3:1", "bb1:tp.20"],
      ["r3:2", "led1:A"],
      ["led1:C", "pico:GP5"],
    ],
  });
  expect(wiring.parts).toEqual([
    { type: "button", id: "up", entries: { pin: "GP2", bounce: 0 } },
    { type: "button", id: "down", entries: { pin: "GP3", bounce: 3, activeHigh: true } },
    { type: "led", id: "led1", entries: { pin: "GP5", color: "red", activeLow: true } },
  ]);
});

test("boards whose labels are not numbers of pins, parts that are several, the serial monitor", () => {
  const parts = [
    { type: "wokwi-rgb-led", id: "rgb" },
    { type: "wokwi-analog-joystick", id: "joy" },
    { type: "wokwi-vcc", id: "vcc" },
  ];
  const connections = [
    ["esp:TX", "$serialMonitor:RX", "", []],
    ["$serialMonitor:TX", "esp:RX", "", []],
    ["rgb:R", "esp:D3"],
    ["rgb:B", "esp:D8"],
    ["rgb:COM", "vcc:VCC"],
    ["joy:VERT", "esp:D0"],
    ["joy:SEL", "esp:D10"],
  ];
  const board = { type: "board-xiao-esp32-c3", id: "esp" };
  const { wiring, ignored } = readDiagram({ parts: [board, ...parts], connections });
  expect(ignored).toEqual([]);
  expect(wiring.parts).toEqual([
    { type: "led", id: "rgb.R", entries: { pin: "5", color: "red", activeLow: true } },
    { type: "led", id: "rgb.B", entries: { pin: "8", color: "blue", activeLow: true } },
    { type: "potentiometer", id: "joy.VERT", entries: { pin: "2", position: 0.5 } },
    { type: "button", id: "joy.SEL", entries: { pin: "10" } },
    { type: "console", id: "$serialMonitor", entries: { rx: "21", tx: "20" } },
  ]);
});

test("what a program writes to the serial monitor's UART can be read there", async () => {
  const folder = folderWith({
    "main.py":
      "from machine import UART\nuart = UART(0, 115200)\nuart.write('hello')\n" +
      "import time\ntime.sleep_ms(20)\nprint(uart.read())\n",
    "diagram.json": JSON.stringify({
      parts: [{ type: "wokwi-pi-pico", id: "pico" }],
      connections: [
        ["pico:GP0", "$serialMonitor:RX"],
        ["pico:GP1", "$serialMonitor:TX"],
      ],
    }),
  });
  const board = await simulate(folder);
  board.act("$serialMonitor", "send", "typed");
  await board.advance(100);
  expect(board.part("$serialMonitor").state).toEqual({ received: "hello" });
  expect(board.lines).toEqual(["b'typed'"]);
});

const esp = { type: "board-esp32-devkit-c-v4", id: "esp" };

test.each([
  [{ parts: [esp, 5], connections: [] }, "parts[1]: a part of a diagram has an id and a type"],
  [
    { parts: [esp], connections: [["esp:4"]] },
    "connections[0]: a connection of a diagram has two ends",
  ],
  [{ parts: [esp], connections: [null] }, "connections[0]: a connection of a diagram has two ends"],
  [{ parts: "none" }, "diagram.json: a diagram has parts and connections"],
])("a diagram that is none: %j", (data, message) => {
  expect(() => readDiagram(data)).toThrow(message);
});

test("a project with a diagram runs on it", async () => {
  const source = `
from machine import ADC, Pin
button = Pin(2, Pin.IN, Pin.PULL_DOWN)
button.irq(lambda pin: Pin(15, Pin.OUT).on(), Pin.IRQ_RISING)
print(ADC(26).read_u16())
`;
  const board = await simulate(
    folderWith({ "main.py": source, "diagram.json": JSON.stringify(diagram) }),
  );
  await board.advance(10);
  board.act("btn1", "press");
  await board.advance(0);
  expect(board.led("led1").on).toBe(true);
  expect(board.lines).toEqual(["65535"]);
});

test("a part of the project's own", async () => {
  const board = await simulate(
    folderWith({
      "main.py": "from machine import Pin, I2C\nprint(I2C(0).readfrom(0x33, 2))\n",
      "board.json": JSON.stringify({
        parts: [{ type: "./answer.mjs", id: "answer", scl: "GP5", sda: "GP4" }],
      }),
      "answer.mjs": `export default {
  legs: ["scl", "sda"],
  create(site) {
    const part = {
      state: 42,
      answers: (address) => address === 0x33,
      start: () => true,
      write: () => true,
      read: () => 42,
      stop: () => site.report("asked", null),
    };
    site.connect("scl", "i2cClock", part);
    site.connect("sda", "i2cData", part);
    return part;
  },
};`,
    }),
  );
  expect(board.lines).toEqual(["b'**'"]);
  expect(board.part("answer").state).toBe(42);
  expect(board.events).toContainEqual({ at: 0, source: "answer", kind: "asked", value: null });
});

test.each([
  [{ parts: [{ type: "toaster" }] }, /there is no part 'toaster'/],
  [{ parts: [{ type: "led", pin: "GP99" }] }, /GP99: board \w+ has no such pin/],
  [{ parts: [{ type: "led" }] }, /a led needs the pin of its 'pin'/],
  [{ parts: [{ type: "led", pin: "GP1", colour: "red" }] }, /a led has no 'colour'/],
  [
    { parts: [{ type: "button", id: "b", pin: "GP1" }], events: ["b fly at 1 s"] },
    /'b' cannot 'fly'/,
  ],
  [{ board: "toaster" }, /there is no board 'toaster'/],
])("says what is wrong with %j", async (wiring, message) => {
  await expect(simulate(folderWith({ "main.py": "" }), { wiring })).rejects.toThrow(message);
});
