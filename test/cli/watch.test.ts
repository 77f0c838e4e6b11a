/** `mpy2ts watch`, spawned: rebuilds, survives half-saved files, restarts the program. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { folderWith, put, Running } from "../harness/command-line.js";

const phrase = (text: string): RegExp => new RegExp(`^\\[\\d\\d:\\d\\d:\\d\\d\\] ${text}$`, "m");
const FINE = phrase("Found 0 errors\\. Watching for file changes\\.");
const ONE_ERROR = phrase("Found 1 error\\. Watching for file changes\\.");
const AGAIN = phrase("File change detected\\. Starting incremental compilation\\.\\.\\.");

async function stop(command: Running): Promise<void> {
  command.process.kill("SIGINT");
  expect(await command.ended()).toBe(0);
}

test("builds again what changed, and keeps the last good outputs through errors", async () => {
  const cwd = folderWith({ "src/main.py": "import a\nprint(a.x)\n", "src/a.py": "x = 1\n" });
  const command = new Running(["watch", "src"], cwd);
  await command.until(phrase("Starting compilation in watch mode\\.\\.\\."));
  await command.until(FINE);
  const good = readFileSync(join(cwd, "out/a.ts"), "utf8");

  let from = command.stdout.length;
  put(cwd, "src/a.py", "x = (1,\n");
  await command.until(AGAIN, from);
  await command.until(ONE_ERROR, from);
  expect(command.stdout.slice(from)).toMatch(/^src\/a\.py\(\d+,\d+\): error MPY\d{4}: /m);
  expect(readFileSync(join(cwd, "out/a.ts"), "utf8")).toBe(good);

  from = command.stdout.length;
  put(cwd, "src/a.py", "x = (1, 2)\n");
  await command.until(FINE, from);
  expect(readFileSync(join(cwd, "out/a.ts"), "utf8")).not.toBe(good);

  from = command.stdout.length;
  put(cwd, "src/new/b.py", "y = 2\n");
  await command.until(FINE, from);
  expect(existsSync(join(cwd, "out/new/b.ts"))).toBe(true);
  await stop(command);
}, 40_000);

test("--run starts the program anew after each good build", async () => {
  const loop = (name: string): string =>
    `import time\ntime.sleep_ms(1)\nprint('${name}')\ntry:\n    while True:\n        time.sleep(1)\nfinally:\n    print('end of ${name}')\n`;
  const cwd = folderWith({ "src/main.py": loop("first") });
  const command = new Running(["watch", "src", "--run"], cwd);
  await command.until(/^first$/m);

  let from = command.stdout.length;
  put(cwd, "src/main.py", "while (\n");
  await command.until(ONE_ERROR, from);
  expect(command.stdout.slice(from)).not.toContain("end of first");

  from = command.stdout.length;
  put(cwd, "src/main.py", loop("second"));
  await command.until(/^second$/m, from);
  expect(command.stdout.slice(from)).toMatch(/^end of first$/m);
  await stop(command);
  expect(command.stdout).toMatch(/^end of second$/m);
}, 40_000);

test("refuses what it cannot watch", async () => {
  const command = new Running(["watch", "nowhere"], folderWith({}));
  expect(await command.ended()).toBe(1);
  expect(command.stdout).toMatch(/^nowhere: error MPY5001: /);
});
