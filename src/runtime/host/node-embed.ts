/**
 * `mpy2ts/node`: emitted programs inside a Node service. `start()` with options of its own makes the
 * host; everything of `mpy2ts/embed` is here too.
 */

import { findSourceMaps } from "../core/exception/source-map.js";
import { checkOptions, type OptionNames } from "../embed/known-options.js";
import {
  type RunningProgram,
  START_OPTIONS,
  type StartOptions,
  start as startOn,
} from "../embed/running-program.js";
import type { InputSource } from "./host.js";
import { NodeHost, type NodeHostOptions } from "./node.js";
import { NodeFiles } from "./node-files.js";
import { onInterrupt } from "./node-interrupt.js";
import { mapBeside } from "./node-maps.js";
import { type TextSink, textSink } from "./text-sink.js";

export * from "../embed/index.js";
export { MemoryFiles } from "./memory-files.js";
export { MemoryNetwork } from "./memory-network.js";
export { NodeHost } from "./node.js";
export { NodeFiles } from "./node-files.js";
export { NodeInput } from "./node-input.js";
export { TextInput } from "./text-input.js";
export { VirtualHost } from "./virtual.js";

export interface NodeStartOptions extends Omit<StartOptions, "host"> {
  /** Receives what the program prints; left out, it goes to the process's standard output. */
  output?: TextSink;
  /** Receives tracebacks; left out, standard error. */
  errors?: TextSink;
  /** Standard input; left out, there is none. `new NodeInput()` is the process's. */
  input?: InputSource;
  /** The folder that the program sees as its files; left out, there are none. */
  folder?: string;
  /** Ctrl-C in the terminal of the process interrupts the program. */
  interruptible?: boolean;
  /** Instead of the host that the options above make. */
  host?: StartOptions["host"];
}

const OPTIONS: OptionNames<NodeStartOptions> = {
  output: true,
  errors: true,
  input: true,
  folder: true,
  interruptible: true,
  host: true,
  ...START_OPTIONS,
};

/** Starts a program in this process; see `mpy2ts/embed`. */
export function start(main: unknown, options: NodeStartOptions = {}): RunningProgram {
  checkOptions("start()", options, OPTIONS);
  const { output, errors, input, folder, interruptible = false, host, ...rest } = options;
  findSourceMaps(mapBeside);
  const made: NodeHostOptions = {
    ...(output !== undefined && { write: textSink(output) }),
    ...(errors !== undefined && { writeError: textSink(errors) }),
    ...(input !== undefined && { input }),
    ...(folder !== undefined && { files: new NodeFiles(folder) }),
    onInterrupt: interruptible ? onInterrupt : () => () => {},
  };
  return startOn(main, { ...rest, host: host ?? new NodeHost(made) });
}
