/**
 * Reads the `diagram.json` of Wokwi's simulator as a wiring: parts that this package has too are
 * soldered to the pins of the board that their connections lead to, through wires, resistors and
 * breadboards. What it has not is left out, and said.
 */

import { type PartData, type Wiring, WiringError } from "./wiring.js";

interface Diagram {
  parts: { type: string; id: string; attrs?: Record<string, string> }[];
  connections: [string, string, ...unknown[]][];
}

/** One kind of part in a diagram. */
interface Row {
  type: string;
  /** Its pins by the names of our legs; several names for what boards call differently. */
  legs: Record<string, readonly string[]>;
  options?(attrs: Record<string, string>, toSupply: (pin: string) => boolean): PartData["entries"];
}

/** Wokwi's boards; `pin` gives our name of one of its pins. */
const BOARDS: Record<string, { board: string; pin(name: string): string | null }> = {
  "wokwi-pi-pico": { board: "pico", pin: picoPin },
  "board-pi-pico": { board: "pico", pin: picoPin },
  "board-pi-pico-w": { board: "pico_w", pin: picoPin },
  "wokwi-pi-pico-w": { board: "pico_w", pin: picoPin },
  "board-pi-pico-2": { board: "pico2", pin: picoPin },
  "board-pi-pico-2-w": { board: "pico2_w", pin: picoPin },
  "wokwi-esp32-devkit-v1": { board: "esp32", pin: espPin },
  "board-esp32-devkit-c-v4": { board: "esp32", pin: espPin },
  "board-esp32-s3-devkitc-1": { board: "esp32s3", pin: s3Pin },
  "board-xiao-esp32-s3": { board: "esp32s3", pin: s3Pin },
  "board-esp32-c3-devkitm-1": { board: "esp32c3", pin: c3Pin },
  "board-xiao-esp32-c3": { board: "esp32c3", pin: c3Pin },
  "board-esp8266": { board: "esp8266", pin: espPin },
};

function picoPin(name: string): string | null {
  return /^GP\d+$/.test(name) ? name : null;
}

function s3Pin(name: string): string | null {
  return { TX: "43", RX: "44" }[name] ?? numbered(name);
}

function c3Pin(name: string): string | null {
  return { TX: "21", RX: "20" }[name] ?? numbered(name);
}

/** "D5" and "5" are a pin's number; "2.1" is one of several pins of that number. */
function numbered(name: string): string | null {
  return /^D?(\d+)(?:\.\d+)?$/.exec(name)?.[1] ?? null;
}

