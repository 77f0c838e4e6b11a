/** Where the parts of a FAT volume are: read from its boot sector, which a partition table may name. */

import type { Sectors } from "./sectors.js";

/** Most clusters of the kinds of FAT. */
export const MOST_12 = 0xff5;
export const MOST_16 = 0xfff5;
export const MOST_32 = 0x0ffffff5;

export interface FatLayout {
  /** Bits of an entry. */
  readonly kind: 12 | 16 | 32;
  readonly fatStart: number;
  readonly fatSectors: number;
  readonly fats: number;
  /** The sector of the root directory; with FAT32 its cluster. */
  readonly root: number;
  readonly rootEntries: number;
  readonly dataStart: number;
  readonly clusterSectors: number;
  /** Clusters, and two: the number of the last one is one less. */
  readonly entries: number;
  /** The sector with the count of free clusters; null where there is none. */
  readonly info: number | null;
}

/** The layout of the volume on a device; null when there is none. */
export function findLayout(sectors: Sectors): FatLayout | null {
  const found = bootSector(sectors);
  return found === null ? null : readLayout(sectors, found);
}

function bootSector(sectors: Sectors): number | null {
  const first = probe(sectors, 0);
  if (first === "fat") return 0;
  if (first !== "other") return null;
  const table = sectors.view(0);
  const partitions = [0, 1, 2, 3].map((n) => {
    const entry = 446 + 16 * n;
    return table.getUint8(entry + 4) === 0 ? 0 : table.getUint32(entry + 8, true);
  });
  return partitions.find((start) => start !== 0 && probe(sectors, start) === "fat") ?? null;
}

/** What a sector is: the first of a FAT volume, another boot sector, or neither. */
function probe(sectors: Sectors, sector: number): "fat" | "other" | null {
  const bytes = sectors.at(sector);
  if (bytes[510] !== 0x55 || bytes[511] !== 0xaa) return null;
  const isJump = [0xe8, 0xe9, 0xeb].includes(bytes[0] as number);
  const names = (at: number, text: string): boolean =>
    [...text].every((letter, i) => bytes[at + i] === letter.charCodeAt(0));
  return isJump && (names(54, "FAT") || names(82, "FAT32")) ? "fat" : "other";
}

function readLayout(sectors: Sectors, start: number): FatLayout | null {
  const boot = sectors.view(start);
  const bytesPerSector = boot.getUint16(11, true);
  const clusterSectors = boot.getUint8(13);
  const reserved = boot.getUint16(14, true);
  const fats = boot.getUint8(16);
  const rootEntries = boot.getUint16(17, true);
  const total = boot.getUint16(19, true) || boot.getUint32(32, true);
  const fatSectors = boot.getUint16(22, true) || boot.getUint32(36, true);
  const entriesPerSector = sectors.size / 32;
  const sane =
    bytesPerSector === sectors.size &&
    (fats === 1 || fats === 2) &&
    clusterSectors !== 0 &&
    (clusterSectors & (clusterSectors - 1)) === 0 &&
    rootEntries % entriesPerSector === 0 &&
    reserved !== 0;
  const system = reserved + fats * fatSectors + rootEntries / entriesPerSector;
  const clusters = Math.floor((total - system) / clusterSectors);
  if (!sane || clusters < 1 || clusters > MOST_32) return null;
  const kind = clusters <= MOST_12 ? 12 : clusters <= MOST_16 ? 16 : 32;
  const needed = Math.ceil(((clusters + 2) * kind) / 8 / sectors.size);
  if (fatSectors < needed || (kind === 32) !== (rootEntries === 0)) return null;
  if (kind === 32 && boot.getUint16(42, true) !== 0) return null;
  const fatStart = start + reserved;
  return {
    kind,
    fatStart,
    fatSectors,
    fats,
    root: kind === 32 ? boot.getUint32(44, true) : fatStart + fats * fatSectors,
    rootEntries,
    dataStart: start + system,
    clusterSectors,
    entries: clusters + 2,
    info: kind === 32 && boot.getUint16(48, true) === 1 ? start + 1 : null,
  };
}
