/**
 * Parameter lists: from the AST or from the contract's text ("a, b=, *args, c=, **kw", a
 * trailing "/" for functions that take no keywords; its other marks are those of the runtime's signatures),
 * and whether the arguments of a call suit them. Used by `calls.ts` and `functions.ts`.
 */
import type { Arguments, Call, Expr } from "../parser/ast.js";

export interface Parameter {
  readonly name: string;
  readonly kind: "positional" | "vararg" | "kwonly" | "kwarg";
  readonly required: boolean;
}

export type Signature = readonly Parameter[];

/** `dropFirst`: without self or cls. */
export function signatureOf(args: Arguments, dropFirst: boolean): Signature {
  const positional = [...args.posonlyargs, ...args.args];
  const firstDefault = positional.length - args.defaults.length;
  const parameters: Parameter[] = positional.map((arg, i) => ({
    name: arg.arg,
    kind: "positional",
    required: i < firstDefault,
  }));
  if (dropFirst) {
    // `def m(*args)` keeps its self within args.
    parameters.shift();
  }
  if (args.vararg !== null) {
    parameters.push({ name: args.vararg.arg, kind: "vararg", required: false });
  }
  for (const [i, arg] of args.kwonlyargs.entries()) {
    const required = (args.kw_defaults[i] ?? null) === null;
    parameters.push({ name: arg.arg, kind: "kwonly", required });
  }
  if (args.kwarg !== null) {
    parameters.push({ name: args.kwarg.arg, kind: "kwarg", required: false });
  }
  return parameters;
}

export function signatureText(signature: Signature): string {
  const parts: string[] = [];
  let starred = false;
  for (const { name, kind, required } of signature) {
    if (kind === "vararg") {
      starred = true;
      parts.push(`*${name}`);
    } else if (kind === "kwarg") {
      parts.push(`**${name}`);
    } else {
      if (kind === "kwonly" && !starred) {
        starred = true;
        parts.push("*");
      }
      parts.push(required ? name : `${name}=`);
    }
  }
  return parts.join(", ");
}

/** The parameters of the method in TypeScript, where ports take others ("a=, b= | a=, /"). */
export function ownSignature(text: string): Signature {
  return parseSignature(text.split(" | ")[0] as string);
}

export function parseSignature(text: string): Signature {
  const parameters: Parameter[] = [];
  let kind: "positional" | "kwonly" = "positional";
  const bare = text.replace(/[[\]!]|: \w+/g, "");
  // Those that are missed by their names may be given by them.
  const named = new Set([...text.matchAll(/(\w+)!/g)].map(([, name]) => name));
  for (const part of bare.split(",").map((piece) => piece.trim())) {
    // Keywords that are dropped.
    if (part === "**") continue;
    if (part.startsWith("**")) {
      parameters.push({ name: part.slice(2), kind: "kwarg", required: false });
    } else if (part.startsWith("*")) {
      kind = "kwonly";
      if (part.length > 1) {
        parameters.push({ name: part.slice(1), kind: "vararg", required: false });
      }
    } else if (part === "/") {
      // No keywords for what stands before: names that no keyword can have.
      parameters.splice(0, parameters.length, ...parameters.map((one) => ({ ...one, name: "" })));
    } else if (part !== "") {
      const required = !part.endsWith("=");
      parameters.push({ name: required ? part : part.slice(0, -1), kind, required });
    }
  }
  // Where some arguments must be named, builtin functions count those that must not.
  if (kind === "kwonly") {
    return parameters.map((one) =>
      one.kind === "positional" && one.required && !named.has(one.name)
        ? { ...one, name: "" }
        : one,
    );
  }
  return parameters;
}

/** Only required positional parameters: a JS function needs no `def` to say so. */
export function isSimple(signature: Signature): boolean {
  return signature.every(({ kind, required }) => kind === "positional" && required);
}

export interface Fit {
  /** Null: the arguments are positional and already in order. */
  readonly order: readonly (Expr | null)[] | null;
  readonly reorders: boolean;
}

/**
 * How to pass the arguments of `call` as plain JS arguments, or null where that is not possible or
 * would raise. `skip`: leading arguments that are passed otherwise (`Base.m(self, ...)`).
 */
export function fitArguments(call: Call, signature: Signature, skip = 0): Fit | null {
  const args = call.args.slice(skip);
  const vararg = signature.findIndex(({ kind }) => kind === "vararg");
  // How many items there are in `*xs` is of no account only where `*args` takes them all.
  const counted = vararg === -1 ? call.args : call.args.slice(0, skip + vararg);
  if (
    counted.some((arg) => arg.kind === "Starred") ||
    call.keywords.some((keyword) => keyword.arg === null) ||
    signature.some(({ kind }) => kind === "kwarg")
  ) {
    return null;
  }
  if (vararg !== -1 && vararg !== signature.length - 1) {
    return fitCollected(call, args, signature, vararg);
  }
  const named = vararg === -1 ? signature : signature.slice(0, -1);
  const positional = named.filter(({ kind }) => kind === "positional").length;
  if (args.length > positional && vararg === -1) {
    return null;
  }
  const slots: (Expr | null)[] = named.map((_, i) => (i < positional ? (args[i] ?? null) : null));
  for (const keyword of call.keywords) {
    const slot = named.findIndex(({ name }) => name === keyword.arg);
    if (slot === -1 || slots[slot] !== null) {
      return null;
    }
    slots[slot] = keyword.value;
  }
  if (named.some(({ required }, i) => required && slots[i] === null)) {
    return null;
  }
  if (call.keywords.length === 0) {
    // With arguments beyond the positional ones every slot before them is filled.
    return { order: null, reorders: false };
  }
  const order = [...slots, ...args.slice(positional)];
  while (order.length > 0 && order.at(-1) === null) {
    order.pop();
  }
  const evaluated = order.filter((arg) => arg !== null && arg.kind !== "Constant") as Expr[];
  const reorders = evaluated.some(
    (arg, i) => i > 0 && arg.span.start < (evaluated[i - 1] as Expr).span.start,
  );
  return { order, reorders };
}

/** `f(1, 2, k=3)` for `def f(*args, k)`: where parameters follow it, `*args` is one tuple. */
function fitCollected(
  call: Call,
  args: readonly Expr[],
  signature: Signature,
  vararg: number,
): Fit | null {
  if (args.length < vararg) return null;
  const kwonly = signature.slice(vararg + 1);
  const values = kwonly.map(
    ({ name }) => call.keywords.find((keyword) => keyword.arg === name)?.value ?? null,
  );
  const isKnown = call.keywords.every(({ arg }) => kwonly.some(({ name }) => name === arg));
  if (!isKnown || kwonly.some(({ required }, i) => required && values[i] === null)) return null;
  const rest: Expr = { kind: "Tuple", span: call.span, elts: args.slice(vararg) };
  const order = [...args.slice(0, vararg), rest, ...values];
  while (order.at(-1) === null) order.pop();
  const inOrder = call.keywords.map(({ value }) => value);
  const reorders = values
    .filter((value) => value !== null)
    .some((value, i) => value !== inOrder[i]);
  return { order, reorders };
}
