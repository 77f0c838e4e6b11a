/** A FAT12, FAT16 or FAT32 file system on a block device, with long names. */

import { FileError, type OpenFile, type OpenMode } from "../../host/files.js";
import type { BlockDevice } from "../block-device.js";
import type { Volume, VolumeEntry, VolumeSpace, VolumeStat } from "../volume.js";
import { Allocation } from "./allocation.js";
import { toUnits } from "./code-page.js";
import {
  ARCHIVE,
  changeEntry,
  clearCluster,
  Directory,
  type Entry,
  type FatParts,
  READ_ONLY,
  SUBDIRECTORY,
} from "./directory.js";
import { FatFile } from "./fat-file.js";
import { type FatName, fatName } from "./file-name.js";
import { format } from "./format.js";
import { findLayout } from "./layout.js";
import { Sectors } from "./sectors.js";

const ENOENT = 2;
const EIO = 5;
const EACCES = 13;
const EBUSY = 16;
const EEXIST = 17;
const ENODEV = 19;
const ENOTDIR = 20;
const EISDIR = 21;
const EINVAL = 22;
const EROFS = 30;
const SECTOR_SIZES = [512, 1024, 2048, 4096];

/** Where a path leads: the directory it ends in, and the entry there if it exists. */
interface Target {
  readonly directory: Directory;
  /** null where the path ends at a directory itself: "", "/", ".." of the root. */
  readonly name: FatName | null;
  readonly entry: Entry | null;
}

export class FatVolume implements Volume {
  private parts: FatParts | null = null;
  /** The cluster of the current directory. */
  private current = 0;

  /** `now`: seconds since 1970, by the board's clock. */
  constructor(
    readonly device: BlockDevice,
    private readonly now: () => number,
  ) {}

  /** Looks for a file system; false when there is none. */
  mount(): boolean {
    const sectors = this.prepared();
    const layout = findLayout(sectors);
    if (layout === null) return false;
    const allocation = new Allocation(sectors, layout);
    this.parts = { sectors, layout, allocation };
    this.current = 0;
    return true;
  }

  /** Makes a file system. */
  format(): void {
    this.parts = null;
    const sectors = this.prepared();
    if (!this.device.isWritable) throw new FileError(EROFS);
    format(sectors, this.packedNow());
  }

  private prepared(): Sectors {
    if (!this.device.initialise(0)) throw new FileError(EBUSY);
    const size = this.device.blockSize ?? 512;
    if (!SECTOR_SIZES.includes(size)) throw new FileError(EIO);
    return new Sectors(this.device, size);
  }

  /** The mounted volume; to be changed, if `writing`. */
  private mounted(writing = false): FatParts & { packedNow(): number } {
    if (this.parts === null && !this.mount()) throw new FileError(ENODEV);
    if (writing && !this.device.isWritable) throw new FileError(EROFS);
    return { ...(this.parts as FatParts), packedNow: () => this.packedNow() };
  }

  /** Date and time of now in FAT's fields, the date in the upper half. */
  packedNow(): number {
    const date = new Date(this.now() * 1000);
    const day = ((date.getUTCFullYear() - 1980) << 9) | ((date.getUTCMonth() + 1) << 5);
    const time = (date.getUTCHours() << 11) | (date.getUTCMinutes() << 5);
    return (day | date.getUTCDate()) * 0x10000 + (time | Math.floor(date.getUTCSeconds() / 2));
  }

  private follow(path: string): Target {
    const parts = this.mounted();
    const units = toUnits(path.split("\0")[0] as string);
    let directory = new Directory(parts, /^[/\\]/.test(units) ? 0 : this.current);
    let name: FatName | null = null;
    let entry: Entry | null = null;
    const segments = units.replace(/^[/\\]+/, "").split(/[/\\]+/);
    for (const [at, segment] of segments.entries()) {
      const isLast = at === segments.length - 1;
      if (segment === "" && at === 0) return { directory, name: null, entry: null };
      name = fatName(segment);
      entry = directory.find(name);
      if (entry === null && name.isDot) {
        if (isLast) return { directory, name: null, entry: null };
        continue;
      }
      if (isLast) break;
      if (entry === null || !isDirectory(entry)) throw new FileError(ENOENT);
      directory = new Directory(parts, entry.cluster);
    }
    return { directory, name, entry };
  }

