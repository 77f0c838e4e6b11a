/** The parts of Wokwi's diagrams: what becomes of each, what is said of what is left out, and a run on them. */

import { simulate } from "mpy2ts/testing";
import { readDiagram } from "../../src/runtime/boards/sim/diagram.js";
import { COMPOSED, ROWS } from "../../src/runtime/boards/sim/diagram-parts.js";
import { partKinds } from "../../src/runtime/boards/sim/parts/index.js";
import { folderWith } from "../harness/command-line.js";

interface DiagramPart {
  type: string;
  id: string;
  attrs?: Record<string, unknown>;
}

const esp = { type: "board-esp32-devkit-c-v4", id: "esp" };

const read = (parts: DiagramPart[], connections: [string, string][]) =>
  readDiagram({ parts: [esp, ...parts], connections });

/** The one part that a diagram with one part is. */
function only(type: string, attrs: Record<string, unknown>, connections: [string, string][]) {
  const { wiring, ignored } = read([{ type, id: "it", attrs }], connections);
  expect(ignored).toEqual([]);
  expect(wiring.parts).toHaveLength(1);
  return wiring.parts[0]?.entries;
}

const rows = [...Object.entries(ROWS), ...Object.values(COMPOSED).flatMap(Object.entries)];

test.each(rows)("%s has legs and options that our part has", (_type, row) => {
  const kind: { legs: readonly string[]; options?: readonly string[] } =
    partKinds[row.type as keyof typeof partKinds];
  expect(kind.legs).toEqual(expect.arrayContaining(Object.keys(row.legs)));
  const reach = { isOn: () => false, leadsTo: () => true, pin: () => null };
  const options = Object.keys(row.options?.({}, reach) ?? {});
  expect([...kind.legs, ...(kind.options ?? [])]).toEqual(expect.arrayContaining(options));
});

test("attributes that are left out are as in Wokwi's documentation", () => {
  expect(only("wokwi-dht22", {}, [["it:SDA", "esp:4"]])).toEqual({
    pin: "4",
    temperature: 24,
    humidity: 40,
  });
  expect(
    only("wokwi-hc-sr04", { distance: "12.5" }, [
      ["it:TRIG", "esp:4"],
      ["it:ECHO", "esp:5"],
    ]),
  ).toEqual({ trig: "4", echo: "5", distance: 12.5 });
  expect(
    only("wokwi-photoresistor-sensor", { lux: "" }, [
      ["it:AO", "esp:34"],
      ["it:DO", "esp:35"],
    ]),
  ).toEqual({ ao: "34", do: "35", lux: 500, threshold: 2.5, rl10: 50, gamma: 0.7 });
  expect(only("wokwi-pir-motion-sensor", { retrigger: "0" }, [["it:OUT", "esp:4"]])).toEqual({
    pin: "4",
    hold: 5000,
    inhibit: 1200,
    retrigger: false,
  });
});

test("an address pin on the supply, the keys of a keypad, a relay that is active low", () => {
  const sensor = only("wokwi-mpu6050", { accelX: "0.5" }, [
    ["it:SCL", "esp:22"],
    ["it:SDA", "esp:21"],
    ["it:AD0", "esp:3V3"],
  ]);
  expect(sensor).toMatchObject({ scl: "22", sda: "21", ax: 0.5, az: 1, address: 0x69 });
  const keys = ["1", "2", "3", "a", "4", "5", "6", "b", "7", "8", "9", "c", "x", "0", "y", "d"];
  expect(only("wokwi-membrane-keypad", { keys }, [["it:R1", "esp:4"]])).toEqual({
    r1: "4",
    keys: "123a 456b 789c x0yd",
  });
  expect(only("wokwi-relay-module", { transistor: "pnp" }, [["it:IN", "esp:4"]])).toEqual({
    pin: "4",
    activeLow: true,
  });
});

test("switches lead to the rails that their other contacts are on", () => {
  const slide = (connections: [string, string][]) =>
    only("wokwi-slide-switch", { value: "1" }, connections);
  expect(
    slide([
      ["it:2", "esp:4"],
      ["it:1", "esp:3V3"],
      ["it:3", "esp:GND.1"],
    ]),
  ).toEqual({ pin: "4", on: true, whenOn: "low", whenOff: "high" });
  expect(
    slide([
      ["it:2", "esp:GND.2"],
      ["it:1", "esp:4"],
    ]),
  ).toEqual({ pin: "4", on: true, whenOn: "open", whenOff: "low" });
  const { wiring } = read(
    [{ type: "wokwi-dip-switch-8", id: "dip" }],
    [
      ["dip:1a", "esp:GND.1"],
      ["dip:1b", "esp:4"],
      ["dip:3b", "esp:3V3"],
      ["dip:3a", "esp:5"],
    ],
  );
  expect(wiring.parts).toEqual([
    {
      type: "switch",
      id: "dip.1",
      entries: { pin: "4", on: false, whenOn: "low", whenOff: "open" },
    },
    {
      type: "switch",
      id: "dip.3",
      entries: { pin: "5", on: false, whenOn: "high", whenOff: "open" },
    },
  ]);
});

