/**
 * Directories of a FAT volume: lists of entries of 32 bytes, of which those with long names precede
 * the one that they belong to.
 */

import { FileError } from "../../host/files.js";
import type { Allocation } from "./allocation.js";
import { fromUnits, toUnits } from "./code-page.js";
import { type FatName, numbered, shortSum, shownShort } from "./file-name.js";
import type { FatLayout } from "./layout.js";
import type { Sectors } from "./sectors.js";

const EIO = 5;
const EACCES = 13;
const EINVAL = 22;
const SIZE = 32;
const DELETED = 0xe5;
const LONG_NAME = 0x0f;
const ATTRIBUTES = 0x3f;
/** A long name's last part, which comes first. */
const LAST = 0x40;
/** Where the characters of an entry with a part of a long name are. */
const UNITS = [1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30];
const LONGEST_DIRECTORY = 0x200000;

export const READ_ONLY = 0x01;
const VOLUME = 0x08;
export const SUBDIRECTORY = 0x10;
export const ARCHIVE = 0x20;

/** What the directories of one volume need of it. */
export interface FatParts {
  readonly sectors: Sectors;
  readonly layout: FatLayout;
  readonly allocation: Allocation;
}

/** The place of an entry on the device. */
export interface Place {
  readonly sector: number;
  readonly offset: number;
}

/** An entry that was found. */
export interface Entry {
  readonly name: string;
  readonly attributes: number;
  readonly cluster: number;
  readonly size: number;
  /** Date and time as FAT packs them. */
  readonly date: number;
  readonly time: number;
  readonly place: Place;
  /** Its number in the directory, and that of the first part of its long name. */
  readonly index: number;
  readonly firstIndex: number;
}

export class Directory {
  /** `cluster`: where it starts; 0 is the root. */
  constructor(
    private readonly volume: FatParts,
    readonly cluster: number,
  ) {}

  /** The entries in order, without volume labels and the dots. */
  *entries(withDots = false): Generator<Entry> {
    for (const entry of this.all()) {
      if (withDots || !entry.name.startsWith(".") || !/^\.\.?$/.test(entry.name)) yield entry;
    }
  }

  private *all(): Generator<Entry> {
    let long = new LongName();
    let first = 0;
    for (const { place, index } of this.slots(false)) {
      const bytes = this.bytesAt(place);
      const mark = bytes[0];
      const attributes = (bytes[11] as number) & ATTRIBUTES;
      if (mark === 0) return;
      if (mark === DELETED || (attributes & ~ARCHIVE) === VOLUME) {
        long = new LongName();
      } else if (attributes === LONG_NAME) {
        if ((mark as number) & LAST) {
          long = new LongName();
          first = index;
        }
        long.add(bytes);
      } else {
        const short = bytes.slice(0, 11);
        const units = long.whole(shortSum(short));
        const name = units === null ? null : fromUnits(units);
        const view = new DataView(bytes.buffer, bytes.byteOffset, SIZE);
        yield {
          name: name ?? shownShort(short, bytes[12] as number),
          attributes,
          cluster: this.clusterOf(view),
          size: view.getUint32(28, true),
          date: view.getUint16(24, true),
          time: view.getUint16(22, true),
          place,
          index,
          firstIndex: units === null ? index : first,
        };
        long = new LongName();
      }
    }
  }

  /** The entry of that name; long names are compared without regard to capitals. */
  find(name: FatName): Entry | null {
    for (const entry of this.all()) {
      const isDot = /^\.\.?$/.test(entry.name);
      if (isDot !== name.isDot) continue;
      if (isDot ? entry.name === name.long : this.matches(entry, name)) return entry;
    }
    return null;
  }

  private matches(entry: Entry, name: FatName): boolean {
    if (folded(toUnits(entry.name)) === folded(name.long)) return true;
    if (name.isLossy) return false;
    const short = this.bytesAt(entry.place);
    return name.short.every((byte, at) => short[at] === byte);
  }

  private hasShort(short: Uint8Array): boolean {
    for (const { place } of this.all()) {
      const bytes = this.bytesAt(place);
      if (short.every((byte, at) => bytes[at] === byte)) return true;
    }
    return false;
  }

  /** Makes an entry, empty but for its name, and gives its place. */
  add(name: FatName): Place {
    if (name.isDot) throw new FileError(EINVAL);
    const short = name.isLossy ? this.uniqueShort(name) : name.short;
    const parts = name.needsLong ? Math.ceil(name.long.length / UNITS.length) : 0;
    const places = this.allocate(parts + 1);
    const sum = shortSum(short);
    for (let n = 0; n < parts; n++) {
      const part = parts - n;
      this.writePart(places[n] as Place, name.long, part, part === parts, sum);
    }
    const place = places[parts] as Place;
    const bytes = this.bytesAt(place).fill(0);
    bytes.set(short);
    bytes[12] = name.small;
    this.volume.sectors.touch();
    return place;
  }

  private uniqueShort(name: FatName): Uint8Array {
    for (let n = 1; n < 100; n++) {
      const short = numbered(name, n);
      if (!this.hasShort(short)) return short;
    }
    throw new FileError(EACCES);
  }