function espPin(name: string): string | null {
  const special: Record<string, string> = {
    TX: "1",
    TX0: "1",
    RX: "3",
    RX0: "3",
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

const screen = { sck: ["SCK", "CLK"], mosi: ["MOSI", "SDI"], dc: ["D/C", "DC"], cs: ["CS"] };

const pixels = (attrs: Record<string, string>): PartData["entries"] => ({
  pixels:
    Number(attrs.pixels ?? 0) ||
    Number(attrs.rows ?? 1) * Number(attrs.cols ?? attrs.columns ?? 1) ||
    1,
});

const ROWS: Record<string, Row> = {
  "wokwi-led": {
    type: "led",
    legs: { pin: ["A", "C"] },
    options: (attrs, toSupply) => ({
      color: attrs.color ?? "red",
      // With its anode at the supply it shines while the pin is low.
      ...(toSupply("A") && { activeLow: true }),
    }),
  },
  "wokwi-pushbutton": {
    type: "button",
    legs: { pin: ["1.l", "1.r", "2.l", "2.r"] },
    options: (attrs, toSupply) => ({
      bounce: attrs.bounce === "0" ? 0 : 3,
      ...(["1.l", "1.r", "2.l", "2.r"].some(toSupply) && { activeHigh: true }),
    }),
  },
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
    legs: {
      ...bus,
      rs: ["RS"],
      e: ["E"],
      d4: ["D4"],
      d5: ["D5"],
      d6: ["D6"],
      d7: ["D7"],
    },
    options: address,
  },
  "wokwi-lcd2004": {
    type: "lcd1602",
    legs: {
      ...bus,
      rs: ["RS"],
      e: ["E"],
      d4: ["D4"],
      d5: ["D5"],
      d6: ["D6"],
      d7: ["D7"],
    },
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
  "wokwi-microsd-card": { type: "sd-card", legs: spi },
  "wokwi-hc-sr04": {
    type: "hc-sr04",
    legs: { trig: ["TRIG"], echo: ["ECHO"] },
    options: (attrs) => number(attrs, "distance"),
  },
};

/** Parts that only lead current. */
const PASSIVE =
  /resistor|breadboard|junction|vcc|gnd|text|terminal|label|capacitor|logic-analyzer|image/;
const SUPPLY = /^(?:3V3.*|VCC|VBUS|VSYS|5V|VIN|3\.3V|V\+|VDD)(?:\.\d+)?$/i;

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
  const nets = connect(parts, connections);
  const ends = (start: string): string[] => nets.get(start) ?? [];
  const pinOf = (start: string): string | null => {
    for (const end of ends(start)) {
      const [id, leg = ""] = split(end);
      const found = id === board.id ? pin(leg) : null;
      if (found !== null) return found;
    }
    return null;
  };
  const wiring: Wiring = { board: name, wires: [], parts: [], events: [] };
  const ignored: string[] = [];
  for (const { type, id, attrs = {} } of parts) {
    const row = Object.hasOwn(ROWS, type) ? ROWS[type] : undefined;
    if (row === undefined) {
      if (id !== board.id && !PASSIVE.test(type)) ignored.push(`${id} (${type})`);
      continue;
    }
    const toSupply = (leg: string): boolean =>
      ends(`${id}:${leg}`).some((end) => SUPPLY.test(split(end)[1] ?? ""));
    const legs = Object.entries(row.legs).flatMap(([leg, names]) => {
      const soldered = names.map((each) => pinOf(`${id}:${each}`)).find((each) => each !== null);
      return soldered ? [[leg, soldered] as const] : [];
    });
    if (legs.length === 0) continue;
    const entries = { ...Object.fromEntries(legs), ...row.options?.(attrs, toSupply) };
    wiring.parts.push({ type: row.type, id, entries });
  }
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

function split(end: string): [string, string | undefined] {
  const colon = end.indexOf(":");
  return colon < 0 ? [end, undefined] : [end.slice(0, colon), end.slice(colon + 1)];
}

/** For each end everything that it is connected to. */
function connect(
  parts: Diagram["parts"],
  connections: Diagram["connections"],
): Map<string, string[]> {
  const types = new Map(parts.map(({ id, type }) => [id, type]));
  const parent = new Map<string, string>();
  const find = (end: string): string => {
    let at = end;
    for (let up = parent.get(at); up !== undefined && up !== at; up = parent.get(at)) at = up;
    return at;
  };
  const all = new Set<string>();
  const join = (a: string, b: string): void => {
    for (const end of [a, b]) all.add(end);
    const [left, right] = [find(a), find(b)];
    if (left !== right) parent.set(left, right);
  };
  for (const [a, b] of connections) {
    for (const end of [a, b]) {
      const inside = innerNode(end, types.get(split(end)[0]) ?? "");
      if (inside !== null) join(end, inside);
    }
    // The supply's and ground's many pins are told apart by their names alone.
    join(a, b);
  }
  const nets = new Map<string, string[]>();
  for (const end of all) {
    const root = find(end);
    nets.set(root, [...(nets.get(root) ?? []), end]);
  }
  return new Map([...all].map((end) => [end, nets.get(find(end)) ?? []]));
}

/** What is connected inside of a part: the ends of a resistor, the holes of a breadboard's row. */
function innerNode(end: string, type: string): string | null {
  const [id, leg = ""] = split(end);
  if (type.includes("resistor") && !type.includes("photo")) return `${id}:*`;
  if (!type.includes("breadboard")) return null;
  const rail = /^([tb])([pn])\./.exec(leg);
  if (rail !== null) return `${id}:${rail[1]}${rail[2]}`;
  const hole = /^(\d+)([tb])\.[a-j]$/.exec(leg);
  return hole === null ? null : `${id}:${hole[1]}${hole[2]}`;
}
