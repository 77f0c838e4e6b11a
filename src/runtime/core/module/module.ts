/**
 * Python modules. `module(...)` is the last statement of every emitted file: it ties the file's live
 * ES bindings to a Python module object, whose body the first import runs (imports.ts).
 */

import { call } from "../call/call.js";
import { def, isBuiltinFunction, NAME, WRAPS } from "../call/signature.js";
import type { TypeInfo } from "../class/type.js";
import type { Dict } from "../container/dict.js";
import type { Context } from "../context.js";
import { AttributeError, KeyError, NotImplementedError } from "../exception/exceptions.js";
import { PRINT } from "../slots.js";
import { INSTANCE, LOAD, MISSING, REMOVE, SAVE, TYPE, type Value } from "../values.js";
import { hasFeature } from "./language-features.js";
import { loadedModules } from "./loaded-modules.js";
import { NamespaceDict } from "./namespace.js";
import { missingInModule, portConstant, portConstants, portHas } from "./port-names.js";
import { replacedBuiltins } from "./replaced-builtins.js";

/** How a module object reads, and where the program rebinds it writes, one global. */
export type Accessor = readonly [get: () => Value, set?: (value: Value) => void];

export interface ModuleOptions {
  file: string;
  doc?: string;
  package?: boolean;
  /** Definitions that others may not see before the body says that they are `defined`. */
  later?: readonly string[];
  /** Globals that never change, with their values. */
  names?: Readonly<Record<string, Value>>;
  variables?: Readonly<Record<string, Accessor>>;
}

export abstract class PyModule {
  static [TYPE]: TypeInfo = { name: "module", bases: [], abstract: true };

  /** Attributes that were set from outside, beside the module's own names. */
  protected readonly extra = new Map<string, Value>();

  constructor(readonly name: string) {}

  /** Where it is, if it is in a file. */
  get file(): string | undefined {
    return undefined;
  }

  /** `__file__`, where the module has one. */
  private get shownFile(): string | undefined {
    return hasFeature("moduleFile") ? this.file : undefined;
  }

  /** Its `__dict__` takes no changes, as those of MicroPython's modules in read-only memory. */
  get isReadOnly(): boolean {
    return false;
  }

  abstract own(name: string): Value | undefined;
  abstract ownNames(): string[];

  /** The attribute; undefined where there is none. */
  load(name: string): Value | undefined {
    const value = this.get(name);
    if (value !== undefined) return value;
    if (name === "__dict__") return this.namespace();
    if (name === "__getattr__") return undefined;
    const hook = this.get("__getattr__");
    return hook === undefined ? undefined : call(hook, name);
  }

  /** The global of that name, without `__getattr__`. */
  get(name: string): Value | undefined {
    const value = this.extra.has(name) ? this.extra.get(name) : this.own(name);
    if (value !== undefined) return value;
    if (name === "__name__") return this.name;
    return name === "__file__" ? this.shownFile : undefined;
  }

  save(name: string, value: Value): void {
    this.extra.set(name, value);
  }

  /** A submodule was imported: it becomes an attribute of its package. */
  adopt(name: string, submodule: PyModule): void {
    this.save(name, submodule);
  }

  remove(name: string): boolean {
    return this.extra.delete(name);
  }

  /** Every name that has a value now. */
  names(): string[] {
    const all = new Set(["__name__", ...this.ownNames(), ...this.extra.keys()]);
    if (this.shownFile !== undefined) all.add("__file__");
    return [...all].filter((name) => this.get(name) !== undefined);
  }

  private dict: Dict | undefined;

  /** `globals()` and `__dict__`. */
  namespace(): Dict {
    this.dict ??= new NamespaceDict(this);
    return this.dict;
  }

  [LOAD](name: string): Value | undefined {
    return this.load(name);
  }

  [SAVE](name: string, value: Value): void {
    this.save(name, value);
  }

  [REMOVE](name: string): boolean {
    return this.remove(name);
  }

  [MISSING](name: string): string {
    return missingInModule(this.name, name);
  }

  [PRINT](): string {
    const from = this.shownFile === undefined ? "" : ` from '${this.shownFile}'`;
    return `<module '${this.get("__name__")}'${from}>`;
  }
}

/** Of the classes of modules, whose objects are all of one Python type. */
export const moduleType: TypeInfo = { name: "module", bases: [], represents: () => PyModule };

/** A module of the program. */
export class ProjectModule extends PyModule {
  static override [TYPE] = moduleType;

  /** The package it is in, once imported. */
  parent: PyModule | undefined;
  /** `__main__` in the module that a run starts with. */
  runName: string | undefined;
  /** The program that has run it last: its globals are those of one program at a time. */
  owner: Context | undefined;
  /** Definitions that the body has not come to yet. */
  readonly later: Set<string>;

  constructor(
    name: string,
    readonly options: ModuleOptions,
    /** The module's statements: a generator function where they may block. */
    readonly body: () => Value,
  ) {
    super(name);
    this.later = new Set(options.later);
  }

  override get file(): string {
    return this.options.file;
  }

  override own(name: string): Value | undefined {
    const { names, variables, doc } = this.options;
    if (this.later.has(name)) return undefined;
    if (names !== undefined && Object.hasOwn(names, name)) return names[name];
    if (variables !== undefined && Object.hasOwn(variables, name)) return variables[name]?.[0]();
    if (name === "__name__") return this.runName;
    if (name === "__path__" && this.options.package) return this.file.replace(/\/[^/]*$/, "");
    return name === "__doc__" ? doc : undefined;
  }

  override ownNames(): string[] {
    const { names = {}, variables = {} } = this.options;
    return [...Object.keys(names), ...Object.keys(variables)];
  }

