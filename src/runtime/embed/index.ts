/**
 * `mpy2ts/embed`: runs an emitted program inside a TypeScript program. `mpy2ts/node` and
 * `mpy2ts/browser` add the hosts. Docs: docs/embedding.md.
 */

export { fromHost } from "./from-host.js";
export { awaitable } from "./host-promise.js";
export { PythonError } from "./python-error.js";
export {
  type Ending,
  type Result,
  RunningProgram,
  type StartOptions,
  start,
} from "./running-program.js";
export { toHost } from "./to-host.js";
