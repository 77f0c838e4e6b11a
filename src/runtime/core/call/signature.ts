/**
 * Signatures of functions that Python can call: how many arguments they take and under which
 * names. Emitted code and the runtime attach them with `def`; `call.ts` binds arguments with them.
 *
 * A signature is a string like "a, b=, *args, c, d=, **kw", parsed when it is first needed.
 * A `/` at the end ("a, b=, /") says that a builtin takes no keywords at all; one that others follow
 * ("id, /, mode=") that it has no names for those before. Of builtins: "data!" is missed by its name ("'data'
 * argument required"), where one without a mark is counted; "freq=: int" is converted as it is bound, so that what
 * is wrong with it is said before what is wrong with those after it; "id, /, [mode!, pull=]" takes what is
 * within the brackets together or not at all.
 */

import { current, hasContext } from "../context.js";
import type { Value } from "../values.js";

// biome-ignore lint/suspicious/noExplicitAny: anything callable.
export type Callable = (...args: any[]) => Value;

/** On a function: its signature, a string until it is first used. */
export const SIGNATURE: unique symbol = Symbol("signature");
/** On a function: its Python name, where it is not the JavaScript one. */
export const NAME: unique symbol = Symbol("name");
/** On a function: it takes `self` as `this`. */
export const METHOD: unique symbol = Symbol("method");
/** On a function: the function whose parameters and name it has. */
export const WRAPS: unique symbol = Symbol("wraps");
/** On a function whose signature has been parsed: bit n says that n arguments may be passed as they are. */
export const ARITY: unique symbol = Symbol("arity");
/** On a function: it belongs to the runtime, not to a program. */
export const BUILTIN: unique symbol = Symbol("builtin");
/** On a function whose parameters some ports have otherwise: its key in the `signatures` of their tables. */
export const PORTS: unique symbol = Symbol("ports");
/** On a function that has options: see optioned(). */
export const OPTIONED: unique symbol = Symbol("optioned");

interface Described {
  [SIGNATURE]?: string | Signature;
  [NAME]?: string;
  [METHOD]?: boolean;
  [WRAPS]?: Callable & Described;
  [BUILTIN]?: boolean;
  [ARITY]?: number;
  [PORTS]?: string;
}

export class Signature {
  /** Positional parameters, then keyword-only ones. */
  readonly names: string[] = [];
  /** Positional parameters, without `*args`. */
  positional = 0;
  /** Positional parameters without a default. */
  required = 0;
  /** Up to the last of them: an RP2's `I2CTarget(id=, addr)` has one behind one with a default. */
  private reach = 0;
  /** Those of them that are counted before any is looked at. */
  counted = 0;
  /** For each of `names`: has it a default? */
  readonly optional: boolean[] = [];
  /** For each of `names`: must it be an int? */
  readonly ints: boolean[] = [];
  star = false;
  keywords = false;
  /** A nameless `**`: a builtin that does not look at its keywords. */
  dropsKeywords = false;
  /** The `/` mark: positional arguments only. */
  positionalOnly = false;
  /** So many of the first parameters have no names for keywords. */
  nameless = 0;
  /** The brackets: nothing may follow the nameless ones. */
  readonly omissible: boolean;
  /** What ports that have other parameters take. */
  private readonly ofPorts = new Map<string, Signature>();
  /** A call with `least` to `most` positional arguments can be made as it stands. */
  least = 0;
  most = 0;

  constructor(
    readonly name: string,
    readonly builtin: boolean,
    /** 1 when messages count `self` as well, -1 when they do not count the class. */
    readonly self: number,
    readonly text: string,
    /** The key of the ports' own signatures of the function. */
    readonly key?: string,
  ) {
    let keywordOnly = false;
    this.omissible = text.includes("[");
    for (const part of text.replace(/[[\]]/g, "").split(",")) {
      const item = part.trim();
      if (item === "") continue;
      if (item === "/") this.nameless = this.names.length;
      else if (item === "*") keywordOnly = true;
      else if (item === "**") this.dropsKeywords = true;
      else if (item.startsWith("**")) this.keywords = true;
      else if (item.startsWith("*")) keywordOnly = this.star = true;
      else this.add(item, keywordOnly);
    }
    // A builtin function without parameters knows no keywords either.
    const bare = builtin && this.names.length === 0 && !this.star && !this.keywords;
    this.positionalOnly = bare || text.trimEnd().endsWith("/");
    if (this.omissible) this.required = this.reach = this.counted;
    const direct = !this.keywords && this.names.length === this.positional;
    this.least = direct ? this.reach : Number.POSITIVE_INFINITY;
    this.most = direct ? (this.star ? Number.POSITIVE_INFINITY : this.positional) : -1;
    // Keyword-only parameters that are all optional may be left out by a plain call.
    if (!direct && !this.keywords && !this.star && this.optionalFrom(this.positional)) {
      this.least = this.reach;
      this.most = this.positional;
    }
    if (key === undefined) return;
    this.least = Number.POSITIVE_INFINITY;
    this.most = -1;
  }

