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
  const project = openProject(target) as Project;
  // Emitted text names the file, and must be the same in every checkout.
  return new Program({ ...project, tracePath: (path) => path, purpose: "run", facts }).update();
}

/** `line: code` of every `# error: MPYnnnn` mark, and of every error; a line counts once. */
function marks(source: string): string[] {
  return source.split("\n").flatMap((text, i) => {
    const found = /# error: (MPY\d{4})\b/.exec(text);
    return found ? [`${i + 1}: ${found[1]}`] : [];
  });
}

function errors({ diagnostics, sources }: ProgramResult): string[] {
  const found = diagnostics
    .filter(({ severity }) => severity === "error")
    .map(
      ({ code, file, span }) => `${sources.get(file)?.position(span?.start ?? 0).line}: ${code}`,
    );
  return [...new Set(found)];
}

interface Expected {
  readonly output: string | undefined;
  readonly raises: string;
  readonly trace: string | undefined;
}

function expectOutcome(outcome: Outcome, { output, raises, trace }: Expected): void {
  const exitCode = raises === "" || raises === "SystemExit" ? 0 : 1;
  const printed = outcome.error.replace(/^Warning: .*\n/gm, "");
  // The traceback is for the eye; its last line names the exception.
  const last = printed.trimEnd().split("\n").at(-1) ?? "";
  const error = exitCode === 1 && last.startsWith(raises) ? "" : printed;
  expect({ ...outcome, error, trace: trace && outcome.trace }).toEqual({
    output,
    error: "",
    exitCode,
    trace,
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
    const pending = /^# pending: (.+)$/m.exec(source)?.[1];
    if (pending !== undefined) {
      test.skip(`pending: ${pending}`, () => {});
      return;
    }
    const raises = /^# raises: (\w+)$/m.exec(source)?.[1] ?? "";
    const beside = (extension: string): string | undefined =>
      existsSync(`${stem}${extension}`) ? readFileSync(`${stem}${extension}`, "utf8") : undefined;
    const expected = { output: beside(".out"), raises, trace: beside(".trace") };
    const wiring = JSON.parse(beside(".wiring.json") ?? "null");
    const board = /^# board: (\w+)$/m.exec(source)?.[1];
    for (const facts of [false, true]) {
      // Queued now, so that the processes are busy while jest goes through the tests.
      const outcome = pool.run({ target, facts, wiring, ...(board && { board }) });
      const title = `prints what it must, facts ${facts ? "on" : "off"}`;
      test(title, async () => expectOutcome(await outcome, expected), 10 * LIMIT_MS);
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
