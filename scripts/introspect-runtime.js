/**
 * Describes the runtime as the compiler needs to know it: what each module exports, what the methods
 * of its classes and the builtins take, what blocks. Used by `runtime-signatures.mjs`, which writes
 * the result to a file, and by the test that checks that the file is fresh.
 */

/** Functions whose result `yield*` takes as it is, though they are no generator functions. */
const AWAITABLE = new Set([
  "asyncio.Event.wait",
  "asyncio.Lock.acquire",
  "asyncio.StreamReader.drain",
  "asyncio.StreamReader.readline",
  "asyncio.StreamWriter.drain",
  "asyncio.StreamWriter.readline",
  "asyncio.sleep",
  "asyncio.sleep_ms",
  "asyncio.wait_for",
  "asyncio.wait_for_ms",
]);

/** Modules whose functions look themselves whether the board has them: `wherePresent` of the runtime. */
const SELF_CHECKED = new Set(["math", "random"]);

/** Builtins whose runtime name differs. */
const RENAMED = { object: "PyObject", super: "superOf" };

/** Builtin types whose methods emitted code calls through the type: `str.split(text)`. */
const METHOD_TYPES = "bytearray bytes dict frozenset int list set str tuple".split(" ");

/** What a type offers that takes no value of it. */
const OF_TYPE = new Set(["from_bytes", "fromhex", "fromkeys"]);

/**
 * `runtime`: the namespace of "mpy2ts/runtime". `modules`: namespaces by Python name. `signature`:
 * `{ SIGNATURE, WRAPS, PORTS, signatureText }` of the runtime. `builtins`: Python names. `portTables`: what
 * ports have and lack.
 */
export function describeRuntime({ runtime, modules, signature: marks, builtins, portTables }) {
  const signature = { ...marks, portTables };
  const homes = homesOf(modules);
  const exportsOf = (name, namespace) =>
    Object.keys(namespace)
      .filter((key) => !key.startsWith("$"))
      .sort()
      .map((key) => {
        const path = `${name}.${key}`;
        return [key, describe(homes.get(path) ?? path, namespace[key], signature)];
      });
  const classes = [];
  const statics = [];
  const members = [];
  for (const [name, namespace] of Object.entries(modules)) {
    for (const [key, value] of Object.entries(namespace)) {
      if (isClass(value) && !isException(value) && !homes.has(`${name}.${key}`)) {
        classes.push([`${name}.${key}`, methodsOf(`${name}.${key}`, value, signature)]);
        const constants = staticsOf(value);
        if (constants.length > 0) statics.push([`${name}.${key}`, constants]);
        const own = membersOf(value, signature);
        if (Object.keys(own).length > 0) members.push([`${name}.${key}`, own]);
      }
    }
  }
  const builtinRows = builtins.flatMap((name) => {
    const value = runtime[RENAMED[name] ?? name];
    return typeof value === "function" && !isClass(value)
      ? [[name, declared(value, signature)]]
      : [];
  });
  return {
    builtins: sorted(builtinRows),
    modules: sorted(
      Object.entries(modules).map(([name, namespace]) => [
        name,
        sorted(exportsOf(name, namespace)),
      ]),
    ),
    statics: sorted(statics),
    members: sorted(members),
    partial: sorted(
      Object.keys(modules)
        .filter((name) => !SELF_CHECKED.has(name))
        .map((name) => [name, [...new Set(portTables.flatMap((table) => table.lacks[name] ?? []))]])
        .filter(([, names]) => names.length > 0)
        .map(([name, names]) => [name, names.sort()]),
    ),
    classes: sorted(classes.map(([name, methods]) => [name, sorted(methods)])),
    homes: sorted([...homes]),
    typeMethods: typeFunctions(runtime, signature, (name) => !OF_TYPE.has(name)),
    typeStatics: typeFunctions(runtime, signature, (name) => OF_TYPE.has(name)),
  };
}

/** Signatures of the functions that are properties of builtin types, by type and name. */
function typeFunctions(runtime, signature, isWanted) {
  return Object.fromEntries(
    METHOD_TYPES.map((type) => {
      const names = Object.keys(runtime[type]).filter((name) => !name.startsWith("__"));
      const rows = names
        .filter(isWanted)
        .map((name) => [name, declared(runtime[type][name], signature)]);
      return [type, sorted(rows)];
    }),
  );
}

