/** The file allocation table: which cluster follows which, and which are free. */

import { FileError } from "../../host/files.js";
import type { FatLayout } from "./layout.js";
import type { Sectors } from "./sectors.js";

const EIO = 5;
const UNKNOWN = 0xffffffff;

export class Allocation {
  /** The cluster that was allocated last: the search for a free one starts there. */
  last = UNKNOWN;
  private free = UNKNOWN;
  private isStale = false;

  constructor(
    private readonly sectors: Sectors,
    private readonly layout: FatLayout,
  ) {
    const { info, fatStart, fatSectors, fats } = layout;
    if (info !== null) {
      const view = sectors.view(info);
      if (view.getUint32(0, true) === 0x41615252 && view.getUint32(484, true) === 0x61417272) {
        this.free = view.getUint32(488, true);
        this.last = view.getUint32(492, true);
      }
    }
    if (fats === 2) {
      sectors.onWritten = (sector, data) => {
        const isFat = sector >= fatStart && sector < fatStart + fatSectors;
        if (isFat) sectors.write(sector + fatSectors, data.slice());
      };
    }
  }

  /** The cluster after this one; 0 where it is free, `layout.entries` or more at the end. */
  next(cluster: number): number {
    const { layout, sectors } = this;
    if (cluster < 2 || cluster >= layout.entries) throw new FileError(EIO);
    const [sector, at] = this.place(cluster);
    if (layout.kind === 32) return sectors.view(sector).getUint32(at, true) & 0x0fffffff;
    if (layout.kind === 16) return sectors.view(sector).getUint16(at, true);
    const low = sectors.at(sector)[at] as number;
    const word = low | (this.byteAfter(sector, at) << 8);
    return cluster & 1 ? word >> 4 : word & 0xfff;
  }

  private set(cluster: number, value: number): void {
    const { layout, sectors } = this;
    const [sector, at] = this.place(cluster);
    if (layout.kind === 32) {
      const view = sectors.view(sector);
      const kept = view.getUint32(at, true) & 0xf0000000;
      view.setUint32(at, ((value & 0x0fffffff) | kept) >>> 0, true);
    } else if (layout.kind === 16) {
      sectors.view(sector).setUint16(at, value & 0xffff, true);
    } else {
      const bytes = sectors.at(sector);
      const old = bytes[at] as number;
      bytes[at] = cluster & 1 ? (old & 0x0f) | ((value & 0x0f) << 4) : value & 0xff;
      sectors.touch();
      const [next, there] = at + 1 < sectors.size ? [sector, at + 1] : [sector + 1, 0];
      const others = sectors.at(next);
      const high = others[there] as number;
      others[there] = cluster & 1 ? (value >> 4) & 0xff : (high & 0xf0) | ((value >> 8) & 0x0f);
    }
    sectors.touch();
  }

  /** Sector and offset of an entry. */
  private place(cluster: number): [number, number] {
    const { size } = this.sectors;
    const byte = Math.floor((cluster * this.layout.kind) / 8);
    return [this.layout.fatStart + Math.floor(byte / size), byte % size];
  }

  private byteAfter(sector: number, at: number): number {
    const { sectors } = this;
    return (
      at + 1 < sectors.size ? sectors.at(sector)[at + 1] : sectors.at(sector + 1)[0]
    ) as number;
  }

  isEnd(cluster: number): boolean {
    return cluster < 2 || cluster >= this.layout.entries;
  }

  /** The cluster after this one, a new one if there is none; 0: a new chain. Null: all are taken. */
  extend(cluster: number): number | null {
    if (cluster !== 0) {
      const next = this.next(cluster);
      if (!this.isEnd(next)) return next;
      if (next < 2) throw new FileError(EIO);
    }
    const found = this.findFree(cluster);
    if (found === null) return null;
    this.set(found, 0x0fffffff);
    if (cluster !== 0) this.set(cluster, found);
    this.last = found;
    if (this.free <= this.layout.entries - 2) this.free -= 1;
    this.isStale = true;
    return found;
  }

  private findFree(cluster: number): number | null {
    const { entries } = this.layout;
    const hint = this.last >= 2 && this.last < entries ? this.last : 1;
    let start = cluster === 0 ? hint : cluster;
    if (cluster !== 0) {
      const beside = cluster + 1 < entries ? cluster + 1 : 2;
      if (this.next(beside) === 0) return beside;
      if (hint >= 2) start = hint;
    }
    let at = start;
    for (let tried = 0; tried < entries - 1; tried++) {
      at = at + 1 < entries ? at + 1 : 2;
      if (this.next(at) === 0) return at;
      if (at === start) return null;
    }
    return null;
  }

  /** Frees a chain. */
  release(first: number): void {
    const { entries } = this.layout;
    let cluster = first;
    while (!this.isEnd(cluster)) {
      const next = this.next(cluster);
      if (next === 0) break;
      this.set(cluster, 0);
      if (this.free < entries - 2) this.free += 1;
      this.isStale = true;
      cluster = next;
    }
  }

  get freeClusters(): number {
    const { entries } = this.layout;
    if (this.free > entries - 2) {
      let count = 0;
      for (let cluster = 2; cluster < entries; cluster++) {
        if (this.next(cluster) === 0) count += 1;
      }
      this.free = count;
      this.isStale = true;
    }
    return this.free;
  }

  /** Writes the count of free clusters where the volume keeps one. */
  save(): void {
    const { info } = this.layout;
    this.sectors.flush();
    if (info !== null && this.isStale) {
      this.sectors.blank(info);
      const view = this.sectors.view(info);
      view.setUint32(0, 0x41615252, true);
      view.setUint32(484, 0x61417272, true);
      view.setUint32(488, this.free, true);
      view.setUint32(492, this.last, true);
      view.setUint16(510, 0xaa55, true);
      this.sectors.flush();
    }
    this.isStale = false;
    this.sectors.device.sync();
  }
}
