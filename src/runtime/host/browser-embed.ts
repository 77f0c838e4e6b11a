/**
 * `mpy2ts/browser`: emitted programs inside a page or a worker. `start()` with options of its own
 * makes the host; everything of `mpy2ts/embed` is here too.
 */

import { checkOptions, type OptionNames } from "../embed/known-options.js";
import {
  type RunningProgram,
  START_OPTIONS,
  type StartOptions,
  start as startOn,
} from "../embed/running-program.js";
import { BrowserHost, type BrowserHostOptions } from "./browser.js";
import { type TextSink, textSink } from "./text-sink.js";

export * from "../embed/index.js";
export { BrowserHost } from "./browser.js";
export { MemoryFiles } from "./memory-files.js";
export { MemoryNetwork } from "./memory-network.js";
export { TextInput } from "./text-input.js";
export { VirtualHost } from "./virtual.js";

export interface BrowserStartOptions
  extends Omit<StartOptions, "host">,
    Omit<BrowserHostOptions, "write" | "writeError"> {
  /** Receives what the program prints. */
  output: TextSink;
  /** Receives tracebacks; left out, `output` does. */
  errors?: TextSink;
}

const OPTIONS: OptionNames<BrowserStartOptions> = {
  output: true,
  errors: true,
  input: true,
  files: true,
  network: true,
  environment: true,
  onInterrupt: true,
  ...START_OPTIONS,
};

/** Starts a program in this page; see `mpy2ts/embed`. */
export function start(main: unknown, options: BrowserStartOptions): RunningProgram {
  checkOptions("start()", options, OPTIONS);
  const { output, errors, input, files, network, environment, onInterrupt, ...rest } = options;
  const host = new BrowserHost({
    write: textSink(output),
    ...(errors !== undefined && { writeError: textSink(errors) }),
    ...(input !== undefined && { input }),
    ...(files !== undefined && { files }),
    ...(network !== undefined && { network }),
    ...(environment !== undefined && { environment }),
    ...(onInterrupt !== undefined && { onInterrupt }),
  });
  return startOn(main, { ...rest, host });
}
