/**
 * Walks `fixtures/`: each program must print what its `.out` says, in virtual time, with facts off
 * and on; must be emitted as its `.ts` says; must have the errors that its marks say. What the files
 * mean stands in fixtures/README.md. UPDATE=1 rewrites the `.ts` files.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { openProject, type Project } from "../src/cli/project.js";
import { Program, type ProgramResult } from "../src/program.js";
import { fixtures } from "./harness/fixture-files.js";
import { LIMIT_MS, type Outcome, Pool } from "./harness/pool.js";

const pool = new Pool();
beforeAll(() => pool.start());
afterAll(() => pool.stop());

function compile(target: string, facts: boolean): ProgramResult {
  return new Program({ ...(openProject(target) as Project), purpose: "run", facts }).update();
}

/** `line: code` of every `# error: MPYnnnn` mark. */
function marks(source: string): string[] {
  return source.split("\n").flatMap((text, i) => {
    const found = /# error: (MPY\d{4})\b/.exec(text);
    return found ? [`${i + 1}: ${found[1]}`] : [];
  });
}

function errors({ diagnostics, sources }: ProgramResult): string[] {
  return diagnostics
    .filter(({ severity }) => severity === "error")
    .map(
      ({ code, file, span }) => `${sources.get(file)?.position(span?.start ?? 0).line}: ${code}`,
    );
}

function expectOutcome(
  { output, error, exitCode }: Outcome,
  expected: string,
  raises: string,
): void {
  const wanted = raises === "" || raises === "SystemExit" ? 0 : 1;
  // The traceback is for the eye; its last line names the exception.
  const last = error.trimEnd().split("\n").at(-1) ?? "";
  const seen = wanted === 1 && last.startsWith(raises) ? "" : error;
  expect({ output, error: seen, exitCode }).toEqual({
    output: expected,
    error: "",
    exitCode: wanted,
  });
}

function expectText(file: string, target: string, facts: boolean): void {
  const { modules, entries, diagnostics } = compile(target, facts);
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  const code = (entries.at(-1) ?? modules[0])?.ts.code ?? "";
  if (process.env.UPDATE) writeFileSync(file, code);
  else expect(code).toBe(readFileSync(file, "utf8"));
}

for (const { file, target, stem, name } of fixtures()) {
  const source = readFileSync(file, "utf8");

  describe(name, () => {
    const expectedErrors = marks(source);
    if (expectedErrors.length > 0) {
      test("is rejected", () => expect(errors(compile(target, true))).toEqual(expectedErrors));
      return;
    }
    const expected = readFileSync(`${stem}.out`, "utf8");
    const raises = /^# raises: (\w+)$/m.exec(source)?.[1] ?? "";
    for (const facts of [false, true]) {
      // Queued now, so that the processes are busy while jest goes through the tests.
      const outcome = pool.run(target, facts);
      const title = `prints what it must, facts ${facts ? "on" : "off"}`;
      test(title, async () => expectOutcome(await outcome, expected, raises), 10 * LIMIT_MS);
    }
    for (const [extension, facts] of [
      [".ts", true],
      [".plain.ts", false],
    ] as const) {
      const text = `${stem}${extension}`;
      if (existsSync(text))
        test(`is emitted as ${basename(text)}`, () => expectText(text, target, facts));
    }
  });
}
