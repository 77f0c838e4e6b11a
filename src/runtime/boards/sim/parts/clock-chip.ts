/** DS1307 and DS3231: clocks with a battery, which run on whatever the board does. */

import type { Action, PartKind, Site } from "../part.js";
import { I2cRegisters } from "./i2c-registers.js";

const TEMPERATURE = 0x11;
const STOPPED = 0x80;
const TWELVE_HOURS = 0x40;
const START = Date.UTC(2025, 0, 1);

export class ClockChip extends I2cRegisters {
  /** Milliseconds since 1970 at the board's time 0. */
  private origin: number;
  private stopped: number | null = null;
  private edited = false;

  constructor(
    site: Site,
    private readonly hasThermometer: boolean,
    private temperature: number,
  ) {
    super(site, site.options.number("address", 0x68));
    this.origin = Date.parse(site.options.text("date", new Date(START).toISOString()));
    if (Number.isNaN(this.origin)) throw new RangeError("a date is as in 2025-01-31T12:00:00Z");
  }

  /** What it shows now. */
  get date(): Date {
    return new Date(this.stopped ?? this.origin + this.site.now());
  }

  protected override refresh(): void {
    const now = this.date;
    const fields = [
      now.getUTCSeconds(),
      now.getUTCMinutes(),
      now.getUTCHours(),
      now.getUTCDay() || 7,
      now.getUTCDate(),
      now.getUTCMonth() + 1,
      now.getUTCFullYear() % 100,
    ];
    fields.forEach((value, i) => {
      this.registers[i] = ((Math.floor(value / 10) << 4) | (value % 10)) & 0xff;
    });
    if (this.stopped !== null && !this.hasThermometer) {
      this.registers[0] = (this.registers[0] as number) | STOPPED;
    }
    if (!this.hasThermometer) return;
    const quarters = Math.round(this.temperature * 4);
    this.registers[TEMPERATURE] = (quarters >> 2) & 0xff;
    this.registers[TEMPERATURE + 1] = (quarters & 3) << 6;
  }

  protected override written(register: number, byte: number): void {
    if (register > 6) {
      super.written(register, byte);
      return;
    }
    // The fields are set one after the other: what they mean together shows at the end.
    if (!this.edited) this.refresh();
    this.edited = true;
    this.registers[register] = byte;
    this.site.report("register", [register, byte]);
  }

  override stop(): void {
    if (!this.edited) return;
    this.edited = false;
    const time = this.fields();
    const runs = this.hasThermometer || ((this.registers[0] as number) & STOPPED) === 0;
    this.stopped = runs ? null : time;
    this.origin = time - this.site.now();
  }

  private fields(): number {
    const digits = (at: number, mask: number): number => {
      const value = (this.registers[at] as number) & mask;
      return (value >> 4) * 10 + (value & 0xf);
    };
    const hours = this.registers[2] as number;
    const hour =
      hours & TWELVE_HOURS ? (digits(2, 0x1f) % 12) + (hours & 0x20 ? 12 : 0) : digits(2, 0x3f);
    const month = Math.max(1, digits(5, 0x1f)) - 1;
    const day = Math.max(1, digits(4, 0x3f));
    const year = 2000 + digits(6, 0xff);
    return Date.UTC(year, month, day, hour, digits(1, 0x7f), digits(0, 0x7f));
  }

  override get actions(): Readonly<Record<string, Action>> {
    return {
      set: ([first, second]) => {
        if (first === "temperature") this.temperature = Number(second);
        else this.origin = Date.parse(String(second ?? first)) - this.site.now();
      },
    };
  }

  override get state() {
    return { date: this.date.toISOString(), temperature: this.temperature } as never;
  }
}

const legs = ["scl", "sda"];

export const ds1307: PartKind<ClockChip> = {
  legs,
  options: ["address", "date"],
  create: (site) => new ClockChip(site, false, 25),
};

export const ds3231: PartKind<ClockChip> = {
  legs,
  options: ["address", "date", "temperature"],
  create: (site) => new ClockChip(site, true, site.options.number("temperature", 25)),
};
