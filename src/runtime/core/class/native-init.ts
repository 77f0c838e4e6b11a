/**
 * Classes of a program that extend one of MicroPython's own and do not call its `__init__`: the native part is
 * made of the arguments of the call once their `__init__` has run (py/objtype.c, `mp_obj_instance_make_new`).
 * `define` puts these in place of the `__init__` of such classes.
 */

import { bindArguments } from "../call/arguments.js";
import {
  BUILTIN,
  type Callable,
  isBuiltinFunction,
  METHOD,
  SIGNATURE,
  signatureOf,
  WRAPS,
} from "../call/signature.js";
import { TYPE, type Value } from "../values.js";

/** On instances of a program's classes: the native part is there. */
const MADE: unique symbol = Symbol("made");
/** On the `__init__` of a class of MicroPython's own. */
const MAKES: unique symbol = Symbol("makes");

/** The `__init__` of a native class: it marks what it has made. */
export function making(init: Callable): Callable {
  const run: Value = function (this: Value, ...args: Value[]): Value {
    const result = init.apply(this, args);
    if (!this.constructor[TYPE].builtin) this[MADE] = true;
    return result;
  };
  run[MAKES] = true;
  return described(run, init);
}

/** The `__init__` of a program's class whose base is native: sees to it that the native part is made. */
export function completing(init: Callable, base: Value): Callable {
  const make = nativeInit(base.prototype);
  if (make === undefined) return init;
  const complete = (self: Value, args: Value[]): void => {
    if (self.__init__ !== run || self[MADE] === true) return;
    make.apply(self, bindArguments(signatureOf(make), args, undefined));
  };
  const run: Value = function (this: Value, ...args: Value[]): Value {
    const result = init.apply(this, args);
    complete(this, args);
    return result;
  };
  const { wait } = init as Value;
  if (wait !== undefined) {
    run.wait = function* (this: Value, ...args: Value[]): Value {
      const result = yield* wait.apply(this, args);
      complete(this, args);
      return result;
    };
  }
  return described(run, init);
}

/** That of the native class among the bases; other classes of the program may be between. */
function nativeInit(prototype: Value): Value {
  let at = prototype;
  while (at !== null && !(Object.hasOwn(at, "__init__") && at.__init__[MAKES] === true)) {
    at = Object.getPrototypeOf(at);
  }
  return at?.__init__;
}

function described(run: Value, init: Callable): Callable {
  run[METHOD] = true;
  const { [SIGNATURE]: signature } = init as Value;
  if (signature !== undefined) run[SIGNATURE] = signature;
  run[WRAPS] = init;
  run[BUILTIN] = isBuiltinFunction(init);
  return run;
}
