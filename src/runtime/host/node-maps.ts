/**
 * The source maps of a built program, so that its tracebacks name the Python files. Called by
 * node-start.ts and node-embed.ts.
 */

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { registerSourceMap } from "../core/exception/source-map.js";

const MAP = ".js.map";

/** The map that lies beside an emitted file, for programs that others import. */
export function mapBeside(url: string): string | null {
  const isFile = url.startsWith("file:") || url.startsWith("/");
  if (!isFile || url.includes("/node_modules/")) return null;
  try {
    // A query tells loads of the same file apart. Some test runners show paths in place of URLs.
    const file = url.startsWith("/") ? url.replace(/\?.*/, "") : fileURLToPath(url);
    const map = readFileSync(`${file}.map`, "utf8");
    // The maps of TypeScript around the program are nothing to Python's tracebacks.
    return /"sources":\s*\[[^\]]*\.py"/.test(map) ? map : null;
  } catch {
    return null;
  }
}

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
