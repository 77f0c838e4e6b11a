/**
 * Writes the lists of differences in docs/language.md from the opening comments of fixtures:
 * `node scripts/language-differences.mjs [--check]`. What MicroPython does unlike CPython stands in
 * fixtures/differences/; what mpy2ts does unlike MicroPython in those marked `# pending:`.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const page = join(root, "docs/language.md");

/** Every program of a fixture, but for the files that one imports. */
function programs(folder) {
  const entries = readdirSync(folder, { withFileTypes: true });
  if (entries.some(({ name }) => name === "main.py")) return [join(folder, "main.py")];
  return entries
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return programs(path);
      return entry.name.endsWith(".py") ? [path] : [];
    })
    .sort();
}

function described(path) {
  const text = readFileSync(path, "utf8");
  return {
    link: relative(join(root, "docs"), path).split(sep).join("/"),
    name: relative(join(root, "fixtures"), path)
      .split(sep)
      .join("/")
      .replace(/(\/main)?\.py$/, ""),
    what: /^# reference: \w+ - (.+)$/m.exec(text)?.[1] ?? "",
    pending: /^# pending: (.+)$/m.exec(text)?.[1],
  };
}

/** The lists by the names of their markers in the page. */
export function differenceLists() {
  const all = programs(join(root, "fixtures")).map(described);
  const row = ({ link, name }, text) => `- [${name.split("/").at(-1)}](${link}): ${text}.`;
  const followed = all.filter(({ name, pending }) => name.startsWith("differences/") && !pending);
  const open = all.filter(({ pending }) => pending !== undefined);
  return {
    "unlike CPython": followed.map((one) => row(one, one.what)),
    "unlike MicroPython": open.map((one) => row(one, `${one.what}; ${one.pending}`)),
  };
}

/** The page with its lists as they must be. */
export function withDifferences(text) {
  return Object.entries(differenceLists()).reduce((current, [marker, rows]) => {
    const pattern = new RegExp(`(<!-- ${marker} -->\n)[\\s\\S]*?(\n<!-- end -->)`);
    if (!pattern.test(current)) throw new Error(`docs/language.md lacks the list "${marker}"`);
    return current.replace(pattern, (_, before, after) => `${before}${rows.join("\n")}${after}`);
  }, text);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const text = readFileSync(page, "utf8");
  const made = withDifferences(text);
  if (!process.argv.includes("--check")) writeFileSync(page, made);
  else if (made !== text) {
    console.error("docs/language.md is out of date: node scripts/language-differences.mjs");
    process.exitCode = 1;
  }
}