  private writePart(place: Place, long: string, part: number, isLast: boolean, sum: number): void {
    const bytes = this.bytesAt(place).fill(0);
    const view = new DataView(bytes.buffer, bytes.byteOffset, SIZE);
    const start = (part - 1) * UNITS.length;
    bytes[0] = part | (isLast ? LAST : 0);
    bytes[11] = LONG_NAME;
    bytes[13] = sum;
    UNITS.forEach((at, n) => {
      const from = start + n;
      const unit = from < long.length ? long.charCodeAt(from) : from === long.length ? 0 : 0xffff;
      view.setUint16(at, unit, true);
    });
    this.volume.sectors.touch();
  }

  /** The places of so many free entries in a row; the directory grows if it must and can. */
  private allocate(count: number): Place[] {
    let row: Place[] = [];
    for (const { place } of this.slots(true)) {
      const mark = this.bytesAt(place)[0];
      row = mark === DELETED || mark === 0 ? [...row, place] : [];
      if (row.length === count) return row;
    }
    throw new FileError(EACCES);
  }

  /** Marks an entry and the parts of its long name as deleted. */
  remove({ firstIndex, index: last }: Entry): void {
    for (const { place, index } of this.slots(false)) {
      if (index > last) return;
      if (index < firstIndex) continue;
      this.bytesAt(place)[0] = DELETED;
      this.volume.sectors.touch();
    }
  }

  /** The places of all entries; `growing` adds clusters at the end, while there are any. */
  private *slots(growing: boolean): Generator<{ place: Place; index: number }> {
    const { size } = this.volume.sectors;
    let index = 0;
    for (const sector of this.sectorsOf(growing)) {
      for (let offset = 0; offset < size; offset += SIZE) {
        yield { place: { sector, offset }, index: index++ };
      }
      if (index * SIZE >= LONGEST_DIRECTORY) return;
    }
  }

  private *sectorsOf(growing: boolean): Generator<number> {
    const { layout, sectors, allocation } = this.volume;
    if (this.cluster === 0 && layout.kind !== 32) {
      const count = (layout.rootEntries * SIZE) / sectors.size;
      for (let n = 0; n < count; n++) yield layout.root + n;
      return;
    }
    let cluster = this.cluster === 0 ? layout.root : this.cluster;
    for (;;) {
      const first = this.volume.layout.dataStart + (cluster - 2) * layout.clusterSectors;
      for (let n = 0; n < layout.clusterSectors; n++) yield first + n;
      const next = allocation.next(cluster);
      if (next < 2) throw new FileError(EIO);
      if (!allocation.isEnd(next)) {
        cluster = next;
        continue;
      }
      if (!growing) return;
      const added = allocation.extend(cluster);
      if (added === null) return;
      clearCluster(this.volume, added);
      cluster = added;
    }
  }

  bytesAt({ sector, offset }: Place): Uint8Array {
    return this.volume.sectors.at(sector).subarray(offset, offset + SIZE);
  }

  private clusterOf(entry: DataView): number {
    const low = entry.getUint16(26, true);
    return this.volume.layout.kind === 32 ? low + entry.getUint16(20, true) * 0x10000 : low;
  }
}

/** What can be set in an entry. */
export interface EntryChange {
  attributes?: number;
  cluster?: number;
  size?: number;
  /** Packed date and time, of the last change. */
  modified?: number;
  created?: number;
}

export function changeEntry({ sectors }: FatParts, place: Place, change: EntryChange): void {
  const view = sectors.view(place.sector);
  const { offset } = place;
  if (change.attributes !== undefined) view.setUint8(offset + 11, change.attributes);
  if (change.created !== undefined) view.setUint32(offset + 14, change.created, true);
  if (change.modified !== undefined) view.setUint32(offset + 22, change.modified, true);
  if (change.size !== undefined) view.setUint32(offset + 28, change.size, true);
  if (change.cluster !== undefined) {
    view.setUint16(offset + 26, change.cluster & 0xffff, true);
    view.setUint16(offset + 20, change.cluster >>> 16, true);
  }
  sectors.touch();
}

/** Fills the sectors of a cluster with zeros. */
export function clearCluster({ layout, sectors }: FatParts, cluster: number): void {
  const first = layout.dataStart + (cluster - 2) * layout.clusterSectors;
  for (let n = layout.clusterSectors - 1; n >= 0; n--) sectors.blank(first + n);
}

/** The parts of a long name, as they come: the last one first. */
class LongName {
  private units = "";
  private missing = -1;
  private sum = 0;

  add(bytes: Uint8Array): void {
    const mark = bytes[0] as number;
    const number = mark & 0x3f;
    const isValid = mark & LAST ? number > 0 : number === this.missing && bytes[13] === this.sum;
    if (!isValid) {
      this.missing = -1;
      return;
    }
    this.missing = number - 1;
    this.sum = bytes[13] as number;
    const view = new DataView(bytes.buffer, bytes.byteOffset, SIZE);
    const units = UNITS.map((at) => view.getUint16(at, true));
    const end = units.indexOf(0);
    this.units = String.fromCharCode(...(end < 0 ? units : units.slice(0, end))) + this.units;
  }

  /** The name, if it is complete and belongs to the short one; null otherwise. */
  whole(sum: number): string | null {
    return this.missing === 0 && this.sum === sum ? this.units : null;
  }
}

/** For comparison: each character by itself in capitals. */
function folded(units: string): string {
  let result = "";
  for (const unit of units) {
    const upper = unit.toUpperCase();
    result += upper.length === 1 ? upper : unit;
  }
  return result;
}
