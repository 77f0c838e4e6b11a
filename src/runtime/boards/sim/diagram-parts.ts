/**
 * The parts of Wokwi's diagrams: which of ours each is, by which names it calls its legs, and what its
 * attributes mean, with the values that Wokwi's documentation gives for those that are left out.
 * diagram.ts asks it. A further part is a row here.
 */

import type { Rail } from "./diagram-nets.js";
import type { PartData } from "./wiring.js";

type Attributes = Readonly<Record<string, string>>;
type Entries = PartData["entries"];

/** One kind of part in a diagram. */
export interface DiagramRow {
  type: string;
  /** Its pins by the names of our legs; several names for what boards call differently. */
  legs: Readonly<Record<string, readonly string[]>>;
  /** Legs without which it cannot work: a part that lacks one is left out. */
  needs?: readonly string[];
  /** Pins that are taken care of without being legs. */
  also?: readonly string[];
  options?(attrs: Attributes, reach: Reach): Entries;
}

/** What a pin of the part is connected to. */
export interface Reach {
  isOn(rail: Rail, pin: string): boolean;
  /** The same through resistors. */
  leadsTo(rail: Rail, pin: string): boolean;
  /** The pin of the board that it leads to, by its name in a wiring. */
  pin(pin: string): string | null;
}

/** Attributes that are numbers: our name of each with Wokwi's and what it is when it is left out. */
const numbers =
  (names: Readonly<Record<string, readonly [attribute: string, fallback: number]>>) =>
  (attrs: Attributes): Entries =>
    Object.fromEntries(
      Object.entries(names).map(([name, [attribute, fallback]]) => {
        const value = Number.parseFloat(attrs[attribute] ?? "");
        return [name, Number.isNaN(value) ? fallback : value];
      }),
    );

/** "0x3d" */
const address = ({ i2cAddress }: Attributes): Entries =>
  i2cAddress === undefined ? {} : { address: Number(i2cAddress) };

const bus = { scl: ["SCL", "CLK"], sda: ["SDA", "DATA"] };
const spi = {
  sck: ["SCK", "CLK"],
  mosi: ["DI", "MOSI", "SDI"],
  miso: ["DO", "MISO", "SDO"],
  cs: ["CS"],
};
const screen = {
  sck: ["SCK", "CLK"],
  mosi: ["MOSI", "SDI"],
  miso: ["MISO", "SDO"],
  dc: ["D/C", "DC"],
  cs: ["CS"],
  rst: ["RST"],
};

/** Legs that Wokwi calls as we do, in capitals. */
const capitals = (...legs: string[]): DiagramRow["legs"] =>
  Object.fromEntries(legs.map((leg) => [leg, [leg.toUpperCase()]]));

const characters = {
  ...bus,
  ...capitals("rs", "rw", "e", "d0", "d1", "d2", "d3", "d4", "d5", "d6", "d7"),
};

const pixels =
  (rows: number, columns: number) =>
  (attrs: Attributes): Entries => ({
    pixels:
      Number(attrs.pixels ?? 0) ||
      Number(attrs.rows ?? rows) * Number(attrs.cols ?? attrs.columns ?? columns),
  });

const SIDES = [
  ["1.l", "1.r"],
  ["2.l", "2.r"],
] as const;

const button: DiagramRow = {
  type: "button",
  legs: { pin: SIDES.flat() },
  options: (attrs, { leadsTo, isOn, pin }) => {
    const any = (check: Reach["isOn"], rail: Rail) => SIDES.flat().some((leg) => check(rail, leg));
    // A press leads to the rail that one side is on; the resistor of the other side may lead to either.
    const between = any(leadsTo, "supply") && !any(leadsTo, "ground");
    const activeHigh = any(isOn, "supply") || (!any(isOn, "ground") && between);
    const [near, far] = SIDES.map((side) => side.map(pin).find((found) => found !== null));
    // One of a matrix, perhaps: it leads from a pin to another.
    const to = near && far && near !== far ? { to: far } : {};
    return { bounce: attrs.bounce === "0" ? 0 : 3, ...(activeHigh && { activeHigh }), ...to };
  },
};