/** What submodules have of their package, by path: `asyncio.core.Task` is `asyncio.Task`. */
function homesOf(modules) {
  const homes = new Map();
  for (const [name, namespace] of Object.entries(modules)) {
    const dot = name.lastIndexOf(".");
    if (dot < 0) continue;
    const parent = name.slice(0, dot);
    for (const [key, value] of Object.entries(namespace)) {
      if (typeof value !== "function") continue;
      const candidates = Object.keys(modules[parent]).filter((at) => modules[parent][at] === value);
      const home = candidates.includes(key) ? key : candidates[0];
      if (home !== undefined) homes.set(`${name}.${key}`, `${parent}.${home}`);
    }
  }
  return homes;
}

const byName = ([a], [b]) => (a < b ? -1 : a > b ? 1 : 0);

const isClass = (value) =>
  typeof value === "function" && /^class\b/.test(Function.prototype.toString.call(value));

const isException = (value) =>
  typeof value?.prototype?.__init__ === "function" && "args" in value.prototype;

/**
 * The signature of a function; one without has required positional parameters only. Those that ports have
 * instead follow it: "a=, b= | a=, /".
 */
function declared(fn, signature) {
  const { SIGNATURE, WRAPS, PORTS, signatureText, portTables } = signature;
  const ofPorts = portTables.flatMap(({ signatures }) => signatures?.[fn[PORTS]] ?? []);
  if (fn[SIGNATURE] !== undefined) return [signatureText(fn), ...new Set(ofPorts)].join(" | ");
  if (fn[WRAPS] !== undefined) return declared(fn[WRAPS], signature);
  // Their names are no matter: such a function takes no keywords.
  return [
    ...Array.from({ length: fn.length }, (_, i) => `a${i}`),
    ...(fn.length > 0 ? ["/"] : []),
  ].join(", ");
}

const isGeneratorFunction = (fn, WRAPS) =>
  Object.getPrototypeOf(fn) === Object.getPrototypeOf(function* () {}) ||
  (fn[WRAPS] !== undefined && isGeneratorFunction(fn[WRAPS], WRAPS));

function describe(path, value, signature) {
  if (typeof value !== "function") return ["constant"];
  if (isClass(value)) {
    if (isException(value)) return ["class", "*args"];
    const init = value.prototype?.__init__;
    const own = typeof init === "function" && init[signature.SIGNATURE] !== undefined;
    // There is one object for each interface, pin or LED: the class finds it.
    const make = Object.hasOwn(value, "__new__") ? value.__new__[signature.SIGNATURE] : undefined;
    if (make !== undefined && !(own && make.endsWith("*args, **more"))) {
      return ["class", signature.signatureText(value.__new__).replace(/^\w+(, )?/, "")];
    }
    return own ? ["class", declared(init, signature)] : ["class"];
  }
  const text = declared(value, signature);
  const kind =
    typeof value.wait === "function"
      ? "blocking"
      : AWAITABLE.has(path) || isGeneratorFunction(value, signature.WRAPS)
        ? "coroutine"
        : "function";
  return [kind, text];
}

/** Constants that the class has as static members: `Pin.OUT`. */
function staticsOf(cls) {
  const text = Function.prototype.toString.call(cls);
  // What ports disagree about is an accessor, which only a running program may read.
  const isConstant = (name, { get, value }) =>
    get !== undefined ||
    (typeof value !== "function" && new RegExp(`\\bstatic ${name}\\b`).test(text));
  return Object.entries(Object.getOwnPropertyDescriptors(cls))
    .filter(([name, descriptor]) => /^[A-Z][A-Z0-9_]*$/.test(name) && isConstant(name, descriptor))
    .map(([name]) => name)
    .sort();
}

