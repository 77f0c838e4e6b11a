/** The documents name files, commands and outputs that exist. */
import { execFileSync, execSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
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

/** The fenced block after a marker in the README. */
function block(marker: string): string {
  const text = read("README.md");
  const found = text.slice(text.indexOf(`<!-- ${marker}`)).match(/```\w+\n([\s\S]*?)```/);
  return found?.[1] ?? "";
}

test("the README shows what the demo prints", () => {
  const [, ...shown] = block("output: npm run demo").trimEnd().split("\n");
  const printed = execSync(settings.scripts.demo, { cwd: root, encoding: "utf8", stdio: "pipe" });
  expect(shown.join("\n")).toBe(printed.trimEnd());
});

test("the README shows what is emitted", () => {
  const { ts } = compile(read("examples/blink/main.py"));
  expect(ts).toContain(block("emitted: examples/blink"));
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
