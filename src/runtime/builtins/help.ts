/** `help`: what a board tells about a value at its prompt. */

import { def } from "../core/call/signature.js";
import { load } from "../core/class/attributes.js";
import { infoOf, isType, nameOf, type Type, typeOf } from "../core/class/type.js";
import { Dict } from "../core/container/dict.js";
import { current } from "../core/context.js";
import { PyModule } from "../core/module/module.js";
import { str } from "../core/repr.js";
import type { Value } from "../core/values.js";
import { moduleLoaders } from "../modules/index.js";
import { print } from "./print.js";

const WELCOME = `Welcome to MicroPython!

For online docs please visit http://docs.micropython.org/

For further help on a specific object, type help(obj)`;

/** Columns of the list of modules, and how wide each is. */
const COLUMNS = 4;
const WIDTH = 18;

/** `help()`, `help(x)` and `help("modules")`, in the words of `py/builtinhelp.c`. */
export const help = def(
  (value?: Value): null => {
    if (value === undefined) print(WELCOME);
    else if (value === "modules") listModules();
    else describe(value);
    return null;
  },
  "object=, /",
  "help",
);

function describe(value: Value): void {
  print(`object ${str(value)} is of type ${nameOf(typeOf(value))}`);
  for (const [name, member] of membersOf(value)) {
    print(`  ${name} -- ${textOf(value, name, member)}`);
  }
}

/** The globals of a module; else what the class itself defines. */
function membersOf(value: Value): Iterable<[string, Value]> {
  if (value instanceof PyModule) return value.namespace().entries();
  const type: Type = isType(value) ? value : typeOf(value);
  if (infoOf(type) === undefined) return [];
  const own = load(type, "__dict__");
  return own instanceof Dict ? own.entries() : [];
}

/** Of builtin types, what is called on the type itself is a class method. */
function textOf(holder: Value, name: string, member: Value): string {
  const info = infoOf(isType(holder) ? holder : typeOf(holder));
  return info?.statics?.[name] === member ? "<classmethod>" : str(member);
}

function listModules(): void {
  const present = Object.keys(moduleLoaders).filter((name) => current().hasModule(name));
  const names = ["__main__", ...present].sort();
  const lines = Math.ceil(names.length / COLUMNS);
  for (let line = 0; line < lines; line++) {
    const row = names.filter((_, at) => at % lines === line);
    print(
      row
        .map((name) => name.padEnd(WIDTH))
        .join("")
        .trimEnd(),
    );
  }
  print("Plus any modules on the filesystem");
}
