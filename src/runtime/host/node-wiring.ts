/**
 * Finds and reads what a program's board is wired to: `board.json` or Wokwi's `diagram.json` in its
 * folder, `NAME.wiring.json` beside a single file `NAME.py`. Parts that the wiring names by a path
 * ("./thermostat.js") and chips that a diagram has of its own are loaded from there.
 */

import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { PartKinds } from "../boards/sim/apply-wiring.js";
import { type Diagram, isDiagram, readDiagram } from "../boards/sim/diagram.js";
import type { PartKind } from "../boards/sim/part.js";
import { parseWiring, type Wiring, WiringError } from "../boards/sim/wiring.js";

export interface LoadedWiring {
  /** Null: the board is wired to nothing. */
  wiring: Wiring | null;
  parts: PartKinds;
  /** Parts of a diagram that are left out, by id and type. */
  ignored: string[];
}

/**
 * `target`: a project's folder or a program's file. `given`: the content of a wiring file, instead of the
 * one there; `kinds`: further kinds of parts that it may name. What cannot be read is a WiringError.
 */
export async function loadWiring(
  target: string,
  given?: unknown,
  kinds: PartKinds = {},
): Promise<LoadedWiring> {
  const path = candidates(target).find((candidate) => existsSync(candidate));
  if (given === undefined && path === undefined) return { wiring: null, parts: kinds, ignored: [] };
  const data = given ?? parse(path as string);
  const folder = statSync(target).isDirectory() ? target : dirname(target);
  if (isDiagram(data)) {
    const parts = { ...(await loadChips(data, folder)), ...kinds };
    return { ...readDiagram(data, parts), parts };
  }
  const wiring = parseWiring(data);
  return { wiring, ignored: [], parts: { ...(await loadKinds(wiring, folder)), ...kinds } };
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
    if (type.startsWith("./") && !(type in kinds)) kinds[type] = await loadKind(type, folder);
  }
  return kinds;
}

/** A diagram's own chips: what Wokwi has in `NAME.chip.c` is here in `NAME.chip.js`. */
async function loadChips({ parts }: Diagram, folder: string): Promise<PartKinds> {
  const kinds: Record<string, PartKind> = {};
  for (const { type } of parts) {
    const file = `./${/^chip-(.+)$/.exec(type)?.[1]}.chip.js`;
    if (!existsSync(join(folder, file)) || type in kinds) continue;
    kinds[type] = await loadKind(file, folder);
  }
  return kinds;
}

async function loadKind(file: string, folder: string): Promise<PartKind> {
  const loaded = await import(pathToFileURL(resolve(folder, file)).href);
  if (typeof loaded.default?.create !== "function") {
    throw new WiringError("its default export is no kind of part", file);
  }
  return loaded.default;
}
