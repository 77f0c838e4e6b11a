/** The `sys` module: what the program runs on, its arguments and its streams. */

import { NATIVE_CODES } from "../boards/board-data.js";
import { def } from "../core/call/signature.js";
import { typeOf } from "../core/class/type.js";
import { attrTuple } from "../core/container/attr-tuple.js";
import { current, perContext } from "../core/context.js";
import { beingHandled } from "../core/exception/being-handled.js";
import { SystemExit } from "../core/exception/exceptions.js";
import { formatException } from "../core/exception/traceback.js";
import { RELEASE_BUILT, VERSION } from "../core/release.js";
import { tup, type Value } from "../core/values.js";
import { standardStreams } from "../io/standard-streams.js";
import { writeText } from "../io/write-text.js";
import type { Board } from "../machine/hal.js";

/** The version of precompiled files that `sys.implementation._mpy` tells. */
const MPY = 6 | (3 << 8);
/** Where it has the kind of machine code. */
const CODE_BITS = 10;

export const byteorder = "little";
export const version = `3.4.0; MicroPython ${RELEASE_BUILT}`;
export const version_info = tup(3, 4, 0);

function board(): Board {
  return current().board as Board;
}

const implementation = perContext(() => {
  const { machine, build, nativeCode, threads } = board().data;
  return attrTuple({
    name: "micropython",
    version: VERSION,
    _machine: machine,
    _mpy: nativeCode === undefined ? MPY : MPY | (NATIVE_CODES[nativeCode] << CODE_BITS),
    _build: build,
    ...(threads === undefined ? {} : { _thread: threads }),
  });
});

/** `sys.maxsize` where a word has 32 bits, and where it has 64. */
const [MAX_SIZE, LONG_MAX_SIZE] = [0x7fffffff, 0x7fffffffffffffffn];

/** What the port's own shell begins its lines with. */
const prompts = perContext(() => ({ ps1: ">>> " as Value, ps2: "... " as Value }));

const argv = perContext(() => [...current().argv]);

/** `exit(value)`: ends the program. */
export const exit = def(
  (retval?: Value) => {
    throw retval === undefined ? new SystemExit() : new SystemExit(retval);
  },
  "retval=, /",
  "exit",
);

/**
 * `atexit(callback)`: called when the program has ended, by an exception too; returns the callback
 * before. As in the unix port, what cannot be called is not (`None` takes the callback away).
 */
export const atexit = def(
  (callback: Value) => {
    const context = current();
    const before = context.atExit ?? null;
    context.atExit = callback;
    return before;
  },
  "callback, /",
  "atexit",
);

/** `print_exception(exc, file)`: the traceback, on standard output unless told otherwise. */
export const print_exception = def(
  (exc: Value, file?: Value) => {
    writeText(file ?? standardStreams().stdout, formatException(exc));
    return null;
  },
  "exc, file=, /",
  "print_exception",
);

/** `exc_info()`: type and value of the exception that is being handled; never a traceback. */
export const exc_info = def(
  () => {
    const exception = beingHandled();
    return exception === null ? tup(null, null, null) : tup(typeOf(exception), exception, null);
  },
  "/",
  "exc_info",
);

function prompt(name: "ps1" | "ps2") {
  return {
    get: (): Value => prompts()[name],
    set: (value: Value): void => {
      prompts()[name] = value;
    },
  };
}

/** Attributes that belong to one run. */
export const $dynamic = {
  argv: { get: (): Value => argv() },
  path: {
    get: (): Value => current().sysPath,
    set: (value: Value): void => {
      current().sysPath = value;
    },
  },
  modules: { get: (): Value => current().modules },
  maxsize: { get: (): Value => (board().data.port === "unix" ? LONG_MAX_SIZE : MAX_SIZE) },
  ps1: prompt("ps1"),
  ps2: prompt("ps2"),
  platform: { get: (): Value => board().data.platform },
  implementation: { get: (): Value => implementation() },
  stdin: { get: (): Value => standardStreams().stdin },
  stdout: { get: (): Value => standardStreams().stdout },
  stderr: { get: (): Value => standardStreams().stderr },
};
