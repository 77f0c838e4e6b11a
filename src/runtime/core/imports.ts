/**
 * Python's import statement. Emitted code loads files by ES imports; these run them: a module's body
 * once, at its first import, its packages first.
 */

import { getattr, load } from "./attributes.js";
import { runToEnd, type Waiting } from "./blocking.js";
import { current } from "./context.js";
import { ImportError } from "./exceptions.js";
import { each } from "./iteration.js";
import { ProjectModule, PyModule, RuntimeModule } from "./module.js";
import { isGenerator } from "./type.js";
import { SAVE, type Value } from "./values.js";

/** A module of the program: its body has run, or runs already, when this returns. */
export function imported(module: ProjectModule): PyModule {
  return runToEnd(importProject(module));
}
imported.wait = importProject;

function* importProject(module: ProjectModule): Waiting<PyModule> {
  const { modules } = current();
  if (modules.get(module.name) === module) return module;
  const dot = module.name.lastIndexOf(".");
  const parent = dot < 0 ? undefined : yield* importParent(module.name.slice(0, dot));
  modules.set(module.name, module);
  try {
    yield* runBody(module);
  } catch (error) {
    modules.delete(module.name);
    throw error;
  }
  parent?.adopt(module.name.slice(dot + 1), module);
  return module;
}

/** Runs the statements of a module. */
export function* runBody(module: ProjectModule): Waiting {
  const context = current();
  const { locals } = context;
  context.locals = module.namespace();
  try {
    const running = module.body();
    return isGenerator(running) ? yield* running : running;
  } finally {
    context.locals = locals;
  }
}

/** The package that a module is in: known from its own import, or found by the loader. */
function* importParent(name: string): Waiting<PyModule | undefined> {
  const { modules, findModule } = current();
  const known = modules.get(name) ?? findModule?.(name);
  return known instanceof ProjectModule ? yield* importProject(known) : known;
}

/** A module of the runtime, if this board has it; or whatever the loader finds under the name. */
export function importing(name: string, exports?: Readonly<Record<string, Value>>): PyModule {
  return runToEnd(importNamed(name, exports));
}
importing.wait = importNamed;

function* importNamed(name: string, exports?: Readonly<Record<string, Value>>): Waiting<PyModule> {
  const context = current();
  const known = context.modules.get(name);
  if (known !== undefined) return known;
  if (exports !== undefined && context.hasModule(name)) return asModule(exports, name);
  const found = exports === undefined ? context.findModule?.(name) : undefined;
  if (found === undefined) throw new ImportError(`no module named '${name}'`);
  if (found instanceof ProjectModule) return yield* importProject(found);
  context.modules.set(name, found);
  return found;
}

/** The Python module object of a runtime module's ES namespace. */
export function asModule(exports: Readonly<Record<string, Value>>, name: string): PyModule {
  const { modules } = current();
  let module = modules.get(name);
  if (module === undefined) {
    module = new RuntimeModule(name, exports);
    modules.set(name, module);
  }
  return module;
}

/** `from module import name` */
export function importFrom(module: Value, name: string): Value {
  const value = load(module, name);
  if (value !== undefined) return value;
  // A program may put any object into `sys.modules`.
  if (!(module instanceof PyModule)) throw new ImportError(`can't import name ${name}`);
  const { modules, findModule } = current();
  const submodule = `${module.name}.${name}`;
  const found = modules.get(submodule) ?? findModule?.(submodule);
  if (found instanceof ProjectModule) return imported(found);
  if (found !== undefined) return found;
  throw new ImportError(`can't import name ${name}`);
}

/** `from module import *` */
export function importStar(target: Value, module: Value): void {
  const all = module instanceof PyModule ? module.get("__all__") : load(module, "__all__");
  const names = all !== undefined ? each(all) : publicNames(module);
  for (const name of names) target[SAVE](name, importFrom(module, name));
}

function publicNames(module: Value): string[] {
  const names: string[] =
    module instanceof PyModule ? module.names() : [...getattr(module, "__dict__").keys()];
  return names.filter((name) => !name.startsWith("_"));
}

/** `import a.b.c` binds `a`. */
export function importTop(module: PyModule, name: string): PyModule {
  return current().modules.get(name.split(".")[0] as string) ?? module;
}

/** `globals()` in that module. */
export function globals(module: PyModule): Value {
  return module.namespace();
}
