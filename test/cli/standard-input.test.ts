/**
 * `sys.stdin` over what a process may have for it: a file, a pipe, a terminal. What `poll` reports and
 * what is read at the end are those of MicroPython's unix port.
 */

import { spawn, spawnSync } from "node:child_process";
import { folderWith, mpy2tsCommand } from "../harness/command-line.js";

const ASK = `
import select, sys

p = select.poll()
p.register(sys.stdin, select.POLLIN | select.POLLOUT)
while True:
    line = sys.stdin.readline()
    print(repr(line))
    if not line:
        break
print([event for _, event in p.poll(100)])
p.modify(sys.stdin, 0)
print([event for _, event in p.poll(20)])
try:
    input()
except EOFError:
    print("end of input")
`;

function printed(command: string): string[] {
  const folder = folderWith({ "main.py": ASK, data: "x\ny\n" });
  const { stdout, stderr } = spawnSync("sh", ["-c", command], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, RUN: `${mpy2tsCommand} run main.py` },
  });
  expect(stderr).toBe("");
  return stdout.trimEnd().split("\n");
}

test("a file is ready for ever, and can be written to for all that poll knows", () => {
  const lines = printed("$RUN < data");
  expect(lines).toEqual(["'x\\n'", "'y\\n'", "''", "[5]", "[]", "end of input"]);
});

test("a pipe hangs up when nobody writes to it any more", () => {
  const lines = printed("printf 'a\\nb' | $RUN");
  expect(lines).toEqual(["'a\\n'", "'b'", "''", "[16]", "[16]", "end of input"]);
});

test("nothing is an end", () => {
  expect(printed("$RUN < /dev/null")).toEqual(["''", "[5]", "[]", "end of input"]);
});

const TERMINAL = `
import sys

for i in range(3):
    print("go", i)
    print(repr(sys.stdin.read()))
`;

const hasScript = spawnSync("script", ["--version"]).status === 0;

(hasScript ? test : test.skip)("a terminal goes on after Ctrl-D", async () => {
  const folder = folderWith({ "main.py": TERMINAL });
  const terminal = spawn("script", ["-qefc", `${mpy2tsCommand} run main.py`, "/dev/null"], {
    cwd: folder,
  });
  let text = "";
  terminal.stdout.on("data", (data: Buffer) => {
    text += data;
    // Each time it asks, a line and an end are typed.
    const asked = /go (\d)\r\n$/.exec(text);
    if (asked !== null) terminal.stdin.write(`line ${asked[1]}\n\x04`);
  });
  const status = await new Promise((resolve) => terminal.on("close", resolve));
  terminal.stdin.end();
  expect(status).toBe(0);
  for (const number of [0, 1, 2]) expect(text).toContain(`'line ${number}\\n'`);
});
