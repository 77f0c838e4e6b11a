/**
 * Gives a class of the runtime the constants that the board's port has, with the port's numbers, and
 * takes away the methods that it lacks. Called after `define` by every driver that ports disagree about.
 */

import type { Port } from "../../boards/board-data.js";
import { portTables } from "../../boards/names/index.js";
import { PORTS } from "../../core/call/signature.js";
import { StaticMethod } from "../../core/class/property.js";
import type { Type, TypeInfo } from "../../core/class/type.js";
import { varying } from "../../core/class/varying.js";
import { current, hasContext } from "../../core/context.js";
import { portConstant, portHas, requirePort } from "../../core/module/port-names.js";
import { mangle, TYPE, type Value } from "../../core/values.js";
import type { Board } from "../hal.js";

/** `path`: the name of the class in the tables, "machine.Pin". */
export function portMembers(cls: Type, path: string): void {
  const constants = new Set(
    portTables.flatMap((table) => Object.keys(table.constants[path] ?? {})),
  );
  const [module = "", own = ""] = path.split(".");
  const constant = (name: string): Value | undefined => {
    const value = portConstant(path, name);
    // Emitted code may read it without asking the module for the class.
    if (value === undefined) requirePort(module, own);
    return value;
  };
  for (const name of constants) varying(cls, name, () => constant(name));
  const partial = new Set(portTables.flatMap((table) => table.lacks[path] ?? []));
  for (const name of partial) {
    if (constants.has(name)) continue;
    const member = memberOf(cls, name);
    varying(cls, name, () => (portHas(path, name) ? member : undefined), member);
  }
}

/** Methods of the class take on each port what its table says. Called where such a class is defined. */
export function portSignatures(cls: Type, path: string): void {
  for (const key of portTables.flatMap((table) => Object.keys(table.signatures ?? {}))) {
    const name = key.slice(path.length + 1);
    if (key === `${path}.${name}` && !name.includes(".")) memberOf(cls, name)[PORTS] = key;
  }
}

/** Ports that call the class otherwise: its name in prints and messages is theirs. */
export function portTypeName(cls: Type, names: Partial<Record<Port, string>>): void {
  const info: TypeInfo = cls[TYPE];
  const { name } = info;
  const get = (): string =>
    (hasContext() ? names[(current().board as Board | null)?.data.port as Port] : undefined) ??
    name;
  Object.defineProperty(info, "name", { get, enumerable: true, configurable: true });
}

/** What the class itself has under the name; a mistake of the tables when it has nothing. */
function memberOf(cls: Type, name: string): Value {
  const stored = (cls[TYPE] as TypeInfo).members?.get(name);
  if (stored instanceof StaticMethod) return stored.fn;
  const value = cls.prototype[mangle(name)];
  if (value === undefined) throw new RangeError(`${(cls[TYPE] as TypeInfo).name} has no ${name}`);
  return value;
}
