/**
 * An SD card (SDHC) in a slot: on an SPI bus, or on the lines of a controller of cards, which are the same
 * contacts under other names. It comes with an empty FAT file system, as cards do.
 */

import type { CardDevice, Roles, SpiDevice } from "../../../machine/hal.js";
import { format } from "../../../vfs/fat/format.js";
import { type SectorDevice, Sectors } from "../../../vfs/fat/sectors.js";
import type { Action, Part, PartKind, Site } from "../part.js";
import { SdCardSpi, SECTOR } from "./sd-card-spi.js";

const SIZE = 1 << 20;
/** A FAT file system is no smaller. */
const LEAST = 64;
const SERIAL_NUMBER = 0x4d505932;

/** Names of the contacts on SPI, and what a controller of cards takes them for. */
const CONTACTS = {
  sck: "cardClock",
  clk: "cardClock",
  mosi: "cardCommand",
  cmd: "cardCommand",
  miso: "cardData",
  d0: "cardData",
  d1: "cardData1",
  d2: "cardData2",
  d3: "cardData3",
  cs: "cardData3",
} as const satisfies Record<string, keyof Roles>;

export class SdCard implements Part, CardDevice, SpiDevice {
  readonly memory: Uint8Array;
  readonly actions: Readonly<Record<string, Action>>;
  present = true;
  private spi = new SdCardSpi(this);

  constructor(private readonly site: Site) {
    this.memory = new Uint8Array(site.options.number("size", SIZE));
    if (!site.options.flag("blank", false) && this.blocks >= LEAST) {
      format(new Sectors(sectorsOf(this)), SERIAL_NUMBER);
    }
    site.connect("sck", "spiClock", this);
    site.connect("mosi", "spiIn", this);
    site.connect("miso", "spiOut", this);
    // Slots hold the card's output up, so that none is told from one that answers.
    if (site.has("miso")) site.leg("miso", undefined, 1);
    for (const [leg, role] of Object.entries(CONTACTS)) site.connect(leg, role, this);
    const detect = site.has("cd") ? site.leg("cd") : null;
    const put = (present: boolean): void => {
      this.present = present;
      this.spi = new SdCardSpi(this);
      // The switch of the slot closes to ground.
      detect?.drive(present ? 0 : null);
    };
    put(true);
    this.actions = { insert: () => put(true), remove: () => put(false) };
  }

  get selected(): boolean {
    return this.present && this.site.has("cs") && this.site.line("cs").read() === 0;
  }

  transfer(byte: number): number {
    return this.spi.transfer(byte);
  }

  get blocks(): number {
    return Math.floor(this.memory.length / SECTOR);
  }

  read(block: number, count: number): Uint8Array {
    return this.memory.slice(block * SECTOR, (block + count) * SECTOR);
  }

  write(block: number, data: Uint8Array): void {
    this.memory.set(data, block * SECTOR);
    for (let n = 0; n < data.length / SECTOR; n++) this.site.report("written", block + n);
  }

  get state() {
    return { size: this.memory.length, present: this.present };
  }
}

/** The memory of a card before anybody watches it. */
function sectorsOf({ memory, blocks }: SdCard): SectorDevice {
  return {
    blockCount: blocks,
    read: (sector, buffer) => {
      const start = sector * SECTOR;
      buffer.set(memory.subarray(start, start + buffer.length));
    },
    write: (sector, data) => memory.set(data, sector * SECTOR),
    sync: () => {},
  };
}

export const sdCard: PartKind<SdCard> = {
  legs: ["sck", "mosi", "miso", "cs", "clk", "cmd", "d0", "d1", "d2", "d3", "cd"],
  options: ["size", "blank"],
  create: (site) => new SdCard(site),
};
