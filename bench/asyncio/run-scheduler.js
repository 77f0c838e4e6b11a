/** Runs a workload on the scheduler by hand: `run-scheduler.js FILE REPEATS ARGUMENTS...` */
import * as scheduled from "./scheduled.js";
import { run } from "./scheduler.js";
import { end, start } from "./stopwatch.js";

const [file, repeats, ...counts] = process.argv.slice(2);
for (let i = 0; i < Number(repeats); i++) {
  start();
  // biome-ignore lint/performance/noDynamicNamespaceImportAccess: the command line names it.
  await run(scheduled[file](...counts.map(Number)));
  end();
}
