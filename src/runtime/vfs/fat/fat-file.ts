/** An open file of a FAT volume. */

import { FileError, type OpenFile, type OpenMode } from "../../host/files.js";
import { ARCHIVE, changeEntry, type FatParts, type Place } from "./directory.js";

const EIO = 5;
const EACCES = 13;
const ENOSPC = 28;
const LARGEST = 0xffffffff;

export class FatFile implements OpenFile {
  readonly keepsBack = true;
  private position = 0;
  /** The cluster that the byte before the position is in, or the first one. */
  private cluster = 0;

  constructor(
    private readonly volume: FatParts & { packedNow(): number },
    private readonly place: Place,
    private readonly mode: OpenMode,
    private start: number,
    private size: number,
    private isChanged: boolean,
  ) {
    if (mode.append) this.seek(0, 2);
  }

  read(buffer: Uint8Array): number {
    if (!this.mode.read) throw new FileError(EACCES);
    const { sectors } = this.volume;
    const wanted = Math.min(buffer.length, this.size - this.position);
    let done = 0;
    while (done < wanted) {
      const offset = this.position % sectors.size;
      const sector = this.sector(false) as number;
      const whole = this.wholeSectors(wanted - done);
      let count: number;
      if (offset === 0 && whole > 0) {
        count = whole * sectors.size;
        sectors.read(sector, buffer.subarray(done, done + count));
      } else {
        count = Math.min(wanted - done, sectors.size - offset);
        buffer.set(sectors.at(sector).subarray(offset, offset + count), done);
      }
      done += count;
      this.position += count;
    }
    return done;
  }

  write(data: Uint8Array): number {
    if (!this.mode.write) throw new FileError(EACCES);
    const { sectors } = this.volume;
    const length = Math.min(data.length, LARGEST - this.position);
    let done = 0;
    while (done < length) {
      const offset = this.position % sectors.size;
      const sector = this.sector(true);
      // The volume is full: what fitted stays.
      if (sector === null) break;
      const whole = this.wholeSectors(length - done);
      let count: number;
      if (offset === 0 && whole > 0) {
        count = whole * sectors.size;
        sectors.write(sector, data.subarray(done, done + count));
      } else {
        count = Math.min(length - done, sectors.size - offset);
        const isNew = offset === 0 && this.position >= this.size;
        const target = isNew ? sectors.blank(sector) : sectors.at(sector);
        target.set(data.subarray(done, done + count), offset);
        sectors.touch();
      }
      done += count;
      this.position += count;
      this.size = Math.max(this.size, this.position);
    }
    this.isChanged = true;
    if (done < data.length) throw new FileError(ENOSPC);
    return done;
  }

  /** How many whole sectors of the current cluster can be transferred at once. */
  private wholeSectors(bytes: number): number {
    const { sectors, layout } = this.volume;
    const inCluster = Math.floor(this.position / sectors.size) % layout.clusterSectors;
    return Math.min(Math.floor(bytes / sectors.size), layout.clusterSectors - inCluster);
  }

  /** The sector at the position, entering the next cluster; null when there is no room for one. */
  private sector(growing: boolean): number | null {
    const { sectors, layout, allocation } = this.volume;
    const inCluster = Math.floor(this.position / sectors.size) % layout.clusterSectors;
    if (this.position % (sectors.size * layout.clusterSectors) === 0) {
      let next: number | null = this.start;
      if (this.position > 0 || next === 0) {
        const from = this.position === 0 ? 0 : this.cluster;
        next = growing ? allocation.extend(from) : allocation.next(from);
      }
      if (next === null) return null;
      if (allocation.isEnd(next)) throw new FileError(EIO);
      if (this.start === 0) this.start = next;
      this.cluster = next;
    }
    return layout.dataStart + (this.cluster - 2) * layout.clusterSectors + inCluster;
  }

  /** Beyond the end a file that may be written grows, and another one ends. */
  seek(offset: number, whence: 0 | 1 | 2): number {
    const { sectors, layout, allocation } = this.volume;
    const base = whence === 0 ? 0 : whence === 1 ? this.position : this.size;
    let target = base + offset;
    if (target < 0 || target > LARGEST) target = LARGEST;
    if (!this.mode.write) target = Math.min(target, this.size);
    const bytes = sectors.size * layout.clusterSectors;
    this.position = 0;
    if (target === 0) return 0;
    let cluster: number | null = this.start;
    if (cluster === 0) cluster = this.mode.write ? allocation.extend(0) : null;
    if (cluster === null) return 0;
    this.start = this.cluster = cluster;
    for (let at = bytes; at < target; at += bytes) {
      cluster = this.mode.write ? allocation.extend(this.cluster) : allocation.next(this.cluster);
      if (cluster === null) {
        target = at;
        break;
      }
      if (allocation.isEnd(cluster)) throw new FileError(EIO);
      this.cluster = cluster;
    }
    this.position = target;
    if (target > this.size) {
      this.size = target;
      this.isChanged = true;
    }
    return target;
  }

  flush(): void {
    if (!this.isChanged) return;
    const { volume, place, start, size } = this;
    const attributes = (volume.sectors.at(place.sector)[place.offset + 11] as number) | ARCHIVE;
    changeEntry(volume, place, { attributes, cluster: start, size, modified: volume.packedNow() });
    volume.allocation.save();
    this.isChanged = false;
  }

  close(): void {
    this.flush();
  }
}
