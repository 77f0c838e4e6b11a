/**
 * Import name -> project file, namespace folder, runtime module, or nothing. The search order is
 * MicroPython's: fixed builtins, project root, frozen modules, `lib/` and further search folders,
 * extensible builtins. All aliases (`utime`, `usr.uasyncio`) live here and nowhere else. Called by
 * `program.ts` for every import of every module.
 */
import type { moduleLoaders } from "./runtime/modules/index.js";

/**
 * Where MicroPython looks for a module of its own: `fixed` before any file, `frozen` after the
 * project root, `extensible` after all folders, and by `u` + name before any file.
 */
type Place = "fixed" | "frozen" | "extensible";

/** The rows of `runtime/modules/index.ts`. */
export type RuntimeModule = keyof typeof moduleLoaders;

const runtimeModules: Readonly<Record<RuntimeModule, Place>> = {
  _thread: "fixed",
  _onewire: "fixed",
  aioespnow: "frozen",
  apa102: "frozen",
  apa106: "frozen",
  array: "extensible",
  asyncio: "frozen",
  "asyncio.core": "frozen",
  "asyncio.event": "frozen",
  "asyncio.funcs": "frozen",
  "asyncio.lock": "frozen",
  "asyncio.stream": "frozen",
  binascii: "extensible",
  btree: "fixed",
  bluetooth: "fixed",
  builtins: "fixed",
  cmath: "fixed",
  collections: "extensible",
  cryptolib: "extensible",
  deflate: "fixed",
  dht: "frozen",
  ds18x20: "frozen",
  errno: "extensible",
  esp: "fixed",
  esp32: "fixed",
  espnow: "frozen",
  framebuf: "fixed",
  gc: "fixed",
  hashlib: "extensible",
  heapq: "extensible",
  io: "extensible",
  json: "extensible",
  machine: "extensible",
  math: "fixed",
  micropython: "fixed",
  mip: "frozen",
  neopixel: "frozen",
  network: "fixed",
  ntptime: "frozen",
  onewire: "frozen",
  os: "extensible",
  platform: "extensible",
  pyb: "fixed",
  random: "extensible",
  re: "extensible",
  requests: "frozen",
  rp2: "frozen",
  select: "extensible",
  socket: "extensible",
  ssl: "frozen",
  stm: "fixed",
  struct: "extensible",
  sys: "fixed",
  time: "extensible",
  tls: "fixed",
  uctypes: "fixed",
  umqtt: "frozen",
  "umqtt.robust": "frozen",
  "umqtt.simple": "frozen",
  urequests: "frozen",
  vfs: "fixed",
  webrepl: "frozen",
  websocket: "extensible",
};

/** Modules that MicroPython's ports have and `runtime/modules/` has not. */
const otherModules: ReadonlySet<string> = new Set(
  (
    "_asyncio _onewire binascii bluetooth btree cryptolib deflate dht ds18x20 esp esp32 espnow " +
    "framebuf hashlib heapq jni lcd160cr lvgl lwip marshal neopixel network onewire " +
    "openamp platform re rp2 socket string termios uctypes uhashlib uheapq " +
    "unetwork uos uplatform ure usocket ucryptolib ubluetooth uwebsocket uzlib weakref " +
    "websocket zlib"
  ).split(" "),
);

/** A module that some MicroPython port has, supported here or not. */
export function isKnownModule(name: string): boolean {
  const [top = ""] = name.split(".");
  return runtimeModule(top) !== undefined || otherModules.has(top);
}

/** Old names of modules that are not extensible, where `u` + name is no rule. */
const aliases: Readonly<Record<string, RuntimeModule>> = {
  uasyncio: "asyncio",
  ussl: "ssl",
  usys: "sys",
};

/** Files take the place of a module of that name, as `lib/time.py` does of `time`. */
export function isExtensible(name: string): boolean {
  const module = asRuntime(name);
  return module !== undefined && runtimeModules[module] === "extensible";
}

/** What the runtime must know to import modules whose names or places are known at run time only. */
export interface ComputedImports {
  /** Every further name of a runtime module. */
  readonly aliases: Readonly<Record<string, RuntimeModule>>;
  /** Modules that files come before. */
  readonly extensible: readonly RuntimeModule[];
}

export function computedImports(): ComputedImports {
  const all = Object.keys(runtimeModules) as RuntimeModule[];
  const names = all.map((name) => `u${name}`);
  const pairs = [...names, ...Object.keys(aliases)].flatMap((alias) => {
    const name = runtimeModule(alias);
    return name === undefined ? [] : [[alias, name] as const];
  });
  return { aliases: Object.fromEntries(pairs), extensible: all.filter(isExtensible) };
}

