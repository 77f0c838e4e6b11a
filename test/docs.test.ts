/** The documents name files, commands and outputs that exist. */
import { execFileSync, execSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { picture } from "../scripts/picture.js";
import { RUNTIME_MODULES } from "../src/analyze/tables/runtime-signatures.js";
import { compile } from "../src/index.js";

const root = new URL("../", import.meta.url).pathname;
const settings = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const documents = [
  ...["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "fixtures/README.md"],
  ...readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".md"))
    .map((path) => `docs/${path}`),
];
const read = (path: string): string => readFileSync(join(root, path), "utf8");

/** Paths below the top folders that a document mentions in code, and what it links to. */
function mentioned(path: string): string[] {
  const text = read(path);
  const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, to]) =>
    join(dirname(path), to ?? ""),
  );
  const code = [
    ...text.matchAll(/`((?:src|test|fixtures|scripts|docs|examples|bin|bench)\/[^`\s]*)`/g),
  ];
  return [...links, ...code.map(([, to]) => to ?? "")].filter(
    (to) => !/[*<>{}]|NAME|NNNN|nnnn/.test(to),
  );
}

test.each(documents)("%s names files that exist", (path) => {
  expect(mentioned(path).filter((to) => !existsSync(join(root, to)))).toEqual([]);
});

test("the documents name files at all", () => {
  expect(mentioned("CONTRIBUTING.md").length).toBeGreaterThan(10);
});

test.each(documents)("%s: npm scripts exist", (path) => {
  const scripts = [...read(path).matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name ?? "");
  expect(scripts.filter((name) => !(name in settings.scripts))).toEqual([]);
});

test("docs/language.md lists the differences that fixtures show", () => {
  const script = join(root, "scripts/language-differences.mjs");
  execFileSync(process.execPath, [script, "--check"], { stdio: "pipe" });
});

/** The fenced block after a marker in the README must hold the text; UPDATE=1 writes it. */
function expectBlock(marker: string, language: string, text: string): void {
  const readme = read("README.md");
  const pattern = new RegExp(`(<!-- ${marker} -->\\n\`\`\`${language}\\n)[\\s\\S]*?(\`\`\`)`);
  const updated = readme.replace(
    pattern,
    (_, before, after) => `${before}${text.trimEnd()}\n${after}`,
  );
  expect(readme).toMatch(pattern);
  if (process.env.UPDATE) writeFileSync(join(root, "README.md"), updated);
  else expect(readme).toBe(updated);
}

test("the README shows what the demo prints", () => {
  const command = settings.scripts.demo.replace("node bin/mpy2ts.js", "npx mpy2ts");
  const printed = execSync(settings.scripts.demo, { cwd: root, encoding: "utf8", stdio: "pipe" });
  expectBlock("npm run demo", "console", `$ ${command}\n${printed}`);
});

test("the picture in the README is true", () => {
  const file = "docs/blink.svg";
  const drawn = picture();
  if (process.env.UPDATE) writeFileSync(join(root, file), drawn);
  else expect(read(file)).toBe(drawn);
});

test("the README shows what is emitted", () => {
  const { ts } = compile(read("examples/blink/main.py"));
  const blink = /^export function\* blink[\s\S]*?^}/m.exec(ts ?? "")?.[0] ?? "";
  expectBlock("examples/blink", "ts", blink);
});

test("the help describes every command that docs/cli.md does", () => {
  const help = (...args: string[]): string =>
    execFileSync(process.execPath, [join(root, "bin/mpy2ts.js"), ...args, "--help"], {
      encoding: "utf8",
    });
  const sections = [...read("docs/cli.md").matchAll(/^## (\w+)\n\n {4}(.*)$/gm)];
  expect(sections.length).toBeGreaterThanOrEqual(3);
  for (const [, name = "", usage = ""] of sections) {
    expect(help()).toContain(`  ${name} `);
    for (const [flag] of usage.matchAll(/--[\w-]+/g)) expect(help(name)).toContain(flag);
  }
});

test("docs/asyncio.md: every documented name has a program that uses it", () => {
  const rows = [
    ...read("docs/asyncio.md").matchAll(/^\| `(?:(\w+)\.)?(\w+)[^`]*` \| \[.*?\]\((.*?)\)/gm),
  ];
  expect(rows.length).toBeGreaterThan(40);
  const missing = rows.filter(([, , name, path]) => {
    const program = read(join("docs", path as string));
    return !new RegExp(`\\b${name}\\b`).test(program);
  });
  expect(missing.map(([row]) => row)).toEqual([]);
  const named = new Set(rows.flatMap(([, owner, name]) => [owner, name]));
  const functions = Object.entries(RUNTIME_MODULES.asyncio ?? {}).filter(
    ([name, [kind]]) => kind !== "constant" && !name.startsWith("_") && !INTERNAL.has(name),
  );
  expect(functions.map(([name]) => name).filter((name) => !named.has(name))).toEqual([]);
});

/** Names of asyncio that programs may use and no document mentions. */
const INTERNAL: ReadonlySet<string> = new Set(
  (
    "CancelledError IOQueue SingletonGenerator StreamReader StreamWriter TaskQueue TimeoutError " +
    "run_until_complete ticks ticks_add ticks_diff"
  ).split(" "),
);
