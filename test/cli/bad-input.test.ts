/** What can be wrong with the input: a coded error each, exit code 1, and nothing half-written. */
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { folderWith, mpy2ts, put } from "../harness/command-line.js";

interface Case {
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  readonly args: readonly string[];
  /** The first line that is printed. */
  readonly line: RegExp;
}

const good = { "src/main.py": "print('good')\n" };

const cases: Readonly<Record<string, Case>> = {
  "broken Python": {
    files: { "src/main.py": "def f(:\n  pass\n" },
    args: ["build", "src"],
    line: /^src\/main\.py\(1,6\): error MPY[12]\d{3}: ./,
  },
  "broken Python in a module": {
    files: { "src/main.py": "import a\n", "src/a.py": "x = 1\nif x\n  y()\n" },
    args: ["build", "src"],
    line: /^src\/a\.py\(2,\d+\): error MPY[12]\d{3}: ./,
  },
  "an expression beyond the host's stack": {
    files: { "src/main.py": `x = ${Array(10_000).fill("1").join(" + ")}\n` },
    args: ["build", "src"],
    line: /^src\/main\.py: error MPY1005: too deeply nested$/,
  },
  "a missing folder": {
    files: good,
    args: ["build", "nowhere"],
    line: /^nowhere: error MPY5001: no such file or folder: 'nowhere'$/,
  },
  "a missing file": {
    files: good,
    args: ["build", "src/none.py"],
    line: /^src\/none\.py: error MPY5001: /,
  },
  "a path below a file": {
    files: good,
    args: ["build", "src/main.py/x"],
    line: /^src\/main\.py\/x: error MPY5001: /,
  },
  "a file that is not UTF-8": {
    files: { "src/main.py": new Uint8Array([0x70, 0x0a, 0xff, 0xfe]) },
    args: ["build", "src"],
    line: /^src\/main\.py: error MPY5003: not valid UTF-8: byte 0xff in line 2, at offset 2$/,
  },
  "an import that does not exist": {
    files: { "src/main.py": "x = 1\nimport nothing.at.all\n" },
    args: ["build", "src"],
    line: /^src\/main\.py\(2,8\): error MPY3005: cannot find module 'nothing\.at\.all'$/,
  },
  "a relative import out of the project": {
    files: { "src/main.py": "from .. import up\n" },
    args: ["build", "src"],
    line: /^src\/main\.py\(1,1\): error MPY3005: cannot find module '\.\.'$/,
  },
  "a module and a package of one name": {
    files: { "src/main.py": "import a\n", "src/a.py": "", "src/a/__init__.py": "" },
    args: ["build", "src"],
    line: /^src\/a\.py: error MPY3006: 'src\/a\.py' and 'src\/a\/__init__\.py' are both the module 'a'$/,
  },
  "names that differ in case only": {
    files: { "src/main.py": "", "src/led.py": "", "src/LED.py": "" },
    args: ["build", "src"],
    line: /^src\/led\.py: error MPY3002: 'src\/LED\.py' and 'src\/led\.py' would both be written to 'led\.ts'$/,
  },
  "an output folder inside the source folder": {
    files: good,
    args: ["build", "src", "-o", "src/out"],
    line: /^src: error MPY3003: the output folder 'src\/out' lies inside the source folder 'src'$/,
  },
  "the source folder as output folder": {
    files: good,
    args: ["build", "src", "-o", "./src/"],
    line: /^src: error MPY3003: /,
  },
  "an output that is a file": {
    files: { ...good, out: "text" },
    args: ["build", "src"],
    line: /^out: error MPY5006: not a folder: 'out'$/,
  },
  "an output below a file": {
    files: { ...good, out: "text" },
    args: ["build", "src", "-o", "out/deep"],
    line: /^out\/deep.*: error MPY5004: cannot write 'out\/deep.*': not a directory$/,
  },
  "an output file that cannot be replaced": {
    files: { ...good, "out/main.ts/keep": "" },
    args: ["build", "src"],
    line: /^out\/main\.ts: error MPY5004: cannot write 'out\/main\.ts': /,
  },
  "a folder to run without an entry": {
    files: { "src/other.py": "" },
    args: ["run", "src"],
    line: /^src: error MPY5005: no entry point in 'src'$/,
  },
  "a program to run that is broken": {
    files: { "src/main.py": "print('no')\nx = (\n" },
    args: ["run", "src/main.py"],
    line: /^src\/main\.py\(2,\d+\): error MPY[12]\d{3}: /,
  },
  "a board that does not exist": {
    files: good,
    args: ["run", "src", "--board", "toaster"],
    line: /^src: error MPY5007: bad value for --board: /,
  },
  "a phase that does not exist": {
    files: good,
    args: ["print", "src/main.py", "--phase", "dreams"],
    line: /^src\/main\.py: error MPY5007: bad value for --phase: 'dreams' is none of ast, scopes, target$/,
  },
};