/** What the search needs to know of the files; paths are relative to the project root, with "/". */
export interface ProjectTree {
  isFile(path: string): boolean;
  isFolder(path: string): boolean;
}

export type Resolution =
  /** A `.py` file; `name` is the name it has in `sys.modules`. */
  | {
      readonly kind: "project";
      readonly name: string;
      readonly path: string;
      readonly isPackage: boolean;
    }
  /** A folder without `__init__.py`. */
  | { readonly kind: "namespace"; readonly name: string; readonly path: string }
  | { readonly kind: "runtime"; readonly name: RuntimeModule }
  | { readonly kind: "missing"; readonly name: string };

export interface Importer {
  /** Its dotted name in `sys.modules`. */
  readonly name: string;
  readonly isPackage: boolean;
}

export interface Resolver {
  /** What the dotted name, as it stands after `import` or `from`, means. */
  resolve(name: string): Resolution;
  /** The absolute form of a relative import; null when it climbs out of the package. */
  absolute(name: string, level: number, importer: Importer): string | null;
}

/** QuecPython keeps programs in `/usr`, so that they import `usr.uasyncio` and `usr.config`. */
const USR = "usr";

/** `path`: the search folders after the project root, the first of which is usually "lib". */
export function createResolver(tree: ProjectTree, path: readonly string[]): Resolver {
  function resolve(name: string): Resolution {
    const parts = name.split(".");
    const [top = "", ...rest] = parts;
    const found = resolveTop(top);
    if (found.kind === "missing" && top === USR) {
      return rest.length === 0 ? { kind: "namespace", name, path: "" } : resolve(rest.join("."));
    }
    return rest.reduce<Resolution>((parent, part) => child(parent, part), found);
  }

  function resolveTop(name: string): Resolution {
    const builtin = runtimeModule(name);
    const place = builtin === undefined ? undefined : runtimeModules[builtin];
    const inRoot = (): Resolution | null => locate("", name, name);
    const inPath = (): Resolution | null => {
      for (const folder of path) {
        const found = locate(`${folder}/`, name, name);
        if (found) return found;
      }
      return null;
    };
    const runtime: Resolution | null =
      builtin === undefined ? null : { kind: "runtime", name: builtin };
    // A `u` alias always means the builtin, whatever files there are: that is what it is for.
    if (runtime && (place === "fixed" || (builtin !== name && place === "extensible")))
      return runtime;
    if (runtime && place === "frozen") return inRoot() ?? runtime;
    return inRoot() ?? inPath() ?? runtime ?? { kind: "missing", name };
  }

  function child(parent: Resolution, part: string): Resolution {
    const name = `${parent.name}.${part}`;
    switch (parent.kind) {
      case "project":
        return (
          (parent.isPackage
            ? locate(parent.path.replace(/__init__\.py$/, ""), part, name)
            : null) ?? {
            kind: "missing",
            name,
          }
        );
      case "namespace":
        return locate(`${parent.path}/`, part, name) ?? { kind: "missing", name };
      case "runtime": {
        const builtin = asRuntime(name);
        return builtin === undefined
          ? { kind: "missing", name }
          : { kind: "runtime", name: builtin };
      }
      case "missing":
        return { kind: "missing", name };
    }
  }

  /** A folder wins over a file of the same name, as in MicroPython. */
  function locate(folder: string, part: string, name: string): Resolution | null {
    const base = `${folder}${part}`;
    if (tree.isFile(`${base}/__init__.py`)) {
      return { kind: "project", name, path: `${base}/__init__.py`, isPackage: true };
    }
    if (tree.isFolder(base)) return { kind: "namespace", name, path: base };
    if (tree.isFile(`${base}.py`))
      return { kind: "project", name, path: `${base}.py`, isPackage: false };
    return null;
  }

  return { resolve, absolute };
}

function absolute(name: string, level: number, importer: Importer): string | null {
  if (level === 0) return name;
  const parts = importer.name.split(".");
  const up = importer.isPackage ? level - 1 : level;
  if (up >= parts.length) return null;
  const base = parts.slice(0, parts.length - up);
  return (name === "" ? base : [...base, name]).join(".");
}

/** The runtime module that a top-level name means, aliases included. */
function runtimeModule(name: string): RuntimeModule | undefined {
  const plain = asRuntime(name) ?? (Object.hasOwn(aliases, name) ? aliases[name] : undefined);
  if (plain !== undefined || !name.startsWith("u")) return plain;
  const unprefixed = asRuntime(name.slice(1));
  return unprefixed && runtimeModules[unprefixed] === "extensible" ? unprefixed : undefined;
}

function asRuntime(name: string): RuntimeModule | undefined {
  return Object.hasOwn(runtimeModules, name) ? (name as RuntimeModule) : undefined;
}
