/** `mpy2ts build`, spawned: what it writes, what it leaves alone, what it removes. */
import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { join } from "node:path";
import { folderWith, mpy2ts, packageFolder, put } from "../harness/command-line.js";

const firmware = {
  "src/boot.py": "print('boot')\n",
  "src/main.py": "import app\nfrom queue import Queue\nprint('main', app.name, Queue().size)\n",
  "src/app/__init__.py": "from .names import name\n",
  "src/app/names.py": "name = 'app'\n",
  "src/lib/queue.py": "class Queue:\n  size = 3\n",
};

function tree(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8", withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

test("mirrors the tree and adds what makes it a project", () => {
  const cwd = folderWith(firmware);
  const { status, stdout, stderr } = mpy2ts(["build", "src"], cwd);
  expect(stderr).toBe("");
  expect(stdout).toBe("Wrote 5 modules to out.\n");
  expect(status).toBe(0);
  expect(tree(join(cwd, "out"))).toEqual([
    ".mpy2ts.json",
    "app/index.ts",
    "app/names.ts",
    "boot.ts",
    "lib/queue.ts",
    "main.ts",
    "package.json",
    "start.ts",
    "tsconfig.json",
  ]);
});

test("--js: the output runs under node, and its tracebacks name the Python lines", () => {
  const cwd = folderWith({ ...firmware, "src/main.py": `${firmware["src/main.py"]}\n1 / 0\n` });
  expect(mpy2ts(["build", "src", "--js", "-o", "js"], cwd).status).toBe(0);
  mkdirSync(join(cwd, "js/node_modules"));
  symlinkSync(packageFolder, join(cwd, "js/node_modules/mpy2ts"));
  let failure: { status?: number; stdout?: string; stderr?: string } = {};
  try {
    execFileSync(process.execPath, ["start.js"], {
      cwd: join(cwd, "js"),
      encoding: "utf8",
      stdio: "pipe",
    });
  } catch (error) {
    failure = error as typeof failure;
  }
  expect(failure.stdout).toBe("boot\nmain app 3\n");
  expect(failure.stderr).toBe(
    'Traceback (most recent call last):\n  File "main.py", line 5, in <module>\nZeroDivisionError: divide by zero\n',
  );
  expect(failure.status).toBe(1);
});

test("the emitted project compiles with its own settings", () => {
  const cwd = folderWith(firmware);
  mpy2ts(["build", "src"], cwd);
  const out = join(cwd, "out");
  mkdirSync(join(out, "node_modules"));
  symlinkSync(packageFolder, join(out, "node_modules/mpy2ts"));
  const tsc = join(packageFolder, "node_modules/typescript/bin/tsc");
  execFileSync(process.execPath, [tsc], { cwd: out });
  const printed = execFileSync(process.execPath, ["start.js"], { cwd: out, encoding: "utf8" });
  expect(printed).toBe("boot\nmain app 3\n");
});

test("a single file brings what it imports, and nothing else", () => {
  const cwd = folderWith({ "blink.py": "import led\n", "led.py": "", "other.py": "" });
  expect(mpy2ts(["build", "blink.py", "-o", "out"], cwd).stdout).toBe("Wrote 2 modules to out.\n");
  expect(tree(join(cwd, "out")).filter((path) => path.endsWith(".ts"))).toEqual([
    "blink.ts",
    "led.ts",
    "start.ts",
  ]);
});

test("a module named start does not meet the start file", () => {
  const cwd = folderWith({ "src/main.py": "import start\n", "src/start.py": "print('hi')\n" });
  mpy2ts(["build", "src"], cwd);
  expect(tree(join(cwd, "out"))).toEqual(expect.arrayContaining(["main.start.ts", "start.ts"]));
});

test("removes the outputs of modules that are gone, and only those", () => {
  const cwd = folderWith(firmware);
  mpy2ts(["build", "src"], cwd);
  put(cwd, "out/mine.ts", "export {};\n");
  put(cwd, "out/package.json", "{}\n");
  rmSync(join(cwd, "src/app"), { recursive: true });
  put(cwd, "src/main.py", "print('alone')\n");
  expect(mpy2ts(["build", "src"], cwd).status).toBe(0);
  expect(existsSync(join(cwd, "out/app"))).toBe(false);
  expect(existsSync(join(cwd, "out/mine.ts"))).toBe(true);
  expect(readFileSync(join(cwd, "out/package.json"), "utf8")).toBe("{}\n");
});

test("a file that would not change is not written", () => {
  const cwd = folderWith(firmware);
  mpy2ts(["build", "src"], cwd);
  const before = statSync(join(cwd, "out/lib/queue.ts")).mtimeMs;
  put(cwd, "src/main.py", "print(1)\n");
  mpy2ts(["build", "src"], cwd);
  expect(statSync(join(cwd, "out/lib/queue.ts")).mtimeMs).toBe(before);
});

test("--check accepts what it should", () => {
  const cwd = folderWith(firmware);
  const { status, stdout } = mpy2ts(["build", "src", "--check"], cwd);
  expect(stdout).toBe("Wrote 5 modules to out.\n");
  expect(status).toBe(0);
}, 30_000);

test("--json: one object a line", () => {
  const cwd = folderWith({ "src/main.py": "import nothing\nx = = 1\n" });
  const { status, stdout } = mpy2ts(["build", "src", "--json"], cwd);
  expect(status).toBe(1);
  const found = stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(found.length).toBeGreaterThan(0);
  expect(found[0]).toMatchObject({
    file: "src/main.py",
    severity: "error",
    start: { line: 1, column: 8 },
  });
});

test("--no-facts is accepted", () => {
  const cwd = folderWith(firmware);
  expect(mpy2ts(["build", "src", "--no-facts"], cwd).status).toBe(0);
});
