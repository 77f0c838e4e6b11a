/** Runs a workload on the scheduler by hand: `run-scheduler.js FILE REPEATS ARGUMENTS...` */
import * as scheduled from "./scheduled.js";
import { run } from "./scheduler.js";

const [file, repeats, ...counts] = process.argv.slice(2);
const mark = () => {
  const { user, system } = process.cpuUsage();
  console.log(`at ${user + system}`);
};
for (let i = 0; i < Number(repeats); i++) {
  mark();
  // biome-ignore lint/performance/noDynamicNamespaceImportAccess: the command line names it.
  await run(scheduled[file](...counts.map(Number)));
  mark();
}
