/**
 * What the modules and classes of the runtime offer on one port and not on another, and the numbers that
 * constants have there. The boards' data holds one of these tables (boards/names); module objects and
 * `varying` members of classes ask it.
 */

import { current, hasContext } from "../context.js";
import { isDetailed } from "../exception/error-detail.js";
import { AttributeError, NameError } from "../exception/exceptions.js";
import type { Value } from "../values.js";
import type { LanguageFeature } from "./language-features.js";

export interface PortNames {
  /** By module ("machine") or class ("machine.Pin"): names that other ports have and this one has not. */
  readonly lacks: Readonly<Record<string, readonly string[]>>;
  /** The optional parts of the language that it is built without. */
  readonly without?: readonly LanguageFeature[];
  /** Whose error numbers the port has, where not those of most ports. */
  readonly errno?: "newlib";
  /** Its messages of exceptions name no functions, modules or texts. */
  readonly messages?: "normal";
  /** Whose sockets it has, where not those of Linux. */
  readonly sockets?: "lwip" | "idf";
  /** By method ("machine.Pin.init"): what it takes there, where the runtime's own signature is another. */
  readonly signatures?: Readonly<Record<string, string>>;
  /** By module or class: all constants that are numbers of the port. */
  readonly constants: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** What looking up a name raises that a module has not. */
export function missingInModule(module: string, name: string): string {
  return `${isDetailed() ? `module '${module}'` : "'module' object"} has no attribute '${name}'`;
}

/** Whether the port of the board has the name. */
export function portHas(path: string, name: string): boolean {
  return current().names.lacks[path]?.includes(name) !== true;
}

/** Whether the builtin type has the method on the port of the board. */
export function typeHas(type: string, name: string): boolean {
  return !hasContext() || portHas(type, name);
}

/** Raises what reading the builtin raises on a board whose port has none. Asked when it is called. */
export function requireBuiltin(name: string): void {
  if (hasContext() && !portHas("builtins", name)) {
    throw new NameError(`name '${name}' isn't defined`);
  }
}

/**
 * A builtin that some ports lack, wherever emitted code does more than call it: there it reads
 * `present("NotImplemented", NotImplemented)`.
 */
export function present<T>(name: string, builtin: T): T {
  requireBuiltin(name);
  return builtin;
}

/**
 * Raises what looking up the name raises on a board whose port has none. Asked by the class itself when
 * an instance is made, so that emitted code names it directly: `new network.WLAN(...)`.
 */
export function requirePort(module: string, name: string): void {
  if (portHas(module, name)) return;
  throw new AttributeError(missingInModule(module, name));
}

/**
 * A function of a module that one port lacks and programs on all others call all the time: emitted code
 * calls it without a look at the board, so that it looks itself.
 */
export function wherePresent<F extends (...args: Value[]) => Value>(
  module: string,
  name: string,
  fn: F,
): F {
  return ((...args: Value[]): Value => {
    if (hasContext()) requirePort(module, name);
    return fn(...args);
  }) as F;
}

/** Likewise a method of a builtin type: the value comes first, and one argument at most. */
export function methodWherePresent<T>(
  type: string,
  name: string,
  fn: (self: Value, argument: Value) => T,
): (self: Value, argument: Value) => T {
  return (self, argument) => {
    if (typeHas(type, name)) return fn(self, argument);
    throw new AttributeError(`'${type}' object has no attribute '${name}'`);
  };
}

/** The constants of a module or class on the port of the board. */
export function portConstants(path: string): Readonly<Record<string, number>> {
  return current().names.constants[path] ?? {};
}

/** The number of a constant on the port of the board; undefined where it has none. */
export function portConstant(path: string, name: string): number | undefined {
  const constants = portConstants(path);
  return Object.hasOwn(constants, name) ? constants[name] : undefined;
}

/** Which of the names has that number on the port of the board. */
export function constantNamed<Name extends string>(
  path: string,
  names: readonly Name[],
  value: number,
): Name | undefined {
  const constants = portConstants(path);
  return names.find((name) => constants[name] === value);
}
