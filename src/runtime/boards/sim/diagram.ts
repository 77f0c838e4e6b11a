/**
 * Reads the `diagram.json` of Wokwi's simulator as a wiring: parts that this package has too are
 * soldered to the pins of the board that their connections lead to, through wires, resistors and
 * breadboards. What it has not is left out, and said.
 */

import { DiagramNets, type Rail, splitEnd } from "./diagram-nets.js";
import { type PartData, type Wiring, WiringError } from "./wiring.js";

interface Diagram {
  parts: { type: string; id: string; attrs?: Record<string, unknown> | null }[];
  connections: [string, string, ...unknown[]][];
}

/** One kind of part in a diagram. */
interface Row {
  type: string;
  /** Its pins by the names of our legs; several names for what boards call differently. */
  legs: Record<string, readonly string[]>;
  options?(attrs: Record<string, string>, reach: Reach): PartData["entries"];
}

/** What a pin of the part is connected to. */
interface Reach {
  isOn(rail: Rail, pin: string): boolean;
  /** The same through resistors. */
  leadsTo(rail: Rail, pin: string): boolean;
}

/** Gives our name of a pin of a board; null when it is none of the chip's. */
type PinNamer = (name: string) => string | null;

/** Wokwi's boards. */
const BOARDS: Record<string, { board: string; pin: PinNamer }> = {
  "wokwi-pi-pico": { board: "pico", pin: picoPin },
  "board-pi-pico": { board: "pico", pin: picoPin },
  "board-pi-pico-w": { board: "pico_w", pin: picoPin },
  "wokwi-pi-pico-w": { board: "pico_w", pin: picoPin },
  "board-pi-pico-2": { board: "pico2", pin: picoPin },
  "board-pi-pico-2-w": { board: "pico2_w", pin: picoPin },
  "wokwi-esp32-devkit-v1": { board: "esp32", pin: espPin },
  "board-esp32-devkit-c-v4": { board: "esp32", pin: espPin },
  "board-esp32-s3-devkitc-1": { board: "esp32s3", pin: s3Pin },
  "board-xiao-esp32-s3": {
    board: "esp32s3",
    pin: labelled(s3Pin, [1, 2, 3, 4, 5, 6, 43, 44, 7, 8, 9]),
  },
  "board-esp32-c3-devkitm-1": { board: "esp32c3", pin: c3Pin },
  "board-xiao-esp32-c3": {
    board: "esp32c3",
    pin: labelled(c3Pin, [2, 3, 4, 5, 6, 7, 21, 20, 8, 9, 10]),
  },
  "board-esp8266": { board: "esp8266", pin: labelled(espPin, [16, 5, 4, 0, 2, 14, 12, 13, 15]) },
  "wokwi-esp8266": { board: "esp8266", pin: labelled(espPin, [16, 5, 4, 0, 2, 14, 12, 13, 15]) },
};

function picoPin(name: string): string | null {
  return /^GP\d+$/.test(name) ? name : null;
}

/** A board whose labels D0, D1 ... are not the numbers of the pins; its other names are as on `chip`. */
function labelled(chip: PinNamer, numbers: readonly number[]): PinNamer {
  return (name) => {
    const label = /^D(\d+)$/.exec(name);
    return label === null ? chip(name) : (numbers[Number(label[1])]?.toString() ?? null);
  };
}

function s3Pin(name: string): string | null {
  return { TX: "43", RX: "44" }[name] ?? numbered(name);
}

function c3Pin(name: string): string | null {
  return { TX: "21", RX: "20" }[name] ?? numbered(name);
}

/** "D5", "GPIO5" and "5" are a pin's number; "2.1" is one of several pins of that number. */
function numbered(name: string): string | null {
  return /^(?:D|GPIO|IO)?(\d+)(?:\.\d+)?$/.exec(name)?.[1] ?? null;
}

function espPin(name: string): string | null {
  const special: Record<string, string> = {
    TX: "1",
    TX0: "1",
    RX: "3",
    RX0: "3",
    TX2: "17",
    RX2: "16",
    VP: "36",
    VN: "39",
  };
  return special[name] ?? numbered(name);
}

