/** A DS18B20 thermometer on a 1-wire bus, bit by bit: search, match and skip of ROMs, conversion, scratchpad. */

import { crc8 } from "../../../machine/crc8.js";
import type { Level, OneWireDevice } from "../../../machine/hal.js";
import type { Action, Part, PartKind, Site } from "../part.js";

const FAMILY = 0x28;
const SEARCH = 0xf0;
const READ_ROM = 0x33;
const MATCH = 0x55;
const SKIP = 0xcc;
const CONVERT = 0x44;
const READ_SCRATCHPAD = 0xbe;
const WRITE_SCRATCHPAD = 0x4e;
/** A conversion with 12 bits takes so long (milliseconds). */
const CONVERSION = 750;
const POWER_ON = 85 * 16;

type Phase = "idle" | "rom" | "match" | "search" | "function" | "send" | "configure" | "convert";

export class Ds18b20 implements Part, OneWireDevice {
  temperature: number;
  readonly rom: Uint8Array;
  private phase: Phase = "idle";
  private bits: Level[] = [];
  private output: Level[] = [];
  private searchBit = 0;
  private searchStep = 0;
  private raw = POWER_ON;
  private readyAt = 0;
  private readonly settings = Uint8Array.of(0x4b, 0x46, 0x7f);

  constructor(private readonly site: Site) {
    this.temperature = site.options.number("temperature", 21);
    const serial = site.options.number("serial", site.number);
    const rom = Uint8Array.of(FAMILY, 0, 0, 0, 0, 0, 0, 0);
    new DataView(rom.buffer).setUint32(1, serial, true);
    rom[7] = crc8(rom.subarray(0, 7));
    this.rom = rom;
    site.connect("pin", "oneWire", this);
  }

  reset(): boolean {
    this.phase = "rom";
    this.bits = [];
    this.output = [];
    return true;
  }

  write(bit: Level): void {
    if (this.phase === "search") {
      this.chooseBranch(bit);
      return;
    }
    this.bits.push(bit);
    if (this.phase === "match") this.matchRom();
    else if (this.phase === "configure") this.configure();
    else if (this.bits.length === 8) this.command(byteOf(this.bits.splice(0)));
  }

  read(): Level {
    if (this.phase === "search") {
      const bit = this.romBit(this.searchBit);
      return (this.searchStep++ === 0 ? bit : 1 - bit) as Level;
    }
    if (this.phase === "send") return this.output.shift() ?? 1;
    // Until the next reset it tells that it still converts.
    return this.phase === "convert" && this.site.now() < this.readyAt ? 0 : 1;
  }

  private command(code: number): void {
    if (this.phase === "rom") {
      if (code === SEARCH) {
        this.searchBit = 0;
        this.searchStep = 0;
      }
      if (code === READ_ROM) this.output = bitsOf(this.rom);
      const next: Record<number, Phase> = {
        [SEARCH]: "search",
        [READ_ROM]: "send",
        [MATCH]: "match",
        [SKIP]: "function",
      };
      this.phase = next[code] ?? "idle";
    } else if (this.phase === "function") {
      this.perform(code);
    }
  }

  private perform(code: number): void {
    if (code === CONVERT) {
      this.raw = Math.round(this.temperature * 16);
      this.readyAt = this.site.now() + CONVERSION;
      this.phase = "convert";
    } else if (code === READ_SCRATCHPAD) {
      const converted = this.site.now() < this.readyAt ? POWER_ON : this.raw;
      const pad = Uint8Array.of(
        converted & 0xff,
        (converted >> 8) & 0xff,
        ...this.settings,
        0xff,
        0,
        0x10,
        0,
      );
      pad[8] = crc8(pad.subarray(0, 8));
      this.output = bitsOf(pad);
      this.phase = "send";
    } else {
      this.phase = code === WRITE_SCRATCHPAD ? "configure" : "idle";
    }
  }

  private matchRom(): void {
    if (this.bits.length < 64) return;
    const wanted = this.bits.splice(0);
    this.phase = wanted.every((bit, i) => bit === this.romBit(i)) ? "function" : "idle";
  }

  private configure(): void {
    if (this.bits.length < 24) return;
    for (let i = 0; i < 3; i++) this.settings[i] = byteOf(this.bits.splice(0, 8));
    this.phase = "idle";
  }

  private chooseBranch(bit: Level): void {
    if (bit !== this.romBit(this.searchBit)) {
      this.phase = "idle";
      return;
    }
    this.searchStep = 0;
    this.searchBit += 1;
    if (this.searchBit === 64) this.phase = "function";
  }

  private romBit(at: number): Level {
    return (((this.rom[at >> 3] as number) >> (at & 7)) & 1) as Level;
  }

  readonly actions: Readonly<Record<string, Action>> = {
    set: ([first, second]) => {
      this.temperature = Number(second ?? first);
    },
  };

  get state() {
    return { temperature: this.temperature };
  }
}

function byteOf(bits: readonly Level[]): number {
  return bits.reduce<number>((byte, bit, i) => byte | (bit << i), 0);
}

function bitsOf(bytes: Uint8Array): Level[] {
  return [...bytes].flatMap((byte) =>
    Array.from({ length: 8 }, (_, i) => ((byte >> i) & 1) as Level),
  );
}

export const ds18b20: PartKind<Ds18b20> = {
  legs: ["pin"],
  options: ["temperature", "serial"],
  create: (site) => new Ds18b20(site),
};
