/** DHT11 and DHT22: sensors of temperature and humidity that answer with five bytes. */

import type { PulseSensor } from "../../../machine/hal.js";
import type { Action, Part, PartKind, Site } from "../part.js";
import { settingQuantities } from "./quantities.js";

type Encode = (value: number) => [number, number];

export class Dht implements Part, PulseSensor {
  temperature: number;
  humidity: number;
  /** Whether it answers. */
  connected = true;

  constructor(
    site: Site,
    private readonly encode: Encode,
  ) {
    this.temperature = site.options.number("temperature", 21);
    this.humidity = site.options.number("humidity", 40);
    site.connect("pin", "pulseSensor", this);
  }

  answer(): Uint8Array | null {
    if (!this.connected) return null;
    const data = [...this.encode(this.humidity), ...this.encode(this.temperature)];
    const sum = data.reduce((total, byte) => total + byte, 0);
    return Uint8Array.of(...data, sum & 0xff);
  }

  readonly actions: Readonly<Record<string, Action>> = {
    set: settingQuantities((quantity, value) => {
      if (quantity === "temperature") this.temperature = value;
      else if (quantity === "humidity") this.humidity = value;
      else throw new RangeError(`a DHT does not measure ${quantity}`);
    }),
    connect: () => {
      this.connected = true;
    },
    disconnect: () => {
      this.connected = false;
    },
  };

  get state() {
    return { temperature: this.temperature, humidity: this.humidity };
  }
}

const legs = ["pin"];
const options = ["temperature", "humidity"];

/** Whole numbers and tenths. */
export const dht11: PartKind<Dht> = {
  legs,
  options,
  create: (site) =>
    new Dht(site, (value) => [Math.trunc(value) & 0xff, Math.round((value % 1) * 10) & 0xff]),
};

/** Tenths in 16 bits, with a sign. */
export const dht22: PartKind<Dht> = {
  legs,
  options,
  create: (site) =>
    new Dht(site, (value) => {
      const tenths = Math.round(Math.abs(value) * 10);
      return [(tenths >> 8) | (value < 0 ? 0x80 : 0), tenths & 0xff];
    }),
};