const number = (attrs: Record<string, string>, name: string): Record<string, number> =>
  attrs[name] === undefined ? {} : { [name]: Number(attrs[name]) };

/** "0x3d" */
const address = ({ i2cAddress }: Record<string, string>): Record<string, number> =>
  i2cAddress === undefined ? {} : { address: Number(i2cAddress) };

const bus = { scl: ["SCL", "CLK"], sda: ["SDA", "DATA"] };
const spi = {
  sck: ["SCK", "CLK"],
  mosi: ["DI", "MOSI", "SDI"],
  miso: ["DO", "MISO", "SDO"],
  cs: ["CS"],
};

const characters = Object.fromEntries(
  ["rs", "rw", "e", "d0", "d1", "d2", "d3", "d4", "d5", "d6", "d7"].map((leg) => [
    leg,
    [leg.toUpperCase()],
  ]),
);
const screen = { sck: ["SCK", "CLK"], mosi: ["MOSI", "SDI"], dc: ["D/C", "DC"], cs: ["CS"] };

const pixels = (attrs: Record<string, string>): PartData["entries"] => ({
  pixels:
    Number(attrs.pixels ?? 0) ||
    Number(attrs.rows ?? 1) * Number(attrs.cols ?? attrs.columns ?? 1) ||
    1,
});

const button: Row = {
  type: "button",
  legs: { pin: ["1.l", "1.r", "2.l", "2.r"] },
  options: (attrs, { leadsTo, isOn }) => {
    const any = (check: Reach["isOn"], rail: Rail) =>
      ["1.l", "1.r", "2.l", "2.r"].some((pin) => check(rail, pin));
    // A press leads to the rail that one side is on; the resistor of the other side may lead to either.
    const between = any(leadsTo, "supply") && !any(leadsTo, "ground");
    const activeHigh = any(isOn, "supply") || (!any(isOn, "ground") && between);
    return { bounce: attrs.bounce === "0" ? 0 : 3, ...(activeHigh && { activeHigh }) };
  },
};

/** One of the LEDs of a part that holds several: `common` is the pin that they share. */
const ledOf = (anode: string, color: string, common: string): Row => ({
  type: "led",
  legs: { pin: [anode] },
  options: (_attrs, { leadsTo }) => ({
    color,
    ...(leadsTo("supply", common) && { activeLow: true }),
  }),
});

/** Parts that are several of ours: "rgb1" becomes "rgb1.R", "rgb1.G" and "rgb1.B". */
const COMPOSED: Record<string, Record<string, Row>> = {
  "wokwi-rgb-led": {
    R: ledOf("R", "red", "COM"),
    G: ledOf("G", "green", "COM"),
    B: ledOf("B", "blue", "COM"),
  },
  "wokwi-analog-joystick": {
    HORZ: { type: "potentiometer", legs: { pin: ["HORZ"] }, options: () => ({ position: 0.5 }) },
    VERT: { type: "potentiometer", legs: { pin: ["VERT"] }, options: () => ({ position: 0.5 }) },
    SEL: { type: "button", legs: { pin: ["SEL"] } },
  },
};

