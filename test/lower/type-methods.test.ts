/**
 * Every form of `src/lower/expressions/type-method.ts` against the method of the runtime that it stands in
 * for: the same result, and the same change of the value that it is called on.
 */
import fc from "fast-check";
import { Cells } from "../../src/analyze/types/cell.js";
import { just, type Type } from "../../src/analyze/types/type.js";
import * as js from "../../src/emit/build.js";
import { print } from "../../src/emit/print.js";
import {
  type Argument,
  NATIVE_FORMS,
  type NativeForm,
} from "../../src/lower/expressions/type-method.js";
import type { ConstantValue, Expr } from "../../src/parser/ast.js";
import { isTuple, type Value } from "../../src/runtime/core/values.js";
import * as runtime from "../../src/runtime/index.js";

const span = { start: 0, end: 0 };
const characters = fc.constantFrom("a", "b", ",", "$", "&", " ", "é", "\u{1f600}", "\n");
const text = fc.string({ unit: characters, maxLength: 8 }).map((value) => runtime.text(value));
const texts = fc.array(text, { maxLength: 5 });
const items = fc.array(fc.oneof(text, fc.nat(3)), { maxLength: 5 });

/** What a form may be called on: made anew for each of the two calls. */
const VALUES: Readonly<Record<string, fc.Arbitrary<() => Value>>> = {
  str: text.map((value) => () => value),
  list: items.map((value) => () => [...value]),
  dict: texts.map((keys) => () => new runtime.Dict(keys.map((key, i) => [key, `${i}`]))),
  set: items.map((value) => () => new runtime.PySet(value)),
};

/** What the values are certain to be. */
function typeOf(atom: string): Type {
  if (atom !== "dict") return just(atom as "str");
  const cell = new Cells().create(just("str"), just("str"));
  return just("dict", { cells: new Map([["dict", cell]]) });
}

const ARGUMENTS = fc.oneof(
  text,
  fc.nat(2),
  texts,
  texts.map((some) => runtime.tup(...some)),
);

function constant(value: Value): ConstantValue {
  return typeof value === "string"
    ? { type: "str", value }
    : { type: "int", value: BigInt(value as number) };
}

/** The argument as it stands in the text of a program, or in a variable. */
function argument(value: Value): Argument {
  const isList = Array.isArray(value);
  const node: Expr = isList
    ? { kind: "Name", id: "x", span }
    : { kind: "Constant", value: constant(value), span };
  const atom = isList
    ? isTuple(value)
      ? "tuple"
      : "list"
    : typeof value === "string"
      ? "str"
      : "int";
  return { node, type: just(atom), element: isList ? just("str") : null };
}

function compiled(form: NativeForm): (self: Value, args: readonly Value[]) => Value {
  const names = ["a", "b"].slice(0, form.takes);
  const value = form.emit(js.id("self"), names.map(js.id));
  const body = [js.returns(value)];
  const options = { source: "", sourceText: "", layout: true };
  const { code } = print({ type: "Program", sourceType: "module", body }, options);
  const run = new Function("self", "a", "b", code) as (...args: Value[]) => Value;
  return (self, args) => run(self, ...args);
}

/** The value, or the exception. */
function outcome(run: () => Value): string {
  try {
    return runtime.repr(run());
  } catch (error) {
    return runtime.repr(error);
  }
}

const forms = Object.entries(NATIVE_FORMS).flatMap(([type, methods]) =>
  Object.entries(methods as Record<string, readonly NativeForm[]>).flatMap(([name, all]) =>
    all.map((form, i) => [`${type}.${name} ${i}`, type, name, form] as const),
  ),
);

test.each(forms)("%s", (_title, type, name, form) => {
  const run = compiled(form);
  const whole = typeOf(type);
  let tried = 0;
  const cases = fc.tuple(
    VALUES[type] as fc.Arbitrary<() => Value>,
    fc.array(ARGUMENTS, { minLength: form.takes, maxLength: form.takes }),
  );
  fc.assert(
    fc.property(cases, ([make, args]) => {
      if (form.when?.(args.map(argument), whole) === false) return;
      tried++;
      const [ours, theirs] = [make(), make()];
      const result = outcome(() => run(ours, args));
      const expected = outcome(() => runtime.invoke(theirs, name, ...args));
      expect(runtime.repr(ours)).toBe(runtime.repr(theirs));
      const isCompared = form.discarded !== true || expected.startsWith("TypeError");
      if (isCompared) expect(result).toBe(expected);
    }),
    { numRuns: 2000 },
  );
  expect(tried).toBeGreaterThan(50);
  expect(form.because).not.toBe("");
});
