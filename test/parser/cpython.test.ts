/**
 * The tree against CPython's `ast.dump`, for programs that both accept and read alike. Runs where
 * a `python3` is found; elsewhere the test is reported as skipped.
 */
import { spawnSync } from "node:child_process";
import { describe, expect, test } from "@jest/globals";
import { SourceFile } from "../../src/diagnostics/source-file.js";
import { dump } from "../../src/parser/dump.js";
import { parse } from "../../src/parser/parse.js";
import { validPrograms } from "./snippets/valid.js";

/** Dumps each program, or null where CPython refuses it; leaves out what our tree does not have. */
const script = `
import ast, json, sys, warnings
warnings.simplefilter("ignore")
absent = ("ctx", "kind", "type_comment", "simple", "type_ignores", "type_params")
def dump(source):
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return None
    for node in ast.walk(tree):
        node._fields = tuple(f for f in node._fields if f not in absent)
    return ast.dump(tree)
print(json.dumps([dump(s) for s in json.load(sys.stdin)]))
`;

function version(): string {
  return spawnSync("python3", ["--version"], { encoding: "utf8" }).stdout ?? "";
}

/** From 3.13 on, dumps leave out empty lists; before 3.8 the tree was another. */
const usable = /^Python 3\.(?:8|9|10|11|12)\./.test(version());

/** MicroPython reads these in its own way. */
const different = /=\}|=!|__debug__|f'a\}'|'\{\}'|^t'|\{ \}|with \(a, b\)/m;

(usable ? describe : describe.skip)("CPython's tree", () => {
  test("is the same for the programs that both accept", () => {
    const sources = Object.values(validPrograms)
      .flat()
      .filter((source) => !different.test(source));
    const { stdout } = spawnSync("python3", ["-c", script], {
      input: JSON.stringify(sources),
      encoding: "utf8",
    });
    const expected = JSON.parse(stdout) as readonly (string | null)[];
    const both = sources.filter((_, i) => expected[i] !== null);
    expect(both.length).toBeGreaterThan(120);
    const ours = both.map((source) => dump(parse(new SourceFile("main.py", source)).module));
    expect(ours).toEqual(expected.filter((text) => text !== null));
  });
});