const ROWS: Record<string, Row> = {
  "wokwi-led": {
    type: "led",
    legs: { pin: ["A", "C"] },
    options: (attrs, { leadsTo }) => ({
      color: attrs.color ?? "red",
      // With its anode at the supply it shines while the pin is low.
      ...(leadsTo("supply", "A") && { activeLow: true }),
    }),
  },
  "wokwi-pushbutton": button,
  "wokwi-pushbutton-6mm": button,
  "wokwi-slide-switch": {
    type: "switch",
    legs: { pin: ["2"] },
    options: (attrs) => ({ on: attrs.value === "1" }),
  },
  "wokwi-potentiometer": {
    type: "potentiometer",
    legs: { pin: ["SIG"] },
    options: (attrs) => ({ position: Number(attrs.value ?? 0) / 1023 }),
  },
  "wokwi-slide-potentiometer": {
    type: "potentiometer",
    legs: { pin: ["SIG"] },
    options: (attrs) => ({ position: Number(attrs.value ?? 0) / 1023 }),
  },
  "wokwi-photoresistor-sensor": { type: "potentiometer", legs: { pin: ["AO"] } },
  "wokwi-gas-sensor": { type: "potentiometer", legs: { pin: ["AOUT"] } },
  "wokwi-ntc-temperature-sensor": { type: "potentiometer", legs: { pin: ["OUT"] } },
  "wokwi-servo": { type: "servo", legs: { pin: ["PWM"] } },
  "wokwi-buzzer": { type: "buzzer", legs: { pin: ["2", "1"] } },
  "wokwi-neopixel": { type: "neopixel", legs: { pin: ["DIN"] }, options: () => ({ pixels: 1 }) },
  "wokwi-led-ring": { type: "neopixel", legs: { pin: ["DIN"] }, options: pixels },
  "wokwi-led-strip": { type: "neopixel", legs: { pin: ["DIN"] }, options: pixels },
  "wokwi-neopixel-canvas": { type: "neopixel", legs: { pin: ["DIN"] }, options: pixels },
  "wokwi-led-matrix": { type: "neopixel", legs: { pin: ["DIN"] }, options: pixels },
  "wokwi-ky-040": { type: "rotary-encoder", legs: { clk: ["CLK"], dt: ["DT"], sw: ["SW"] } },
  "wokwi-ssd1306": { type: "ssd1306", legs: bus, options: address },
  "board-ssd1306": { type: "ssd1306", legs: bus, options: address },
  "board-bme280": { type: "bme280", legs: bus, options: address },
  "wokwi-dht22": {
    type: "dht22",
    legs: { pin: ["SDA", "DATA"] },
    options: (attrs) => ({ ...number(attrs, "temperature"), ...number(attrs, "humidity") }),
  },
  "board-ds18b20": {
    type: "ds18b20",
    legs: { pin: ["DQ"] },
    options: (attrs) => number(attrs, "temperature"),
  },
  "wokwi-lcd1602": {
    type: "lcd1602",
    legs: { ...bus, ...characters },
    options: address,
  },
  "wokwi-lcd2004": {
    type: "lcd1602",
    legs: { ...bus, ...characters },
    options: (attrs) => ({ ...address(attrs), columns: 20, rows: 4 }),
  },
  "wokwi-mpu6050": { type: "mpu6050", legs: bus },
  "wokwi-ds1307": { type: "ds1307", legs: bus },
  "wokwi-ili9341": { type: "ili9341", legs: { ...screen, rst: ["RST"] } },
  "board-ili9341-cap-touch": { type: "ili9341", legs: { ...screen, rst: ["RST"] } },
  "wokwi-max7219-matrix": {
    type: "max7219",
    legs: { sck: ["CLK"], mosi: ["DIN"], cs: ["CS"] },
    options: (attrs) => ({ chips: Number(attrs.chain ?? 1) }),
  },
  "wokwi-tm1637-7segment": { type: "tm1637", legs: { clk: ["CLK"], dio: ["DIO"] } },
  "wokwi-membrane-keypad": {
    type: "keypad",
    legs: Object.fromEntries(
      ["R1", "R2", "R3", "R4", "C1", "C2", "C3", "C4"].map((leg) => [leg.toLowerCase(), [leg]]),
    ),
    options: ({ columns }) => (columns === "3" ? { keys: "123 456 789 *0#" } : {}),
  },
  "wokwi-74hc595": {
    type: "74hc595",
    legs: { data: ["DS"], clock: ["SHCP"], latch: ["STCP"] },
  },
  "wokwi-relay-module": { type: "relay", legs: { pin: ["IN"] } },
  "wokwi-pir-motion-sensor": { type: "pir", legs: { pin: ["OUT"] } },
  "wokwi-microsd-card": { type: "sd-card", legs: { ...spi, cd: ["CD"] } },
  "wokwi-hc-sr04": {
    type: "hc-sr04",
    legs: { trig: ["TRIG"], echo: ["ECHO"] },
    options: (attrs) => number(attrs, "distance"),
  },
};

