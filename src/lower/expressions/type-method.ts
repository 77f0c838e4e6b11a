/**
 * Lowers calls of methods of builtin types where it is certain what the value is. `NATIVE_FORMS` has what
 * JavaScript does in the same way, each with the reason; `test/lower/type-methods.test.ts` tries each row
 * against the runtime's method. Everything else is the method of the type. Called by `call.ts` and by
 * expression statements.
 */

import { fitArguments, parseSignature } from "../../analyze/signature.js";
import { TYPE_METHODS, TYPE_STATICS } from "../../analyze/tables/runtime-signatures.js";
import { ownRow } from "../../analyze/types/own-row.js";
import { certain, isJust, type Type } from "../../analyze/types/type.js";
import * as js from "../../emit/build.js";
import type { Expression } from "../../emit/tree.js";
import type { Attribute, Call, Expr } from "../../parser/ast.js";
import type * as Runtime from "../../runtime/index.js";
import { orderedArguments } from "../arguments.js";
import { lowerExpression } from "../expression.js";
import type { Frame } from "../frame.js";
import { certainElement, certainType } from "../native.js";

type TypeName = keyof typeof TYPE_METHODS;
type MethodsOf<T extends TypeName> = keyof (typeof TYPE_METHODS)[T] & keyof (typeof Runtime)[T];

/** An argument, and what is certain of it. */
export interface Argument {
  readonly node: Expr;
  readonly type: Type;
  /** What iterating over it gives. */
  readonly element: Type;
}

export interface NativeForm {
  readonly when?: (args: readonly Argument[], whole: Type) => boolean;
  /** How many arguments there are. */
  readonly takes: number;
  readonly emit: (self: Expression, args: readonly Expression[]) => Expression;
  /** Its own value is another than the method's: where nobody reads that. */
  readonly discarded?: true;
  /** The argument comes first: where the value stands in the text. */
  readonly swaps?: true;
  readonly because: string;
}

type NativeForms = {
  readonly [T in TypeName]?: { readonly [M in MethodsOf<T>]?: readonly NativeForm[] };
};

const method =
  (name: string): NativeForm["emit"] =>
  (self, args) =>
    js.call(js.member(self, name), args);

const textOf = ({ node }: Argument): string =>
  node.kind === "Constant" && node.value.type === "str" ? node.value.value : "";
const isText = ({ type }: Argument): boolean => isJust(type, "str");
const isZero = ({ node }: Argument): boolean =>
  node.kind === "Constant" && node.value.type === "int" && node.value.value === 0n;

const SAME = "Python's method calls it";

export const NATIVE_FORMS: NativeForms = {
  str: {
    endswith: [
      {
        takes: 1,
        when: ([suffix]) => isText(suffix as Argument),
        emit: method("endsWith"),
        because: "the last characters are the last code units",
      },
    ],
    join: [
      {
        takes: 1,
        when: ([items]) =>
          isJust((items as Argument).element, "str") && isSequence(items as Argument),
        swaps: true,
        emit: (self, [items]) => js.call(js.member(items as Expression, "join"), [self]),
        because: "the items are strings, with nothing among them that JavaScript leaves out",
      },
    ],
    replace: [
      {
        takes: 2,
        when: ([from, to]) => textOf(from as Argument) !== "" && isPlainText(to as Argument),
        emit: method("replaceAll"),
        because: "there is something to look for, and no $ in what is put in its place",
      },
    ],
    split: [
      {
        takes: 1,
        when: ([separator]) => textOf(separator as Argument) !== "",
        emit: method("split"),
        because: "the separator has characters, and there is no limit",
      },
    ],
    startswith: [
      {
        takes: 1,
        when: ([prefix]) => isText(prefix as Argument),
        emit: method("startsWith"),
        because: "the first characters are the first code units",
      },
    ],
  },
  list: {
    append: [{ takes: 1, emit: method("push"), discarded: true, because: "a list is an array" }],
    clear: [
      {
        takes: 0,
        emit: (self) => js.assign(js.member(self, "length"), js.literal(0)),
        discarded: true,
        because: "an array is as long as it is said to be",
      },
    ],
    copy: [{ takes: 0, emit: method("slice"), because: "what slice makes is no tuple" }],
    insert: [
      {
        takes: 2,
        when: ([index]) => isZero(index as Argument),
        emit: (self, [, item]) => js.call(js.member(self, "unshift"), [item as Expression]),
        discarded: true,
        because: "before the first item",
      },
    ],
    reverse: [
      { takes: 0, emit: method("reverse"), discarded: true, because: "both do it in place" },
    ],
  },
  dict: {
    clear: [{ takes: 0, emit: method("clear"), discarded: true, because: SAME }],
    copy: [{ takes: 0, emit: method("copy"), because: SAME }],
    get: [
      {
        takes: 1,
        emit: (self, args) => js.logical(method("get")(self, args), "??", js.nil()),
        because: "what a dict lacks is undefined",
      },
      {
        takes: 2,
        when: ([, fallback], whole) =>
          (fallback as Argument).node.kind === "Constant" && holdsNoNone(whole),
        emit: (self, [key, fallback]) =>
          js.logical(method("get")(self, [key as Expression]), "??", fallback as Expression),
        because: "what a dict lacks is undefined, and no value is None",
      },
    ],
  },
  set: {
    add: [{ takes: 1, emit: method("add"), discarded: true, because: SAME }],
    clear: [{ takes: 0, emit: method("clear"), discarded: true, because: SAME }],
    copy: [{ takes: 0, emit: method("copy"), because: SAME }],
    discard: [{ takes: 1, emit: method("delete"), discarded: true, because: SAME }],
  },
};