/** One contact of a switch: `common` is led to `on` or `off`; either may be what the pin is on. */
const contact = (common: string, on: string | null, off: string | null): DiagramRow => ({
  type: "switch",
  legs: { pin: [common, on, off].filter((leg) => leg !== null) },
  options: (attrs, { leadsTo, pin }) => {
    const rail = (leg: string | null): string => {
      if (leg !== null && leadsTo("supply", leg)) return "high";
      return leg !== null && leadsTo("ground", leg) ? "low" : "open";
    };
    const isCommon = pin(common) !== null;
    const own = isCommon ? null : on !== null && pin(on) !== null ? on : off;
    return {
      on: attrs.value === "1",
      whenOn: isCommon ? rail(on) : own === on ? rail(common) : "open",
      whenOff: isCommon ? rail(off) : own === off ? rail(common) : "open",
    };
  },
});

/** An LED between two pins of a part. With its anode at the supply it shines while the pin is low. */
const ledOf = (anode: string, cathode: string, color: string | null = null): DiagramRow => ({
  type: "led",
  legs: { pin: [anode, cathode] },
  options: (attrs, { leadsTo }) => ({
    color: color ?? attrs.color ?? "red",
    ...(leadsTo("supply", anode) && { activeLow: true }),
  }),
});

/** One of the LEDs of a part that shares a pin among them. */
const ledWith = (common: string, own: string, color: string): DiagramRow => {
  const { options } = ledOf(common, own, color);
  return { type: "led", legs: { pin: [own] }, also: [common], ...(options && { options }) };
};

/** A relay's coil between two pins. */
const coil = (own: string, other: string): DiagramRow => ({
  type: "relay",
  legs: { pin: [own, other] },
  options: (_attrs, { leadsTo }) =>
    leadsTo("supply", own) || leadsTo("supply", other) ? { activeLow: true } : {},
});

const joystickAxis = (leg: string): DiagramRow => ({
  type: "potentiometer",
  legs: { pin: [leg] },
  options: () => ({ position: 0.5 }),
});

const each = (
  count: number,
  row: (number: number) => DiagramRow,
): Readonly<Record<string, DiagramRow>> =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [String(i + 1), row(i + 1)]));

/** Parts that are several of ours: "rgb1" becomes "rgb1.R", "rgb1.G" and "rgb1.B". */
export const COMPOSED: Readonly<Record<string, Readonly<Record<string, DiagramRow>>>> = {
  "wokwi-rgb-led": {
    R: ledWith("COM", "R", "red"),
    G: ledWith("COM", "G", "green"),
    B: ledWith("COM", "B", "blue"),
  },
  "wokwi-led-bar-graph": each(10, (n) => ledOf(`A${n}`, `C${n}`)),
  "wokwi-dip-switch-8": each(8, (n) => contact(`${n}a`, `${n}b`, null)),
  "wokwi-analog-joystick": {
    HORZ: joystickAxis("HORZ"),
    VERT: joystickAxis("VERT"),
    SEL: { type: "button", legs: { pin: ["SEL"] } },
  },
};

const potentiometer: DiagramRow = {
  type: "potentiometer",
  legs: { pin: ["SIG"] },
  options: ({ value = "0" }) => ({ position: Number(value) / 1023 }),
};

const rgbPixels = (rows: number, columns: number): DiagramRow => ({
  type: "neopixel",
  legs: { pin: ["DIN"] },
  options: pixels(rows, columns),
});

const tft: DiagramRow = { type: "ili9341", legs: screen, needs: ["dc"] };

const oled: DiagramRow = { type: "ssd1306", legs: bus, options: address };