  /** The directory that a path means. */
  private directoryAt(path: string): Directory {
    const { directory, name, entry } = this.follow(path);
    if (name === null) return directory;
    if (entry === null || !isDirectory(entry)) throw new FileError(ENOENT);
    return new Directory(this.mounted(), entry.cluster);
  }

  private existing(path: string): { directory: Directory; entry: Entry } {
    const { directory, name, entry } = this.follow(path);
    if (name === null) throw new FileError(EINVAL);
    if (entry === null) throw new FileError(ENOENT);
    return { directory, entry };
  }

  open(path: string, mode: OpenMode): OpenFile {
    const parts = this.mounted(mode.write);
    const { directory, name, entry } = this.follow(path);
    if (name === null) throw new FileError(EINVAL);
    if (entry === null) {
      if (!mode.create) throw new FileError(ENOENT);
      const place = directory.add(name);
      changeEntry(parts, place, { attributes: ARCHIVE, created: this.packedNow() });
      return new FatFile(parts, place, mode, 0, 0, true);
    }
    if (isDirectory(entry)) throw new FileError(mode.create ? EACCES : ENOENT);
    if (mode.write && entry.attributes & READ_ONLY) throw new FileError(EACCES);
    if (mode.exclusive) throw new FileError(EEXIST);
    if (!mode.truncate)
      return new FatFile(parts, entry.place, mode, entry.cluster, entry.size, false);
    const created = this.packedNow();
    changeEntry(parts, entry.place, { attributes: ARCHIVE, created, cluster: 0, size: 0 });
    if (entry.cluster !== 0) {
      parts.allocation.release(entry.cluster);
      parts.allocation.last = entry.cluster - 1;
    }
    return new FatFile(parts, entry.place, mode, 0, 0, true);
  }

  list(path: string): Iterator<VolumeEntry> {
    return shown(this.directoryAt(path));
  }

  stat(path: string): VolumeStat {
    if (path === "" || path === "/") {
      // The root has no entry: it is as old as the century.
      return { directory: true, size: 0, modified: Date.UTC(2000, 0, 1) / 1000 };
    }
    const { entry } = this.existing(path);
    const { date, time, size } = entry;
    const day = [1980 + (date >> 9), ((date >> 5) & 15) - 1, date & 31] as const;
    const modified = Date.UTC(...day, time >> 11, (time >> 5) & 63, 2 * (time & 31)) / 1000;
    return { directory: isDirectory(entry), size, modified };
  }

  remove(path: string): void {
    this.unlink(path, false);
  }

  removeDirectory(path: string): void {
    this.unlink(path, true);
  }

  private unlink(path: string, wantsDirectory: boolean): void {
    const { directory, entry } = this.existing(path);
    if (isDirectory(entry) !== wantsDirectory) {
      throw new FileError(wantsDirectory ? ENOTDIR : EISDIR);
    }
    const parts = this.mounted(true);
    if (/^\.\.?$/.test(entry.name)) throw new FileError(EINVAL);
    if (entry.attributes & READ_ONLY) throw new FileError(EACCES);
    if (wantsDirectory) {
      if (entry.cluster === this.current) throw new FileError(EACCES);
      const inside = new Directory(parts, entry.cluster);
      if (!inside.entries().next().done) throw new FileError(EACCES);
    }
    directory.remove(entry);
    if (entry.cluster !== 0) parts.allocation.release(entry.cluster);
    parts.allocation.save();
  }