/** The terminal of the simulator, which is in no list of parts. */
const SERIAL_MONITOR = "$serialMonitor";

/** Parts that only lead current. */
const PASSIVE =
  /resistor|breadboard|junction|vcc|gnd|text|terminal|label|capacitor|logic-analyzer|image/;
export interface ReadDiagram {
  wiring: Wiring;
  /** Parts that are left out, by id and type: "m1 (wokwi-stepper-motor)". */
  ignored: string[];
}

export function readDiagram(data: unknown): ReadDiagram {
  const { parts, connections } = checked(data);
  const board = parts.find(({ type }) => Object.hasOwn(BOARDS, type));
  if (board === undefined) {
    const known = Object.keys(BOARDS).join(", ");
    throw new WiringError(`the diagram has none of the boards ${known}`, "parts");
  }
  const { board: name, pin } = BOARDS[board.type] as (typeof BOARDS)[string];
  const nets = new DiagramNets(new Map(parts.map(({ id, type }) => [id, type])), connections);
  const pinOf = (start: string): string | null => {
    for (const end of nets.reached(start).flatMap(({ ends }) => ends)) {
      const [id, leg] = splitEnd(end);
      const found = id === board.id ? pin(leg) : null;
      if (found !== null) return found;
    }
    return null;
  };
  const wiring: Wiring = { board: name, wires: [], parts: [], events: [] };
  const ignored: string[] = [];
  const add = (id: string, part: string, row: Row, attrs: Record<string, string>): void => {
    const legs = Object.entries(row.legs).flatMap(([leg, names]) => {
      const soldered = names.map((each) => pinOf(`${part}:${each}`)).find((each) => each !== null);
      return soldered ? [[leg, soldered] as const] : [];
    });
    if (legs.length === 0) return;
    const reach: Reach = {
      isOn: (rail, leg) => nets.net(`${part}:${leg}`).rail === rail,
      leadsTo: (rail, leg) => nets.reaches(`${part}:${leg}`, rail),
    };
    const entries = { ...Object.fromEntries(legs), ...row.options?.(attrs, reach) };
    wiring.parts.push({ type: row.type, id, entries });
  };
  for (const { type, id, attrs } of parts) {
    const texts = Object.entries(attrs ?? {}).map(([key, value]) => [key, String(value)]);
    const given: Record<string, string> = Object.fromEntries(texts);
    const composed = Object.hasOwn(COMPOSED, type) ? COMPOSED[type] : undefined;
    const row = Object.hasOwn(ROWS, type) ? ROWS[type] : undefined;
    if (row !== undefined) add(id, id, row, given);
    else if (composed !== undefined) {
      for (const [own, each] of Object.entries(composed)) add(`${id}.${own}`, id, each, given);
    } else if (id !== board.id && !PASSIVE.test(type)) ignored.push(`${id} (${type})`);
  }
  add(SERIAL_MONITOR, SERIAL_MONITOR, { type: "console", legs: { rx: ["RX"], tx: ["TX"] } }, {});
  return { wiring, ignored };
}

function checked(data: unknown): Diagram {
  const { parts, connections } = (data ?? {}) as Partial<Diagram>;
  if (!Array.isArray(parts) || !Array.isArray(connections)) {
    throw new WiringError("a diagram has parts and connections", "diagram.json");
  }
  const isPart = (part: Diagram["parts"][number]): boolean =>
    typeof part?.id === "string" && typeof part.type === "string";
  const wrong = parts.findIndex((part) => !isPart(part));
  if (wrong >= 0)
    throw new WiringError("a part of a diagram has an id and a type", `parts[${wrong}]`);
  const loose = connections.findIndex(
    (ends) => typeof ends?.[0] !== "string" || typeof ends[1] !== "string",
  );
  if (loose >= 0) {
    throw new WiringError("a connection of a diagram has two ends", `connections[${loose}]`);
  }
  return { parts, connections };
}