const hotAndDamp: NonNullable<DiagramRow["options"]> = numbers({
  temperature: ["temperature", 24],
  humidity: ["humidity", 40],
});

export const ROWS: Readonly<Record<string, DiagramRow>> = {
  "wokwi-led": ledOf("A", "C"),
  "wokwi-pushbutton": button,
  "wokwi-pushbutton-6mm": button,
  "wokwi-slide-switch": contact("2", "3", "1"),
  "wokwi-potentiometer": potentiometer,
  "wokwi-slide-potentiometer": potentiometer,
  "wokwi-photoresistor-sensor": {
    type: "photoresistor",
    legs: { ao: ["AO"], do: ["DO"] },
    options: numbers({
      lux: ["lux", 500],
      threshold: ["threshold", 2.5],
      rl10: ["rl10", 50],
      gamma: ["gamma", 0.7],
    }),
  },
  "wokwi-gas-sensor": {
    type: "gas-sensor",
    legs: { ao: ["AOUT", "AO"], do: ["DOUT", "DO"] },
    options: numbers({ ppm: ["ppm", 400], threshold: ["threshold", 4.4] }),
  },
  "wokwi-ntc-temperature-sensor": {
    type: "thermistor",
    legs: { ao: ["OUT"] },
    options: numbers({ temperature: ["temperature", 24], beta: ["beta", 3950] }),
  },
  "wokwi-servo": { type: "servo", legs: { pin: ["PWM"] } },
  "wokwi-buzzer": { type: "buzzer", legs: { pin: ["2", "1"] } },
  "wokwi-neopixel": rgbPixels(1, 1),
  "wokwi-led-ring": rgbPixels(1, 16),
  "wokwi-led-strip": rgbPixels(1, 8),
  "wokwi-neopixel-canvas": rgbPixels(1, 1),
  "wokwi-led-matrix": rgbPixels(8, 8),
  "wokwi-ky-040": {
    type: "rotary-encoder",
    legs: capitals("clk", "dt", "sw"),
    needs: ["clk", "dt"],
  },
  "wokwi-ssd1306": oled,
  "board-ssd1306": oled,
  "board-grove-oled-sh1107": { type: "sh1107", legs: bus, options: address },
  "board-bme280": { type: "bme280", legs: bus, options: address },
  "wokwi-dht22": { type: "dht22", legs: { pin: ["SDA", "DATA"] }, options: hotAndDamp },
  "wokwi-ds18b20": {
    type: "ds18b20",
    legs: { pin: ["DQ"] },
    options: numbers({ temperature: ["temperature", 22] }),
  },
  "board-ds18b20": {
    type: "ds18b20",
    legs: { pin: ["DQ"] },
    options: numbers({ temperature: ["temperature", 22] }),
  },
  "wokwi-lcd1602": { type: "lcd1602", legs: characters, options: address },
  "wokwi-lcd2004": {
    type: "lcd1602",
    legs: characters,
    options: (attrs) => ({ ...address(attrs), columns: 20, rows: 4 }),
  },
  "wokwi-mpu6050": {
    type: "mpu6050",
    legs: bus,
    also: ["AD0"],
    options: (attrs, { leadsTo }) => ({
      ...numbers({
        ax: ["accelX", 0],
        ay: ["accelY", 0],
        az: ["accelZ", 1],
        gx: ["rotationX", 0],
        gy: ["rotationY", 0],
        gz: ["rotationZ", 0],
        temperature: ["temperature", 24],
      })(attrs),
      ...(leadsTo("supply", "AD0") && { address: 0x69 }),
    }),
  },
  "wokwi-ds1307": { type: "ds1307", legs: bus },
  "wokwi-hx711": {
    type: "hx711",
    legs: capitals("dt", "sck"),
    needs: ["dt", "sck"],
    options: ({ type = "50kg" }) => ({ capacity: type === "50kg" ? 50 : 5 }),
  },
  "wokwi-ili9341": tft,
  "board-ili9341-cap-touch": tft,
  "wokwi-max7219-matrix": {
    type: "max7219",
    legs: { sck: ["CLK"], mosi: ["DIN"], cs: ["CS"] },
    needs: ["cs"],
    options: (attrs) => ({ chips: Number(attrs.chain ?? 1) }),
  },
  "wokwi-tm1637-7segment": {
    type: "tm1637",
    legs: capitals("clk", "dio"),
    needs: ["clk", "dio"],
  },
  "wokwi-7segment": {
    type: "7segment",
    legs: {
      ...capitals("a", "b", "c", "d", "e", "f", "g", "dp", "com", "cln"),
      ...capitals("dig1", "dig2", "dig3", "dig4"),
    },
    options: ({ common = "anode", digits = "1" }) => ({
      common,
      digits: Number(digits),
    }),
  },
  "wokwi-membrane-keypad": {
    type: "keypad",
    legs: capitals("r1", "r2", "r3", "r4", "c1", "c2", "c3", "c4"),
    options: ({ columns = "4", keys }) => {
      const width = columns === "3" ? 3 : 4;
      // Attributes are texts here: a list comes as its elements with commas between.
      const labels = keys?.split(",");
      if (labels?.every((label) => label.length === 1)) {
        return { keys: labels.join("").replace(new RegExp(`.{${width}}(?=.)`, "g"), "$& ") };
      }
      return width === 3 ? { keys: "123 456 789 *0#" } : {};
    },
  },
  "wokwi-74hc595": {
    type: "74hc595",
    legs: { data: ["DS"], clock: ["SHCP"], latch: ["STCP"] },
    needs: ["data", "clock", "latch"],
  },
  "wokwi-relay-module": {
    type: "relay",
    legs: { pin: ["IN"] },
    options: ({ transistor }) => (transistor === "pnp" ? { activeLow: true } : {}),
  },
  "wokwi-ks2e-m-dc5": coil("COIL1", "COIL2"),
  "wokwi-pir-motion-sensor": {
    type: "pir",
    legs: { pin: ["OUT"] },
    options: ({ delayTime = "5", inhibitTime = "1.2", retrigger }) => ({
      hold: Number(delayTime) * 1000,
      inhibit: Number(inhibitTime) * 1000,
      ...(retrigger === "0" && { retrigger: false }),
    }),
  },
  "wokwi-microsd-card": { type: "sd-card", legs: { ...spi, cd: ["CD"] } },
  "wokwi-hc-sr04": {
    type: "hc-sr04",
    legs: capitals("trig", "echo"),
    needs: ["trig", "echo"],
    options: numbers({ distance: ["distance", 400] }),
  },
  "wokwi-stepper-motor": {
    type: "stepper",
    legs: { "a+": ["A+"], "a-": ["A-"], "b+": ["B+"], "b-": ["B-"] },
    needs: ["a+", "a-", "b+", "b-"],
  },
  "wokwi-a4988": {
    type: "stepper-driver",
    legs: capitals("step", "dir", "enable", "ms1", "ms2", "ms3", "sleep", "reset"),
    needs: ["step"],
    options: (_attrs, { leadsTo }) => {
      const high = ["MS1", "MS2", "MS3"].map((pin) => leadsTo("supply", pin)).join();
      return { divisor: DIVISORS[high] ?? 1 };
    },
  },
};

/** The steps that the pins of an A4988 select where they are on a rail. */
const DIVISORS: Readonly<Record<string, number>> = {
  "true,false,false": 2,
  "false,true,false": 4,
  "true,true,false": 8,
  "true,true,true": 16,
};

/** Parts that only lead current, or are only looked at. */
export const PASSIVE =
  /resistor$|breadboard|junction|-vcc|-gnd|text|terminal|label|capacitor|logic-analyzer|image|logo/;
