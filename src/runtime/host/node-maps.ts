/**
 * The source maps of a built program, so that its tracebacks name the Python files. Called by
 * node-start.ts.
 */

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { registerSourceMap } from "../core/source-map.js";

const MAP = ".js.map";

/** The maps in the folder of the start file and below. */
export function registerMapsBeside(startFile: string): void {
  registerMaps(dirname(startFile));
}

function registerMaps(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && entry.name !== "node_modules") registerMaps(path);
    if (!entry.name.endsWith(MAP)) continue;
    const { href } = pathToFileURL(path.slice(0, -".map".length));
    // Read when a traceback needs it.
    registerSourceMap(href, () => readFileSync(path, "utf8"));
  }
}
