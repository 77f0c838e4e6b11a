/**
 * Who has an ESP32's units of SPI: `machine.SPI`, or a card in SPI mode, which shares its bus with nobody.
 */

import { perContext } from "../../core/context.js";

export type SpiOwner = "SPI" | "SDCard";

const owners = perContext(() => new Map<number, SpiOwner>());

/** Takes a unit; false when it has an owner. Objects of `SPI` share theirs. */
export function claimSpi(unit: number, owner: SpiOwner): boolean {
  const had = owners().get(unit);
  if (had !== undefined && (had !== "SPI" || owner !== "SPI")) return false;
  owners().set(unit, owner);
  return true;
}

export function releaseSpi(unit: number): void {
  owners().delete(unit);
}
