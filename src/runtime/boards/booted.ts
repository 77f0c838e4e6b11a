/**
 * What `__main__` has before a program's first statement: modules that the start of the port has imported
 * there and left (its `_boot.py`; a pyboard's factory boot.py), and what the program's boot.py has set.
 */

import { asModule } from "../core/module/imports.js";
import type { ProjectModule } from "../core/module/module.js";
import type { Value } from "../core/values.js";
import type { ModuleNamespace } from "../modules/index.js";
import type { Port } from "./board-data.js";

export type BootedModule = "gc" | "machine" | "pyb" | "rp2" | "vfs";

const BOOTED: Readonly<Record<Port, readonly BootedModule[]>> = {
  rp2: ["machine", "rp2"],
  esp32: ["gc", "vfs"],
  esp8266: ["gc", "vfs"],
  stm32: ["machine", "pyb"],
  generic: ["gc", "machine", "pyb", "rp2", "vfs"],
  unix: [],
};

/** Finds names for `lookup` in the modules that run as `__main__`, one after the other. */
export function mainNames(modules: readonly ProjectModule[], port: Port) {
  // The program's own boot.py replaces the one of a pyboard.
  const isReplaced = port === "stm32" && modules.length > 1;
  const names: readonly string[] = isReplaced ? [] : BOOTED[port];
  return (name: string, booted?: ModuleNamespace): Value | undefined => {
    for (const module of modules) {
      const value = module.get(name);
      if (value !== undefined) return value;
    }
    return booted !== undefined && names.includes(name) ? asModule(booted, name) : undefined;
  };
}