test("pins of the board that are wired together, and a button from a pin to another", () => {
  const { wiring, ignored } = read(
    [
      { type: "wokwi-pushbutton", id: "key" },
      { type: "board-grove-oled-sh1107", id: "oled" },
    ],
    [
      ["esp:16", "esp:17"],
      ["key:1.l", "esp:4"],
      ["key:2.r", "esp:5"],
      ["oled:SCL.1", "esp:22"],
      ["oled:SDA", "esp:21"],
    ],
  );
  expect(ignored).toEqual([]);
  expect(wiring.wires).toEqual([{ from: "16", to: "17" }]);
  expect(wiring.parts).toEqual([
    { type: "button", id: "key", entries: { pin: "4", to: "5", bounce: 3 } },
    { type: "sh1107", id: "oled", entries: { scl: "22", sda: "21" } },
  ]);
});

test("what leads to no pin of the board, what lacks a pin, and pins that are not simulated are said", () => {
  const { wiring, ignored } = read(
    [
      { type: "wokwi-led", id: "led1" },
      { type: "wokwi-relay-module", id: "relay1" },
      { type: "wokwi-hc-sr04", id: "sonar" },
      { type: "wokwi-mpu6050", id: "imu" },
      { type: "wokwi-led", id: "spare" },
      { type: "wokwi-logo", id: "logo" },
    ],
    [
      ["relay1:IN", "esp:4"],
      ["relay1:NO", "led1:A"],
      ["led1:C", "esp:GND.1"],
      ["sonar:TRIG", "esp:5"],
      ["imu:SCL", "esp:22"],
      ["imu:SDA", "esp:21"],
      ["imu:INT", "esp:19"],
      ["imu:VCC", "esp:18"],
    ],
  );
  expect(wiring.parts.map(({ id }) => id)).toEqual(["relay1", "imu"]);
  expect(ignored).toEqual([
    "led1 (wokwi-led)",
    "sonar (wokwi-hc-sr04)",
    "imu (wokwi-mpu6050: INT)",
  ]);
});

test("a test presses, turns and sets the parts of a diagram by their ids", async () => {
  const firmware = folderWith({
    "main.py": `
import dht, time
from machine import ADC, Pin
led, button = Pin(2, Pin.OUT), Pin(4, Pin.IN, Pin.PULL_UP)
knob, sensor = ADC(Pin(34)), dht.DHT22(Pin(15))
while True:
    led(not button())
    sensor.measure()
    print(sensor.temperature(), round(knob.read_u16() / 655.35))
    time.sleep(1)
`,
    "diagram.json": JSON.stringify({
      parts: [
        esp,
        { type: "wokwi-led", id: "led1" },
        { type: "wokwi-resistor", id: "r1", attrs: { value: "220" } },
        { type: "wokwi-pushbutton", id: "btn1" },
        { type: "wokwi-potentiometer", id: "pot1" },
        { type: "wokwi-dht22", id: "dht1" },
      ],
      connections: [
        ["esp:2", "r1:1"],
        ["r1:2", "led1:A"],
        ["led1:C", "esp:GND.1"],
        ["btn1:1.l", "esp:4"],
        ["btn1:2.l", "esp:GND.2"],
        ["pot1:SIG", "esp:34"],
        ["dht1:SDA", "esp:15"],
      ],
    }),
  });
  const board = await simulate(firmware);
  expect(board.ignoredParts).toEqual([]);
  await board.advance(500);
  expect([board.led("led1").on, board.lines.at(-1)]).toEqual([false, "24.0 0"]);
  board.act("btn1", "hold");
  board.act("pot1", "set", 0.5);
  board.act("dht1", "set", "temperature", -3.5);
  await board.advance(1000);
  expect([board.led("led1").on, board.lines.at(-1)]).toEqual([true, "-3.5 50"]);
});

test("a chip of the diagram's own is the module of that name, or given by the test", async () => {
  const diagram = {
    parts: [esp, { type: "chip-beacon", id: "chip1", attrs: { every: "50", label: "x" } }],
    connections: [["chip1:OUT", "esp:4"]],
  };
  const chip = `export default {
  legs: ["out"],
  options: ["every"],
  create(site) {
    const leg = site.leg("out");
    const rise = () => {
      leg.drive(1);
      site.after(site.options.number("every", 1000), rise);
    };
    rise();
    return { state: site.options.number("every", 1000) };
  },
};`;
  const source = "from machine import Pin\nprint(Pin(4, Pin.IN)())\n";
  const alone = await simulate(
    folderWith({
      "main.py": source,
      "diagram.json": JSON.stringify(diagram),
      "beacon.chip.js": chip,
    }),
  );
  expect([alone.ignoredParts, alone.part("chip1").state]).toEqual([[], 50]);
  await alone.advance(1);
  expect(alone.lines).toEqual(["1"]);

  const silent = { legs: ["OUT"], create: () => ({ state: "silent" }) };
  const bare = folderWith({ "main.py": source });
  const given = await simulate(bare, { wiring: diagram, parts: { "chip-beacon": silent } });
  expect(given.part("chip1").state).toBe("silent");
  const without = await simulate(bare, { wiring: diagram });
  expect(without.ignoredParts).toEqual(["chip1 (chip-beacon)"]);
});