  /** How a name of the module is read and set; undefined where it has no such name. */
  private accessor(name: string): Accessor | undefined {
    const { names = {}, variables = {} } = this.options;
    if (Object.hasOwn(names, name)) return [() => names[name]];
    return Object.hasOwn(variables, name) ? variables[name] : undefined;
  }

  override save(name: string, value: Value): void {
    const accessor = this.accessor(name);
    if (accessor === undefined) {
      this.extra.set(name, value);
    } else if (accessor[1] !== undefined) {
      accessor[1](value);
    } else if (accessor[0]() !== value) {
      throw new NotImplementedError(`'${name}' of module '${this.name}' cannot be replaced`);
    }
  }

  /** `from .led import led` in a package: the package's own name comes after its submodule's. */
  override adopt(name: string, submodule: PyModule): void {
    const accessor = this.accessor(name);
    if (accessor === undefined || accessor[1] !== undefined) this.save(name, submodule);
  }

  override remove(name: string): boolean {
    const accessor = this.accessor(name);
    if (accessor === undefined) return super.remove(name);
    if (accessor[0]() === undefined) return false;
    if (accessor[1] === undefined) {
      throw new NotImplementedError(`'${name}' of module '${this.name}' cannot be deleted`);
    }
    accessor[1](undefined);
    return true;
  }
}

/** Attributes of a runtime module that belong to one run: `sys.path`, `sys.platform`. */
export type DynamicNames = Readonly<
  Record<string, { get(): Value; set?: (value: Value) => void } | undefined>
>;

/** The modules of the runtime that ports freeze from Python files, with the files; umqtt is but a folder. */
const IN_PYTHON: Readonly<Record<string, string | undefined>> = {
  apa102: "apa102.py",
  apa106: "apa106.py",
  asyncio: "asyncio/__init__.py",
  dht: "dht.py",
  ds18x20: "ds18x20.py",
  mip: "mip/__init__.py",
  neopixel: "neopixel.py",
  ntptime: "ntptime.py",
  onewire: "onewire.py",
  requests: "requests/__init__.py",
  rp2: "rp2.py",
  umqtt: undefined,
  urequests: "urequests.py",
  webrepl: "webrepl.py",
};

/** A plain function of a module is a builtin one that takes what it declares, without keywords. */
function asBuiltin(value: Value, name: string): void {
  if (typeof value !== "function" || value[TYPE] !== undefined || name.startsWith("$")) return;
  if (isBuiltinFunction(value) || value.prototype?.[INSTANCE] === true) return;
  const { length } = value[WRAPS] ?? value;
  const names = Array.from({ length }, (_, at) => `a${at}`);
  def(value, [...names, "/"].join(", "), name);
}

/** A function of a Python module has the name that the module gives it; a bundler may have changed it. */
function asWritten(value: Value, name: string): void {
  if (typeof value !== "function" || value[TYPE] !== undefined || value[NAME] !== undefined) return;
  if (value.prototype?.[INSTANCE] !== true && !name.startsWith("_")) value[NAME] = name;
}

/** A module of the runtime: an ES namespace seen from Python. */
export class RuntimeModule extends PyModule {
  static override [TYPE] = moduleType;

  private readonly dynamic: DynamicNames;

  constructor(
    name: string,
    private readonly exports: Readonly<Record<string, Value>>,
  ) {
    super(name);
    this.dynamic = exports.$dynamic ?? {};
    const complete = this.isPython ? asWritten : asBuiltin;
    for (const key of Object.keys(exports)) complete(exports[key], key);
  }

  override get file(): string | undefined {
    if (!this.isPython) return undefined;
    return this.name.includes(".") ? `${this.name.replaceAll(".", "/")}.py` : IN_PYTHON[this.name];
  }

  override own(name: string): Value | undefined {
    if (name.startsWith("$") || !portHas(this.name, name)) return undefined;
    if (Object.hasOwn(this.dynamic, name)) return this.dynamic[name]?.get();
    if (Object.hasOwn(this.exports, name)) return this.exports[name];
    return portConstant(this.name, name) ?? loadedModules().get(`${this.name}.${name}`);
  }

  override ownNames(): string[] {
    const names = Object.keys(this.exports).filter((name) => !name.startsWith("$"));
    return [...names, ...Object.keys(this.dynamic), ...Object.keys(portConstants(this.name))];
  }

  override get isReadOnly(): boolean {
    return !this.isPython;
  }

  override save(name: string, value: Value): void {
    const isDynamic = Object.hasOwn(this.dynamic, name) && portHas(this.name, name);
    const set = isDynamic ? this.dynamic[name]?.set : undefined;
    if (set !== undefined) set(value);
    else if (this.isPython) super.save(name, value);
    else throw new AttributeError(`'module' object has no attribute '${name}'`);
  }

  /** Written in Python, unlike most of MicroPython's own modules, which are in read-only memory. */
  private get isPython(): boolean {
    return Object.hasOwn(IN_PYTHON, this.name.split(".")[0] as string);
  }
}

/** `builtins`, which may be given attributes, unlike other modules in read-only memory. */
export class BuiltinsModule extends RuntimeModule {
  override save(name: string, value: Value): void {
    replacedBuiltins().set(name, value);
  }

  override remove(name: string): boolean {
    if (!replacedBuiltins().delete(name)) throw new KeyError(name);
    return true;
  }
}

/** Ties an emitted file to its Python module object. */
export function module(name: string, options: ModuleOptions, body: () => Value): ProjectModule {
  return new ProjectModule(name, options, body);
}

/** The body of the module has come to the definition of a function or class. */
export function defined(module: ProjectModule, name: string): void {
  module.later.delete(name);
}