/** Own and inherited methods, without what every object has. */
function methodsOf(path, cls, signature) {
  const methods = new Map();
  for (
    let at = cls.prototype;
    at !== null && at !== Object.prototype;
    at = Object.getPrototypeOf(at)
  ) {
    for (const [name, { get, value: own }] of Object.entries(
      Object.getOwnPropertyDescriptors(at),
    )) {
      const value = own ?? get?.[signature.WRAPS];
      if (name.startsWith("_") || name === "constructor" || methods.has(name)) continue;
      // Methods that nobody described are the runtime's own affair.
      const isMethod = typeof value === "function" && !isClass(value);
      if (!isMethod || !(signature.SIGNATURE in value || signature.WRAPS in value)) {
        methods.set(name, null);
        continue;
      }
      const text = declared(value, signature);
      const blocks = typeof value.wait === "function";
      const gives =
        !blocks &&
        (AWAITABLE.has(`${path}.${name}`) || isGeneratorFunction(value, signature.WRAPS));
      methods.set(name, {
        signature: text,
        ...(blocks ? { blocking: true } : {}),
        ...(gives ? { coroutine: true } : {}),
      });
    }
  }
  return [...methods].filter(([, row]) => row !== null);
}

/**
 * What instances have beside the methods of `methodsOf`: methods that begin with a `_` with their signatures, and
 * fields, which have none (null).
 */
function membersOf(cls, signature) {
  const members = new Map();
  const typeSymbol = Object.getOwnPropertySymbols(cls).find((key) => key.description === "type");
  for (let at = cls; at.prototype !== undefined; at = Object.getPrototypeOf(at)) {
    const info = at[typeSymbol];
    // The prototype of `object` has nothing that a class of the runtime shares.
    if (info === undefined || info.name === "object") break;
    for (const name of info.fields ?? []) members.set(name, null);
    const { prototype } = at;
    for (const [name, { get, value }] of Object.entries(
      Object.getOwnPropertyDescriptors(prototype),
    )) {
      const isSpecial = name.startsWith("_") && name !== "__init__" && name !== "__new__";
      if (members.has(name) || name.startsWith("$")) continue;
      if (isSpecial && typeof value === "function") members.set(name, declared(value, signature));
      else if (get !== undefined && !info.members?.has(name)) members.set(name, null);
    }
  }
  return sorted([...members]);
}

const sorted = (rows) => Object.fromEntries(rows.sort(byName));

/** The TypeScript file, but for its formatting. */
export function render(described) {
  const { builtins, modules, classes, statics, members, partial, homes } = described;
  const { typeMethods, typeStatics } = described;
  return `/**
 * What the runtime offers: signatures of builtins, the exports of its modules (kind and signature),
 * the methods of their classes. Written by \`scripts/runtime-signatures.mjs\`; do not edit.
 */
type Kind = "function" | "class" | "blocking" | "coroutine" | "constant";

export const RUNTIME_BUILTINS: Readonly<Record<string, string>> = ${JSON.stringify(builtins)};

/** Methods of builtin types, without the value that they are called on. */
export const TYPE_METHODS = ${JSON.stringify(typeMethods)} as const;

/** What builtin types offer themselves: \`int.from_bytes\`. */
export const TYPE_STATICS: Readonly<Record<string, Readonly<Record<string, string>>>> = ${JSON.stringify(typeStatics)};

export const RUNTIME_MODULES: Readonly<
  Record<string, Readonly<Record<string, readonly [kind: Kind, signature?: string]>>>
> = ${JSON.stringify(modules)};

/** By "module.Class". */
export const RUNTIME_CLASSES: Readonly<
  Record<string, Readonly<Record<string, { readonly signature: string; readonly blocking?: true; readonly coroutine?: true }>>>
> = ${JSON.stringify(classes)};

/** Constants of classes. */
export const RUNTIME_STATICS: Readonly<Record<string, readonly string[]>> = ${JSON.stringify(statics)};

/** Fields of instances (null), and special methods with their signatures. */
export const RUNTIME_MEMBERS: Readonly<
  Record<string, Readonly<Record<string, string | null>>>
> = ${JSON.stringify(members)};

/** Names of modules that only some ports have. */
export const RUNTIME_PARTIAL: Readonly<Record<string, readonly string[]>> = ${JSON.stringify(partial)};

/** What submodules have of their package. */
export const RUNTIME_HOMES: Readonly<Record<string, string>> = ${JSON.stringify(homes)};
`;
}
