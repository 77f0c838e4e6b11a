/**
 * Making instances of ES classes when the call is not known until run time: `__new__`, `__init__`
 * with its arguments checked, and the native value that a subclass of a builtin type wraps.
 */

import { bindArguments, type Kwargs } from "../call/arguments.js";
import { apply } from "../call/call.js";
import { isBuiltinFunction, signatureOf } from "../call/signature.js";
import { ARGS, BaseException, TypeError } from "../exception/exceptions.js";
import { NATIVE } from "../slots.js";
import { asTuple, BARE, TYPE, type Value } from "../values.js";
import { checkInit, PyObject } from "./object.js";
import { type Type, type TypeInfo, typeOf } from "./type.js";

/** On the `__init__` of classes that wrap a native value: it is not the program's own. */
export const WRAPPER_INIT: unique symbol = Symbol("wrapper init");

/** `cls(*args, **kwargs)` for an ES class. */
export function instantiate(cls: Type, args: Value[], kwargs?: Kwargs): Value {
  const make = cls.prototype.__new__;
  // That of a class of the runtime gives the one object of a unit: a program's own class makes its own.
  if (make !== undefined && (cls[TYPE].builtin || !isBuiltinFunction(make))) {
    const object = apply(make, [cls, ...args], kwargs);
    if (typeOf(object) === cls) initialise(object, args, kwargs);
    return object;
  }
  const init = cls.prototype.__init__;
  if (init === PyObject.prototype.__init__) {
    if (cls === PyObject && (args.length > 0 || kwargs !== undefined)) {
      throw new TypeError(`function takes 0 positional arguments but ${args.length} were given`);
    }
    return new cls();
  }
  if (init === BaseException.prototype.__init__) {
    rejectKeywords(kwargs);
    return new cls(...args);
  }
  const info: TypeInfo = cls[TYPE];
  if (info.native === undefined) {
    const signature = signatureOf(init);
    if (kwargs === undefined && args.length >= signature.least && args.length <= signature.most) {
      return new cls(...args);
    }
    const bound = bindArguments(signature, args, kwargs);
    if (bound === args) return new cls(...args);
  }
  const object = new cls(BARE);
  initialise(object, args, kwargs);
  return object;
}

/** Runs `__init__` and then makes the native part, where `__init__` did not. */
function initialise(object: Value, args: Value[], kwargs: Kwargs | undefined): void {
  const init = object.__init__;
  if (
    init !== PyObject.prototype.__init__ &&
    init !== BaseException.prototype.__init__ &&
    init[WRAPPER_INIT] === undefined
  ) {
    checkInit(init.apply(object, bindArguments(signatureOf(init), args, kwargs)));
  }
  complete(object, args, kwargs);
}

/** Makes the native part of an object whose `__init__` has run without doing so. */
export function complete(object: Value, args: Value[], kwargs?: Kwargs): void {
  if (object instanceof BaseException) {
    if (object[ARGS] !== undefined) return;
    rejectKeywords(kwargs);
    object[ARGS] = asTuple(args);
    return;
  }
  const { native } = object.constructor[TYPE] as TypeInfo;
  if (native !== undefined && object[NATIVE] === undefined) {
    object[NATIVE] = apply(native, args, kwargs);
  }
}

function rejectKeywords(kwargs: Kwargs | undefined): void {
  if (kwargs !== undefined && Object.keys(kwargs).length > 0) {
    throw new TypeError("function doesn't take keyword arguments");
  }
}