const isSequence = ({ type }: Argument): boolean => isJust(type, "list") || isJust(type, "tuple");
function holdsNoNone(whole: Type): boolean {
  const value = certain(whole?.cells.get("dict")?.value ?? null);
  return value !== null && value.size > 0 && !value.has("None");
}
const isPlainText = (argument: Argument): boolean =>
  argument.node.kind === "Constant" && isText(argument) && !textOf(argument).includes("$");

/**
 * ```py
 * parts = line.strip().split(",")
 * items.append(x)
 * n = int.from_bytes(data, "big")
 * ```
 * ```ts
 * const parts = str.strip(line).split(",");
 * items.push(x);
 * const n = int.from_bytes(data, "big");
 * ```
 * Null where it is no such call.
 */
export function lowerTypeMethod(node: Call, frame: Frame, isUsed: boolean): Expression | null {
  const { func } = node;
  if (func.kind !== "Attribute" || !frame.module.facts) return null;
  return lowerStatic(node, func, frame) ?? lowerMethod(node, func, frame, isUsed);
}

function lowerMethod(
  node: Call,
  func: Attribute,
  frame: Frame,
  isUsed: boolean,
): Expression | null {
  const whole = certainType(func.value, frame);
  const [atom] = whole?.size === 1 ? whole : [];
  if (typeof atom !== "string" || !Object.hasOwn(TYPE_METHODS, atom)) return null;
  const type = atom as TypeName;
  const signature = ownRow<string>(TYPE_METHODS[type], func.attr);
  const args = signature === null ? null : argumentsOf(node, signature, frame);
  if (args === null) return null;
  const self = lowerExpression(func.value, frame);
  const given = node.args.map((arg) => argument(arg, frame));
  const isPlain = node.keywords.length === 0 && node.args.every(({ kind }) => kind !== "Starred");
  const form = nativeForms(type, func.attr).find(
    ({ takes, discarded, swaps, when }) =>
      isPlain &&
      takes === given.length &&
      (discarded !== true || !isUsed) &&
      (swaps !== true || func.value.kind === "Constant") &&
      (when?.(given, whole) ?? true),
  );
  return form === undefined
    ? js.call(member(type, func.attr), [self, ...args])
    : form.emit(self, args);
}

/** What a type offers itself: `bytes.fromhex(text)`. */
function lowerStatic(node: Call, { value, attr }: Attribute, frame: Frame): Expression | null {
  if (value.kind !== "Name") return null;
  const use = frame.module.analysis.nameUses.get(value);
  const rows = ownRow(TYPE_STATICS, value.id);
  if (rows === null || use?.resolved !== "builtin") return null;
  const signature = ownRow(rows, attr);
  const args = signature === null ? null : argumentsOf(node, signature, frame);
  return args === null ? null : js.call(member(value.id as TypeName, attr), args);
}

const member = (type: TypeName, name: string): Expression => js.member(js.rt(type), name);

function nativeForms(type: TypeName, name: string): readonly NativeForm[] {
  return ownRow<readonly NativeForm[]>(NATIVE_FORMS[type] ?? {}, name) ?? [];
}

const argument = (node: Expr, frame: Frame): Argument => ({
  node,
  type: certainType(node, frame),
  element: certainElement(node, frame),
});

/** As the method takes them; null where they do not suit it. */
function argumentsOf(node: Call, signature: string, frame: Frame): Expression[] | null {
  // Keywords that become a dict are no parameter where there are none; nor does `*args` stand before.
  const text =
    node.keywords.length === 0 && !/\*\w+, \*\*/.test(signature)
      ? signature.replace(/, \*\*\w+$/, "")
      : signature;
  const fit = fitArguments(node, parseSignature(text));
  return fit === null ? null : orderedArguments(node, fit, frame);
}
