/**
 * Modules that the start of some boards leaves in `__main__`: a program may use their names without an import.
 * Which board has which is in `runtime/boards/booted.ts`.
 */

import type { BootedModule } from "../../runtime/boards/booted.js";

const BOOTED: Readonly<Record<BootedModule, true>> = {
  gc: true,
  machine: true,
  pyb: true,
  rp2: true,
  vfs: true,
};

export function isBootedModule(name: string): name is BootedModule {
  return Object.hasOwn(BOOTED, name);
}
