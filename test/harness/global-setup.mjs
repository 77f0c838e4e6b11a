/**
 * Builds the package before tests that use it as users do, when its sources are newer than it. Unit
 * tests run on the sources alone, so naming one of them builds nothing.
 */
import { execSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const root = new URL("../../", import.meta.url).pathname;
/** Tests that start `dist/`. */
const NEEDS_BUILD = /cli|docs|emitted|fixtures/;

export default function setUp({ testPathPatterns }) {
  const { patterns } = testPathPatterns;
  if (patterns.length > 0 && !patterns.some((pattern) => NEEDS_BUILD.test(pattern))) return;
  const built = statSync(join(root, "dist/bundle/cli/main.js"), { throwIfNoEntry: false });
  if (built && built.mtimeMs > newest(join(root, "src"))) return;
  execSync("npm run --silent build", { cwd: root, stdio: "inherit" });
}

function newest(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return Math.max(
    ...entries.map(({ parentPath, name }) => statSync(join(parentPath, name)).mtimeMs),
  );
}