  makeDirectory(path: string): void {
    const parts = this.mounted(true);
    const { directory, name, entry } = this.follow(path);
    if (name === null || entry !== null) throw new FileError(EEXIST);
    const { allocation } = parts;
    const cluster = allocation.extend(0);
    if (cluster === null) throw new FileError(EACCES);
    const modified = this.packedNow();
    const attributes = SUBDIRECTORY;
    clearCluster(parts, cluster);
    const sector = parts.layout.dataStart + (cluster - 2) * parts.layout.clusterSectors;
    const above = directory.cluster;
    for (const [at, dots] of [".", ".."].entries()) {
      const place = { sector, offset: 32 * at };
      directory.bytesAt(place).set(fatName(dots).short);
      const target = at === 0 ? cluster : above;
      changeEntry(parts, place, { attributes, modified, cluster: target });
    }
    try {
      changeEntry(parts, directory.add(name), { attributes, modified, cluster });
    } catch (error) {
      allocation.release(cluster);
      throw error;
    }
    allocation.save();
  }

  rename(from: string, to: string): void {
    const parts = this.mounted(true);
    const source = this.existing(from);
    let target = this.follow(to);
    if (/^\.\.?$/.test(source.entry.name)) throw new FileError(EINVAL);
    if (target.name === null) throw new FileError(EEXIST);
    if (target.entry !== null && !isSame(target.entry, source.entry)) {
      this.unlink(to, false);
      target = this.follow(to);
    }
    const { directory, name } = target;
    const { entry } = source;
    if (isDirectory(entry) && this.isInside(directory.cluster, entry.cluster)) {
      throw new FileError(EACCES);
    }
    const kept = source.directory.bytesAt(entry.place).slice();
    const place = directory.add(name as FatName);
    const bytes = directory.bytesAt(place);
    bytes.set(kept.subarray(13), 13);
    bytes[11] = (kept[11] as number) | (isDirectory(entry) ? 0 : ARCHIVE);
    parts.sectors.touch();
    if (isDirectory(entry) && directory.cluster !== source.directory.cluster) {
      const sector = parts.layout.dataStart + (entry.cluster - 2) * parts.layout.clusterSectors;
      changeEntry(parts, { sector, offset: 32 }, { cluster: directory.cluster });
    }
    source.directory.remove(entry);
    parts.allocation.save();
  }

  /** Whether a directory is another one or below it: it cannot be moved there. */
  private isInside(cluster: number, other: number): boolean {
    for (let at = cluster; at !== 0; at = this.above(at)) if (at === other) return true;
    return false;
  }

  private above(cluster: number): number {
    return new Directory(this.mounted(), cluster).find(fatName(".."))?.cluster ?? 0;
  }

  enter(path: string): void {
    this.current = this.directoryAt(path).cluster;
  }

  get cwd(): string {
    const parts = this.mounted();
    const names: string[] = [];
    for (let cluster = this.current; cluster !== 0; ) {
      const above = this.above(cluster);
      for (const entry of new Directory(parts, above).entries()) {
        if (isDirectory(entry) && entry.cluster === cluster) names.unshift(entry.name);
      }
      cluster = above;
    }
    return `/${names.join("/")}`;
  }

  space(): VolumeSpace {
    const { layout, allocation, sectors } = this.mounted();
    return {
      blockSize: layout.clusterSectors * sectors.size,
      blocks: layout.entries - 2,
      free: allocation.freeClusters,
      nameMax: 255,
    };
  }

  sync(): void {
    this.parts?.sectors.flush();
    this.device.sync();
  }
}

function isDirectory(entry: Entry): boolean {
  return (entry.attributes & SUBDIRECTORY) !== 0;
}

function isSame(one: Entry, other: Entry): boolean {
  return one.place.sector === other.place.sector && one.place.offset === other.place.offset;
}

function* shown(directory: Directory): Generator<VolumeEntry> {
  for (const entry of directory.entries()) {
    yield { name: entry.name, directory: isDirectory(entry), size: entry.size };
  }
}
