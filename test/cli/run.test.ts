/** `mpy2ts run`, spawned: output, exit codes, arguments, clocks and Ctrl-C. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { folderWith, mpy2ts, Running } from "../harness/command-line.js";
import { freePort } from "../harness/free-port.js";

function run(code: string, ...flags: string[]) {
  const cwd = folderWith({ "main.py": code });
  return mpy2ts(["run", "main.py", ...flags], cwd);
}

describe("exit codes", () => {
  test.each([
    ["a program that ends", "print('hi')", 0, "hi\n"],
    ["sys.exit()", "import sys\nsys.exit()", 0, ""],
    ["sys.exit(3)", "import sys\nsys.exit(3)", 3, ""],
    ["sys.exit(0)", "import sys\nsys.exit(0)", 0, ""],
    ["raise SystemExit(4)", "raise SystemExit(4)", 4, ""],
    [
      "sys.exit in a coroutine",
      "import asyncio, sys\nasync def f():\n  sys.exit(5)\nasyncio.run(f())",
      5,
      "",
    ],
  ])("%s", (_name, code, expected, output) => {
    const { status, stdout, stderr } = run(code);
    expect({ status, stdout, stderr }).toEqual({ status: expected, stdout: output, stderr: "" });
  });

  test("an uncaught exception: MicroPython's traceback, and 1", () => {
    const code =
      "def f(x):\n    return g(x)\n\ndef g(x):\n    raise ValueError('no', x)\n\nprint('on')\nf(3)\n";
    const { status, stdout, stderr } = run(code);
    expect(stdout).toBe("on\n");
    expect(stderr).toBe(
      [
        "Traceback (most recent call last):",
        '  File "main.py", line 8, in <module>',
        '  File "main.py", line 2, in f',
        '  File "main.py", line 5, in g',
        "ValueError: ('no', 3)",
        "",
      ].join("\n"),
    );
    expect(status).toBe(1);
  });

  test("an import that fails raises when it is executed", () => {
    const { status, stdout, stderr } = run("print(1)\nimport nothing\n");
    expect(stdout).toBe("1\n");
    expect(stderr).toMatch(/^ImportError: no module named 'nothing'$/m);
    expect(status).toBe(1);
  });
});

test("sys.argv and the folder as it was given", () => {
  const cwd = folderWith({ "app/main.py": "import sys\nprint(sys.argv, __name__, __file__)\n" });
  expect(mpy2ts(["run", "app/main.py", "a", "b"], cwd).stdout).toBe(
    "['app/main.py', 'a', 'b'] __main__ app/main.py\n",
  );
  expect(mpy2ts(["run", "app", "--", "--flag"], cwd).stdout).toBe(
    "['app', '--flag'] __main__ main.py\n",
  );
});

test("boot.py, then main.py; packages and lib/", () => {
  const cwd = folderWith({
    "boot.py": "import shared\nshared.seen.append('boot')\n",
    "main.py":
      "import shared, app\nfrom queue import name\nprint(shared.seen, app.x, name, __name__)\n",
    "shared.py": "seen = []\n",
    "app/__init__.py": "from .part import x\n",
    "app/part.py": "x = 7\n",
    "lib/queue.py": "name = __name__\n",
  });
  expect(mpy2ts(["run", "."], cwd)).toEqual({
    status: 0,
    stdout: "['boot'] 7 queue __main__\n",
    stderr: "",
  });
});

test("MICROPYPATH adds search folders", () => {
  const cwd = folderWith({
    "app/main.py": "import extra\nprint(extra.x)\n",
    "more/extra.py": "x = 1\n",
  });
  const env = { MICROPYPATH: `.frozen:${join(cwd, "more")}` };
  expect(mpy2ts(["run", "app/main.py"], cwd, env).stdout).toBe("1\n");
});

describe("clocks", () => {
  const nap =
    "import time\nt = time.ticks_ms()\ntime.sleep(3600)\nprint(time.ticks_diff(time.ticks_ms(), t))\n";

  test("--virtual: sleeping takes no time", () => {
    expect(run(nap, "--virtual").stdout).toBe("3600000\n");
  });

  test("in real time it does", () => {
    const shorter = nap.replace("sleep(3600)", "sleep_ms(300)");
    const before = performance.now();
    const elapsed = Number(run(shorter).stdout);
    expect(performance.now() - before).toBeGreaterThan(300);
    expect(elapsed).toBeGreaterThanOrEqual(299);
    expect(elapsed).toBeLessThan(500);
  });

  test("--trace prints each edge with its time", () => {
    const code = [
      "import asyncio",
      "from machine import Pin",
      "async def main():",
      "    led = Pin(2, Pin.OUT)",
      "    for i in range(3):",
      "        led.on()",
      "        await asyncio.sleep_ms(250)",
      "        led.off()",
      "        await asyncio.sleep_ms(750)",
      "asyncio.run(main())",
    ].join("\n");
    const { stdout, stderr, status } = run(code, "--virtual", "--trace");
    const times = [...`${stdout}${stderr}`.matchAll(/(\d+)(?:\.0+)? ?ms\b.*\b([01])$/gm)];
    expect(times.map(([, ms, level]) => [Number(ms), level])).toEqual([
      [0, "1"],
      [250, "0"],
      [1000, "1"],
      [1250, "0"],
      [2000, "1"],
      [2250, "0"],
    ]);
    expect(status).toBe(0);
  });
});

test("a reset of the board gives its ports back", async () => {
  const code = [
    "import asyncio, machine, os",
    "async def main():",
    `    await asyncio.start_server(lambda r, w: None, '127.0.0.1', ${await freePort()})`,
    "    print('up', machine.reset_cause())",
    "    if 'again' not in os.listdir():",
    "        open('again', 'w').close()",
    "        machine.reset()",
    "asyncio.run(main())",
  ].join("\n");
  const { stdout, stderr } = mpy2ts(["run", "main.py"], folderWith({ "main.py": code }));
  expect(stderr).toBe("");
  expect(stdout).toBe("up 1\nup 2\n");
});

describe("Ctrl-C", () => {
  const clean = (wait: string): string =>
    `import asyncio, time\nasync def nap():\n    await asyncio.sleep(60)\ntime.sleep_ms(1)\nprint('started')\ntry:\n    ${wait}\nexcept KeyboardInterrupt:\n    print('caught')\nfinally:\n    print('cleaned')\n`;

  test.each([
    ["in asyncio.run", "asyncio.run(nap())"],
    ["in time.sleep", "time.sleep(60)"],
  ])("raises KeyboardInterrupt %s", async (_name, wait) => {
    const command = new Running(["run", "main.py"], folderWith({ "main.py": clean(wait) }));
    await command.until(/started/);
    command.process.kill("SIGINT");
    expect(await command.ended()).toBe(0);
    expect(command.stdout).toBe("started\ncaught\ncleaned\n");
    expect(command.stderr).toBe("");
  });

  test("uncaught, it ends the program", async () => {
    const code = "import time\ntime.sleep_ms(1)\nprint('started')\ntime.sleep(60)\n";
    const command = new Running(["run", "main.py"], folderWith({ "main.py": code }));
    await command.until(/started/);
    command.process.kill("SIGINT");
    expect(await command.ended()).toBe(130);
    expect(command.stderr).toMatch(/^KeyboardInterrupt: ?$/m);
  });

  test("raises KeyboardInterrupt in a loop that never ends", async () => {
    const code =
      "print('started')\ntry:\n    while True:\n        pass\nexcept KeyboardInterrupt:\n    print('caught')\n";
    const command = new Running(["run", "main.py"], folderWith({ "main.py": code }));
    await command.until(/started/);
    command.process.kill("SIGINT");
    expect(await command.ended()).toBe(0);
    expect(command.stdout).toBe("started\ncaught\n");
  });

  test.each([
    ["at once", ""],
    ["after a rest", "time.sleep_ms(300)"],
  ])("stops a computation that never looks, %s", async (_name, wait) => {
    const code = `import time\ndef work(n):\n    return n if n < 2 else work(n - 1) + work(n - 2)\n${wait}\nprint('started')\nfor i in range(100000):\n    work(27)\n`;
    const command = new Running(["run", "main.py"], folderWith({ "main.py": code }));
    await command.until(/started/);
    command.process.kill("SIGINT");
    // The thread that hears of it while the program computes may still be starting.
    const again = setInterval(() => command.process.kill("SIGINT"), 3000);
    await command.ended();
    clearInterval(again);
    expect(command.process.signalCode).toBe("SIGINT");
    expect(command.stderr).toMatch(/^Traceback .*\n {2}File ".*main\.py", line 3, in work\n/);
    expect(command.stderr).toMatch(/^KeyboardInterrupt: ?$/m);
  });
});

describe("modules that only the running program finds", () => {
  const files = {
    "main.py": [
      "import sys",
      'sys.path.append("par" + "ts")',
      "import wheel",
      "print(wheel.spokes, wheel.__file__)",
      'name = "hub" if len(sys.argv) == 1 else "none"',
      "print(__import__(name).bolts)",
      "import late.inner as inner",
      "print(inner.value, inner.__name__)",
      'with open("made.py", "w") as file:',
      '    file.write("from late.inner import value\\nimport time\\ntime.sleep_ms(1)\\ntwice = value * 2\\n")',
      'exec("import made; print(made.twice)")',
      "try:",
      "    __import__('bro' + 'ken')",
      "except SyntaxError:",
      "    print('SyntaxError', 'broken' in sys.modules)",
    ].join("\n"),
    "parts/wheel.py": "from hub import bolts\nspokes = bolts * 4\n",
    "hub.py": "bolts = 5\n",
    "broken.py": "def (\n",
    "late/__init__.py": "",
    "late/inner.py": "from . import deeper\nvalue = deeper.value + 1\n",
    "late/deeper.py": "value = 41\n",
  };

  test.each([[[]], [["--virtual"]], [["--no-facts"]]])("run main.py %j", (flags) => {
    const { stdout, stderr } = mpy2ts(["run", ...flags, "main.py"], folderWith(files));
    expect(stderr).toBe("");
    expect(stdout.split("\n")).toEqual([
      "20 parts/wheel.py",
      "5",
      "42 late.inner",
      "84",
      "SyntaxError False",
      "",
    ]);
  });
});

describe("the board's files", () => {
  const firmware = `
import os
with open("config.json") as f:
    print(f.read())
try:
    with open("log.txt") as f:
        print("log:", f.read())
except OSError as e:
    print(e)
with open("log.txt", "w") as f:
    f.write("started")
with open("main.py", "w") as f:
    f.write("oops")
os.remove("config.json")
print(sorted(os.listdir("/")))
`;
  const sources = { "firmware/main.py": firmware, "firmware/config.json": "{}" };

  test("are those of the project's folder, and writing leaves it as it is", () => {
    const folder = folderWith(sources);
    for (const target of ["firmware", "firmware/main.py"]) {
      const { stdout, stderr } = mpy2ts(["run", target], folder);
      expect([stdout, stderr]).toEqual(["{}\n[Errno 2] ENOENT\n['log.txt', 'main.py']\n", ""]);
    }
    expect(readFileSync(join(folder, "firmware/main.py"), "utf8")).toBe(firmware);
    expect(readdirSync(join(folder, "firmware")).sort()).toEqual(["config.json", "main.py"]);
  });

  test("are kept in the folder of --flash", () => {
    const folder = folderWith(sources);
    mpy2ts(["run", "firmware", "--flash", "state/flash"], folder);
    expect(readFileSync(join(folder, "state/flash/log.txt"), "utf8")).toBe("started");
    expect(readFileSync(join(folder, "firmware/main.py"), "utf8")).toBe(firmware);
    const again = mpy2ts(["run", "firmware", "--flash", "state/flash"], folder);
    expect(again.stdout).toBe("{}\nlog: started\n['log.txt', 'main.py']\n");
  });

  test("cannot be kept in what is no folder", () => {
    const folder = folderWith(sources);
    const { status, stderr } = mpy2ts(["run", "firmware", "--flash", "firmware/main.py"], folder);
    expect(status).toBe(1);
    expect(stderr).toContain("error MPY5007: bad value for --flash: ");
  });
});
