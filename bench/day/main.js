/**
 * A day of blinking in virtual time:
 *
 *   node bench/day/main.js [--hours 24]
 *
 * Each program runs in a process of its own, on a simulated Pico, with the trace off. The exit code is 1
 * when one takes longer than ten seconds of CPU time, start of Node and compiler included.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const { values } = parseArgs({ options: { hours: { type: "string", default: "24" } } });
const hours = Number(values.hours);
const BAR = 10;
const path = (file) => fileURLToPath(new URL(file, import.meta.url));

let worst = 0;
for (const program of ["blink_asyncio.py", "blink_blocking.py", "blink_timer.py"]) {
  const command = [
    path("../../bin/mpy2ts.js"),
    "run",
    path(program),
    "--virtual",
    "--board",
    "pico",
  ];
  const { status, stderr } = spawnSync(
    process.execPath,
    ["--import", path("cpu-time.js"), ...command, "--until", String(hours * 3_600_000)],
    { encoding: "utf8" },
  );
  const used = /^CPU (\d+)$/m.exec(stderr);
  if (status !== 0 || used === null) throw new Error(stderr);
  const seconds = Number(used[1]) / 1e6;
  worst = Math.max(worst, seconds);
  const ratio = Math.round((hours * 3600) / seconds);
  console.log(`${program.padEnd(18)} ${seconds.toFixed(2)} s CPU, ${ratio} times the clock`);
}
console.log(worst <= BAR ? `within ${BAR} s` : `more than ${BAR} s`);
process.exitCode = worst <= BAR ? 0 : 1;
