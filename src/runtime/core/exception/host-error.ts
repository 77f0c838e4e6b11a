/**
 * Errors that the host throws where emitted code uses JavaScript directly, as the Python exceptions
 * that MicroPython raises there.
 */

import { EarlyError } from "../class/object.js";
import { typeName } from "../class/type.js";
import {
  AttributeError,
  type BaseException,
  MemoryError,
  NameError,
  RuntimeError,
  TRACE,
  TypeError,
  ValueError,
} from "./exceptions.js";

/** One kind of host error: how its message looks, in V8 and elsewhere, and what it becomes. */
interface Rule {
  message: RegExp;
  make(match: RegExpExecArray): BaseException;
}

const RULES: readonly Rule[] = [
  {
    message: /call stack size exceeded|too much recursion/,
    make: () => new RuntimeError("maximum recursion depth exceeded"),
  },
  {
    message: /Cannot (?:read|set) properties of null \((?:reading|setting) '([^']*)'\)/,
    make: ([, name]) => new AttributeError(`'NoneType' object has no attribute '${python(name)}'`),
  },
  {
    message: /Cannot (?:read|set) properties of undefined \((?:reading|setting) '([^']*)'\)/,
    make: ([, name]) => new AttributeError(`'object' object has no attribute '${python(name)}'`),
  },
  {
    message: /Cannot set property (\S+) of (?:#<(\S+)>|.*) which has only a getter/,
    make: ([, name, type]) =>
      new AttributeError(`'${type ?? "object"}' object has no attribute '${python(name)}'`),
  },
  {
    message: /Cannot access '([^']*)' before initialization|^(\S+) is not defined/,
    make: ([, early, unknown]) => new NameError(`name '${python(early ?? unknown)}' isn't defined`),
  },
  {
    message: /[gG]enerator is already running|already executing/,
    make: () => new ValueError("generator already executing"),
  },
  {
    message: /\.([\w$]+) is not a (?:function|constructor)/,
    make: ([, name]) => new AttributeError(`'object' object has no attribute '${python(name)}'`),
  },
  {
    message: /is not a (?:function|constructor)|Class constructor/,
    make: () => new TypeError("object isn't callable"),
  },
  { message: /is not iterable/, make: () => new TypeError("object isn't iterable") },
  {
    message:
      /Invalid (?:array|string|typed array|array buffer) length|allocation failed|BigInt.*size/i,
    make: () => new MemoryError("memory allocation failed"),
  },
];

function python(name: string | undefined): string {
  return (name ?? "").replace(/\$$/, "");
}

/** The Python exception for a host error; undefined for an error of another kind. */
export function pythonError(error: unknown): BaseException | undefined {
  if (error instanceof EarlyError) {
    const message = error.message(typeName);
    const made = error.type === "TypeError" ? new TypeError(message) : new AttributeError(message);
    made[TRACE] = [error.trace];
    return made;
  }
  if (!(error instanceof Error)) return undefined;
  for (const { message, make } of RULES) {
    const match = message.exec(error.message);
    if (match === null) continue;
    const made = make(match);
    made[TRACE] = [{ holder: { stack: error.stack ?? "" }, provisional: false }];
    return made;
  }
  return undefined;
}
