/**
 * Makes a FAT file system on a device: FAT12 or FAT16 over the whole of it, or FAT32 in a partition
 * where it is too large for those. The sizes are those that FatFs chooses.
 */

import { FileError } from "../../host/files.js";
import { MOST_12, MOST_16, MOST_32 } from "./layout.js";
import type { Sectors } from "./sectors.js";

const EIO = 5;
const ROOT_ENTRIES = 512;
const FATS = 1;
/** Where the partition of a FAT32 starts. */
const FIRST_TRACK = 63;
/** The largest volumes, in units, for clusters of 1, 2, 4 ... sectors. */
const STEPS_16 = { unit: 0x1000, bounds: [1, 4, 16, 64, 256, 512] };
const STEPS_32 = { unit: 0x20000, bounds: [1, 2, 4, 8, 16, 32] };

interface Plan {
  kind: 12 | 16 | 32;
  start: number;
  size: number;
  clusterSectors: number;
  clusters: number;
  reserved: number;
  fatSectors: number;
  rootSectors: number;
}

export function format(sectors: Sectors, serial: number): void {
  const total = sectors.device.blockCount;
  const plan = planSmall(total, sectors.size) ?? planLarge(total, sectors.size);
  if (plan === null) throw new FileError(EIO);
  sectors.forget();
  writeBoot(sectors, plan, serial);
  writeTables(sectors, plan);
  if (plan.kind === 32) writePartition(sectors, plan);
  sectors.device.sync();
}

function clusterSize(size: number, { unit, bounds }: typeof STEPS_16): number {
  const units = Math.floor(size / unit);
  return 2 ** bounds.filter((bound) => bound <= units).length;
}

/** FAT12 or FAT16; null when the device is too small or too large for it. */
function planSmall(size: number, sectorSize: number): Plan | null {
  if (size < 22) return null;
  const rootSectors = (ROOT_ENTRIES * 32) / sectorSize;
  let clusterSectors = clusterSize(size, STEPS_16);
  for (;;) {
    const most = Math.floor(size / clusterSectors);
    const kind = most > MOST_12 ? 16 : 12;
    const bytes = kind === 16 ? most * 2 + 4 : Math.floor((most * 3 + 1) / 2) + 3;
    const fatSectors = Math.ceil(bytes / sectorSize);
    const data = 1 + fatSectors * FATS + rootSectors;
    if (size < data + clusterSectors * 16) return null;
    const clusters = Math.floor((size - data) / clusterSectors);
    if (kind === 12 ? clusters <= MOST_12 : clusters > MOST_12 && clusters <= MOST_16) {
      const start = 0;
      return { kind, start, size, clusterSectors, clusters, reserved: 1, fatSectors, rootSectors };
    }
    clusterSectors *= 2;
    if (kind === 12 || clusterSectors > 128) return null;
  }
}

function planLarge(total: number, sectorSize: number): Plan | null {
  const size = total - FIRST_TRACK;
  if (size < 22) return null;
  const reserved = 32;
  for (let clusterSectors = clusterSize(size, STEPS_32); clusterSectors >= 1; ) {
    const most = Math.floor(size / clusterSectors);
    if (most <= MOST_16 || most > MOST_32) return null;
    const fatSectors = Math.ceil((most * 4 + 8) / sectorSize);
    const data = reserved + fatSectors * FATS;
    if (size < data + clusterSectors * 16) return null;
    const clusters = Math.floor((size - data) / clusterSectors);
    if (clusters > MOST_16) {
      const start = FIRST_TRACK;
      return {
        kind: 32,
        start,
        size,
        clusterSectors,
        clusters,
        reserved,
        fatSectors,
        rootSectors: 0,
      };
    }
    clusterSectors /= 2;
  }
  return null;
}

function writeBoot(sectors: Sectors, plan: Plan, serial: number): void {
  const bytes = new Uint8Array(sectors.size);
  const boot = new DataView(bytes.buffer);
  text(bytes, 0, "\xeb\xfe\x90MSDOS5.0");
  boot.setUint16(11, sectors.size, true);
  boot.setUint8(13, plan.clusterSectors);
  boot.setUint16(14, plan.reserved, true);
  boot.setUint8(16, FATS);
  boot.setUint16(17, plan.kind === 32 ? 0 : ROOT_ENTRIES, true);
  if (plan.size < 0x10000) boot.setUint16(19, plan.size, true);
  else boot.setUint32(32, plan.size, true);
  boot.setUint8(21, 0xf8);
  boot.setUint16(24, 63, true);
  boot.setUint16(26, 255, true);
  boot.setUint32(28, plan.start, true);
  // The extended fields come 28 bytes later with FAT32, after fields of its own.
  const extended = plan.kind === 32 ? 64 : 36;
  if (plan.kind === 32) {
    boot.setUint32(36, plan.fatSectors, true);
    boot.setUint32(44, 2, true);
    boot.setUint16(48, 1, true);
    boot.setUint16(50, 6, true);
  } else {
    boot.setUint16(22, plan.fatSectors, true);
  }
  boot.setUint8(extended, 0x80);
  boot.setUint8(extended + 2, 0x29);
  boot.setUint32(extended + 3, serial, true);
  text(bytes, extended + 7, `NO NAME    ${plan.kind === 32 ? "FAT32   " : "FAT     "}`);
  boot.setUint16(510, 0xaa55, true);
  sectors.write(plan.start, bytes);
  if (plan.kind !== 32) return;
  sectors.write(plan.start + 6, bytes);
  bytes.fill(0);
  boot.setUint32(0, 0x41615252, true);
  boot.setUint32(484, 0x61417272, true);
  boot.setUint32(488, plan.clusters - 1, true);
  boot.setUint32(492, 2, true);
  boot.setUint16(510, 0xaa55, true);
  sectors.write(plan.start + 7, bytes);
  sectors.write(plan.start + 1, bytes);
}

/** Empty tables, and an empty root directory behind them. */
function writeTables(sectors: Sectors, plan: Plan): void {
  const start = plan.start + plan.reserved;
  const first = new Uint8Array(sectors.size);
  const view = new DataView(first.buffer);
  view.setUint32(0, plan.kind === 12 ? 0xfffff8 : 0xfffffff8, true);
  if (plan.kind === 32) {
    view.setUint32(4, 0xffffffff, true);
    view.setUint32(8, 0x0fffffff, true);
  }
  const empty = new Uint8Array(sectors.size);
  const root = plan.kind === 32 ? plan.clusterSectors : plan.rootSectors;
  sectors.write(start, first);
  for (let n = 1; n < plan.fatSectors + root; n++) sectors.write(start + n, empty);
}

function writePartition(sectors: Sectors, plan: Plan): void {
  const bytes = new Uint8Array(sectors.size);
  const view = new DataView(bytes.buffer);
  const cylinder = Math.floor((plan.start + plan.size) / (63 * 255));
  bytes.set([0, 1, 1, 0, 0x0c, 254, ((cylinder >> 2) & 0xc0) | 63, cylinder & 0xff], 446);
  view.setUint32(454, plan.start, true);
  view.setUint32(458, plan.size, true);
  view.setUint16(510, 0xaa55, true);
  sectors.write(0, bytes);
}

function text(bytes: Uint8Array, at: number, value: string): void {
  for (let i = 0; i < value.length; i++) bytes[at + i] = value.charCodeAt(i);
}
