/**
 * Finds and reads what a program's board is wired to: `board.json` or Wokwi's `diagram.json` in its
 * folder, `NAME.wiring.json` beside a single file `NAME.py`. Parts that the wiring names by a path
 * ("./thermostat.js") are loaded from there.
 */

import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { PartKinds } from "../boards/sim/apply-wiring.js";
import { readDiagram } from "../boards/sim/diagram.js";
import type { PartKind } from "../boards/sim/part.js";
import { parseWiring, type Wiring, WiringError } from "../boards/sim/wiring.js";

export interface LoadedWiring {
  /** Null: the board is wired to nothing. */
  wiring: Wiring | null;
  parts: PartKinds;
  /** Parts of a diagram that are left out, by id and type. */
  ignored: string[];
}

/** `target`: a project's folder or a program's file. A file that cannot be read is a WiringError. */
export async function loadWiring(target: string): Promise<LoadedWiring> {
  const path = candidates(target).find((candidate) => existsSync(candidate));
  if (path === undefined) return { wiring: null, parts: {}, ignored: [] };
  const data = parse(path);
  const { wiring, ignored } = path.endsWith("diagram.json")
    ? readDiagram(data)
    : { wiring: parseWiring(data), ignored: [] };
  return { wiring, ignored, parts: await loadKinds(wiring, dirname(path)) };
}

function candidates(target: string): string[] {
  const folder = statSync(target).isDirectory() ? target : dirname(target);
  const own = target === folder ? [] : [target.replace(/\.py$/, ".wiring.json")];
  return [...own, join(folder, "board.json"), join(folder, "diagram.json")];
}

function parse(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new WiringError((error as Error).message, path);
  }
}

async function loadKinds(wiring: Wiring, folder: string): Promise<PartKinds> {
  const kinds: Record<string, PartKind> = {};
  for (const { type } of wiring.parts) {
    if (!type.startsWith("./") || type in kinds) continue;
    const loaded = await import(pathToFileURL(resolve(folder, type)).href);
    if (typeof loaded.default?.create !== "function") {
      throw new WiringError("its default export is no kind of part", type);
    }
    kinds[type] = loaded.default;
  }
  return kinds;
}
