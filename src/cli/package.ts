/** Where this package lies and which version it is. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Absolute path of the folder that holds package.json. */
export function packageRoot(): string {
  return fileURLToPath(new URL("../../", import.meta.url));
}

export function version(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}
