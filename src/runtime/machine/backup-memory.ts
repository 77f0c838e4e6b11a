/**
 * Memory that survives a reset: what `machine.mem_backup()` gives, region by region, and `RTC.memory()`
 * keeps. On an ESP32 both are the same bytes (ports/esp32/machine_mem_backup.c).
 */

import type { BackupRegion } from "../boards/board-data.js";
import { MemoryView } from "../core/memory/memoryview.js";
import { currentBoard } from "./bus-unit.js";

const WORD = 4;
const REGIONS = "backup memory";
const RTC_LENGTH = "length of rtc memory";

/** The bytes of each region of the board. */
function regions(): Uint8Array[] {
  const { backup, data } = currentBoard();
  let found = backup.get(REGIONS) as Uint8Array[] | undefined;
  if (found === undefined) {
    const rtc = { typecode: "B", length: data.rtcMemory } as const;
    found = (data.backup.length > 0 ? data.backup : [rtc]).map(
      ({ typecode, length }) => new Uint8Array(typecode === "I" ? length * WORD : length),
    );
    backup.set(REGIONS, found);
  }
  return found;
}

/** Regions to be written in place, as Python sees them. */
export function backupViews(): MemoryView[] {
  const { backup } = currentBoard().data;
  return backup.map(
    ({ typecode }: BackupRegion, i) => new MemoryView(regions()[i] as Uint8Array, typecode, true),
  );
}

/** What `RTC.memory()` gives: as much as was put there last. */
export function rtcMemory(): Uint8Array {
  const length = (currentBoard().backup.get(RTC_LENGTH) as number | undefined) ?? 0;
  return (regions()[0] as Uint8Array).slice(0, length);
}

/** `bytes` fit: BoardData.rtcMemory. */
export function setRtcMemory(bytes: Uint8Array): void {
  (regions()[0] as Uint8Array).set(bytes);
  currentBoard().backup.set(RTC_LENGTH, bytes.length);
}
