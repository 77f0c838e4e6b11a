/**
 * Prints `N passed, N failed` from jest's JSON report and the counts of further checks; called by
 * `.ci/run` with: report, exit code of the tests, checks passed, checks failed.
 */
import { readFileSync } from "node:fs";

const [report, exitCode, checksPassed, checksFailed] = process.argv.slice(2);
let passed = Number(checksPassed);
let failed = Number(checksFailed);
try {
  const results = JSON.parse(readFileSync(report, "utf8"));
  passed += results.numPassedTests;
  // A suite that could not even start has no tests to count.
  failed += results.numFailedTests + results.numRuntimeErrorTestSuites;
  if (results.numPendingTests > 0) console.log(`${results.numPendingTests} skipped`);
} catch {
  console.log("The tests left no report.");
}
// Never "0 failed" when the test command itself failed.
if (Number(exitCode) !== 0 && failed === Number(checksFailed)) failed += 1;
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