  /** The signature that the function has on the board's port, where that has one of its own. */
  ofPort(): Signature | undefined {
    const own = this.key !== undefined && hasContext() && current().names.signatures?.[this.key];
    if (typeof own !== "string") return undefined;
    const known = this.ofPorts.get(own) ?? new Signature(this.name, this.builtin, this.self, own);
    this.ofPorts.set(own, known);
    return known;
  }

  /** What ARITY is on functions with this signature. */
  get arity(): number {
    let bits = 0;
    for (let count = this.least; count <= Math.min(this.most, 30); count++) bits |= 1 << count;
    return bits;
  }

  private add(item: string, keywordOnly: boolean): void {
    const [parameter = "", kind] = item.split(":").map((part) => part.trim());
    const optional = parameter.endsWith("=");
    const missed = parameter.endsWith("!");
    this.names.push(optional || missed ? parameter.slice(0, -1).trim() : parameter);
    this.optional.push(optional);
    this.ints.push(kind === "int");
    if (keywordOnly) return;
    this.positional++;
    if (!optional) {
      this.required++;
      this.reach = this.positional;
    }
    if (!optional && !missed) this.counted++;
  }

  /** Whether some keyword-only parameter has a default. */
  get defaultsKeywords(): boolean {
    return this.optional.includes(true, this.positional);
  }

  private optionalFrom(start: number): boolean {
    for (let i = start; i < this.optional.length; i++) if (!this.optional[i]) return false;
    return true;
  }
}

/** Attaches a signature to a function of the runtime. */
export function def<F extends Callable>(fn: F, signature: string, name?: string): F {
  const described = fn as Described;
  described[SIGNATURE] = signature;
  described[BUILTIN] = true;
  if (name !== undefined) described[NAME] = name;
  return fn;
}

/** Gives a function with a native rest parameter its options: what a call with keywords runs. */
export function optioned<F extends Callable>(
  fn: F,
  called: (kwargs: Value, args: Value[]) => Value,
): F {
  (fn as Value)[OPTIONED] = called;
  return fn;
}

/** Attaches a signature to a function of a program: what emitted code knows as `def`. */
export function defined<F extends Callable>(fn: F, signature: string, name?: string): F {
  const described = fn as Described;
  described[SIGNATURE] = signature;
  if (name !== undefined) {
    described[NAME] = name;
    // The host's stacks, which tracebacks are made from, show this name.
    const running = described[WRAPS] ?? fn;
    if (running.name === "") Object.defineProperty(running, "name", { value: name });
  }
  return fn;
}

/** The signature of a function, parsed. */
export function signatureOf(fn: Callable): Signature {
  const known = (fn as Described)[SIGNATURE];
  return typeof known === "object" ? known : resolve(fn as Callable & Described, known);
}

function resolve(fn: Callable & Described, text: string | undefined): Signature {
  const signature =
    text === undefined && fn[WRAPS] !== undefined
      ? signatureOf(fn[WRAPS])
      : new Signature(
          functionName(fn),
          fn[BUILTIN] === true,
          uncounted(fn),
          text ?? parametersOf(fn),
          fn[PORTS],
        );
  fn[SIGNATURE] = signature;
  fn[ARITY] = signature.arity;
  return signature;
}

/**
 * What messages count beside the parameters: constructors of builtin types, and their instances when they are
 * called, are given what stands in the call.
 */
function uncounted(fn: Callable & Described): number {
  const name = fn[BUILTIN] === true ? functionName(fn) : "";
  if (name === "__new__") return -1;
  return fn[METHOD] === true && name !== "__init__" && name !== "__call__" ? 1 : 0;
}

/** The Python name of a function. */
export function functionName(fn: Callable): string {
  const { [NAME]: name, [WRAPS]: wrapped } = fn as Callable & Described;
  if (name !== undefined) return name;
  if (wrapped !== undefined) return functionName(wrapped);
  // JavaScript names an arrow after the variable that it is assigned to.
  return fn.name === "" || (fn.prototype === undefined && isArrow(fn)) ? "<lambda>" : fn.name;
}

const isArrow = (fn: Callable): boolean =>
  /^(?:async\s*)?(?:\(|[\w$]+\s*=>)/.test(Function.prototype.toString.call(fn));

/** The signature text of a function: to derive others from it. */
export function signatureText(fn: Callable & Described): string {
  const known = fn[SIGNATURE];
  if (known !== undefined) return typeof known === "string" ? known : known.text;
  return fn[WRAPS] === undefined ? parametersOf(fn) : signatureText(fn[WRAPS]);
}

export function isBuiltinFunction(fn: Callable): boolean {
  return (fn as Described)[BUILTIN] === true;
}

/** The parameters of a function without `def`: required ones, named as in its source text. */
function parametersOf(fn: Callable): string {
  const source = Function.prototype.toString.call(fn);
  const names = /^[^(]*\(([\w$\s,:]*)\)/.exec(source) ?? /^(?:async\s+)?([\w$]+)\s*=>/.exec(source);
  const found = names?.[1]
    ?.split(",")
    .map((name) => name.replace(/:.*/, "").trim())
    .filter((name) => name !== "");
  if (found?.length === fn.length) return found.join(",");
  return Array.from({ length: fn.length }, (_, i) => `$${i}`).join(",");
}