test.each(Object.entries(cases))("%s", (_name, { files, args, line }) => {
  const cwd = folderWith(files);
  const { status, stdout, stderr } = mpy2ts(args, cwd);
  const [first] = `${stdout}${stderr}`.split("\n");
  expect(first).toMatch(line);
  expect(status).toBe(1);
  expect(existsSync(join(cwd, "out/start.ts"))).toBe(false);
  expect(existsSync(join(cwd, "src/out"))).toBe(false);
});

test("an unreadable file", () => {
  const cwd = folderWith(good);
  const file = join(cwd, "src/main.py");
  if (process.getuid?.() === 0) {
    // Root may read what has no permissions; this fails for everybody.
    rmSync(file);
    symlinkSync("/proc/self/mem", file);
  } else {
    chmodSync(file, 0);
  }
  const { status, stdout } = mpy2ts(["build", "src"], cwd);
  expect(stdout).toMatch(
    /^src\/main\.py: error MPY5002: cannot read 'src\/main\.py': (permission denied|i\/o error)$/m,
  );
  expect(status).toBe(1);
  expect(existsSync(join(cwd, "out"))).toBe(false);
});

test("links that lead nowhere, back or to a folder", () => {
  const cwd = folderWith({ ...good, "src/lib/helper.py": "x = 1\n" });
  symlinkSync("nowhere", join(cwd, "src/dangling.py"));
  symlinkSync("..", join(cwd, "src/back"));
  symlinkSync("lib", join(cwd, "src/folder.py"));
  const { status, stdout, stderr } = mpy2ts(["build", "src"], cwd);
  expect(stdout + stderr).toBe("Wrote 2 modules to out.\n");
  expect(status).toBe(0);
});

test("a folder without Python leaves the outputs as they were", () => {
  const cwd = folderWith({ ...good, "empty/readme.txt": "hello\n" });
  mpy2ts(["build", "src"], cwd);
  const { status, stdout } = mpy2ts(["build", "empty"], cwd);
  expect(stdout).toBe(
    "empty: error MPY5010: no Python file in 'empty'\nFound 1 error. Nothing was written.\n",
  );
  expect(status).toBe(1);
  expect(existsSync(join(cwd, "out/main.ts"))).toBe(true);
});

test.each([
  ["--until", "soon", "error MPY5007: bad value for --until: 'soon' is no number of milliseconds"],
  ["--until", "-5", "error MPY5007: bad value for --until: '-5' is no number of milliseconds"],
  ["--vcd", "none/x.vcd", "error MPY5004: cannot write 'none/x.vcd': no such file or directory"],
  ["--events", "src", "error MPY5004: cannot write 'src': illegal operation on a directory"],
])("run %s %s", (option, value, message) => {
  const { status, stdout, stderr } = mpy2ts(["run", "src", option, value], folderWith(good));
  expect(stdout).toBe("");
  expect(stderr).toContain(message);
  expect(status).toBe(1);
});

test("a folder in the place of a file", () => {
  const cwd = folderWith({});
  mkdirSync(join(cwd, "src/main.py"), { recursive: true });
  const { status, stderr } = mpy2ts(["run", "src"], cwd);
  expect(stderr).toMatch(/^src: error MPY5005: /);
  expect(status).toBe(1);
});

test("errors leave the last good outputs as they were", () => {
  const cwd = folderWith(good);
  mpy2ts(["build", "src"], cwd);
  const before = readFileSync(join(cwd, "out/main.ts"), "utf8");
  put(cwd, "src/main.py", "print('bad'\n");
  put(cwd, "src/extra.py", "x = 1\n");
  expect(mpy2ts(["build", "src"], cwd).status).toBe(1);
  expect(readFileSync(join(cwd, "out/main.ts"), "utf8")).toBe(before);
  expect(existsSync(join(cwd, "out/extra.ts"))).toBe(false);
});

test("every error of every file is reported at once", () => {
  const cwd = folderWith({ "src/main.py": "import a\nx = = 1\nbreak\n", "src/a.py": "return 1\n" });
  const { stdout } = mpy2ts(["build", "src"], cwd);
  expect(stdout).toMatch(/^src\/main\.py\(2,\d+\): error /m);
  expect(stdout).toMatch(/^src\/a\.py\(1,1\): error /m);
  expect(stdout).toMatch(/^Found \d+ errors\. Nothing was written\.$/m);
});

test("options that do not exist are refused with a hint", () => {
  const { status, stderr } = mpy2ts(["build", "src", "--chek"], folderWith(good));
  expect(stderr).toContain("unknown option '--chek'");
  expect(stderr).toContain("--check");
  expect(status).toBe(1);
});
