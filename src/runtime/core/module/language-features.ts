/**
 * The optional parts of the language that a port may be built without (`MICROPY_...` in its mpconfigport.h),
 * with the names that go with each, by builtin type or module. The tables of boards/names list the parts
 * that their port has not; `port-names.ts` answers for them.
 */

import { current, hasContext } from "../context.js";

const TEXTS = ["str", "bytes", "bytearray"] as const;

/** Methods of all kinds of text. */
const ofTexts = (...names: string[]): Names =>
  Object.fromEntries(TEXTS.map((type) => [type, names]));

/** By module ("math") or type ("str"): names in it. */
type Names = Readonly<Record<string, readonly string[]>>;

export const LANGUAGE_FEATURES = {
  /** MICROPY_PY_BUILTINS_COMPLEX: numbers like `1j`, and roots of negative ones. */
  complex: { builtins: ["complex"] },
  /** MICROPY_PY_BUILTINS_COMPILE */
  compile: { builtins: ["compile"] },
  /** MICROPY_PY_BUILTINS_EXECFILE */
  execfile: { builtins: ["execfile"] },
  /** MICROPY_PY_BUILTINS_NOTIMPLEMENTED */
  notImplemented: { builtins: ["NotImplemented"] },
  /** MICROPY_PY_BUILTINS_POW3: `pow(x, y, z)` */
  pow3: {},
  /** MICROPY_PY_BUILTINS_STR_CENTER */
  center: ofTexts("center"),
  /** MICROPY_PY_BUILTINS_STR_PARTITION */
  partition: ofTexts("partition", "rpartition"),
  /** MICROPY_PY_BUILTINS_STR_SPLITLINES */
  splitlines: ofTexts("splitlines"),
  /** MICROPY_PY_BUILTINS_SLICE_INDICES */
  sliceIndices: {},
  /** MICROPY_PY_DELATTR_SETATTR: `__setattr__` and `__delattr__` of classes. */
  attributeHooks: { object: ["__setattr__", "__delattr__"] },
  /** MICROPY_COMP_MODULE_CONST: `errno.EIO` without an import. */
  moduleConstants: {},
  /** MICROPY_MODULE___FILE__ */
  moduleFile: {},
  /** MICROPY_PY_MATH_CONSTANTS */
  mathConstants: { math: ["inf", "nan", "tau"] },
  /** MICROPY_PY_MATH_SPECIAL_FUNCTIONS */
  specialFunctions: {
    math: [
      ...["acosh", "asinh", "atanh", "cosh", "erf", "erfc", "expm1"],
      ...["gamma", "lgamma", "log10", "log2", "sinh", "tanh"],
    ],
  },
  /** MICROPY_PY_MATH_FACTORIAL */
  factorial: { math: ["factorial"] },
  /** MICROPY_PY_MATH_ISCLOSE */
  isclose: { math: ["isclose"] },
  /** MICROPY_PY_GC_COLLECT_RETVAL: `gc.collect()` counts. */
  collectedCount: {},
  /** MICROPY_PY_SYS_PS1_PS2 */
  prompts: { sys: ["ps1", "ps2"] },
  /** MICROPY_PY_BINASCII_CRC32 */
  crc32: { binascii: ["crc32"] },
  /** MICROPY_PY_RANDOM_EXTRA_FUNCS */
  moreRandom: { random: ["choice", "randint", "random", "randrange", "uniform"] },
} as const satisfies Readonly<Record<string, Names>>;

export type LanguageFeature = keyof typeof LANGUAGE_FEATURES;

/** Whether the port of the board has that part of the language; where no program runs, it has all. */
export function hasFeature(feature: LanguageFeature): boolean {
  return !hasContext() || current().names.without?.includes(feature) !== true;
}

/** The names that a port lacks: those of the parts that it is built without, and others. */
export function lacking(without: readonly LanguageFeature[], others: Names): Names {
  const all: Record<string, readonly string[]> = { ...others };
  for (const feature of without) {
    const names: Names = LANGUAGE_FEATURES[feature];
    for (const [owner, own] of Object.entries(names)) {
      all[owner] = [...(all[owner] ?? []), ...own];
    }
  }
  return all;
}
