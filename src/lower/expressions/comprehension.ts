/** Lowers comprehensions and generator expressions. */
import { children } from "../../analyze/walk.js";
import * as js from "../../emit/build.js";
import type { Expression, Pattern, Statement } from "../../emit/tree.js";
import type {
  AnyNode,
  Comprehension,
  DictComp,
  Expr,
  GeneratorExp,
  ListComp,
  Name,
  SetComp,
} from "../../parser/ast.js";
import { lowerExpression } from "../expression.js";
import { Frame } from "../frame.js";
import { declareVariables } from "../function.js";
import { mentioned } from "../mentions.js";
import { lowerUnpacked } from "../statements/for.js";
import { lowerStore } from "../target.js";
import { lowerTest } from "../test.js";
import { variableType } from "../types.js";
import { itemsWait, operationWaits, waitingLoop } from "../waits.js";
import { lowerPair } from "./dict.js";

type Comp = ListComp | SetComp | DictComp | GeneratorExp;

/**
 * ```py
 * [f(x) for x in xs if x]
 * [a + b for a in xs for b in ys]
 * ```
 * ```ts
 * collect(xs, (x) => f(x), (x) => truth(x))
 * (() => { const list$ = []; for (const a of each(xs)) for (const b of each(ys)) list$.push(add(a, b)); return list$; })()
 * ```
 */
export function lowerListComp(node: ListComp, frame: Frame): Expression {
  return collect(node, (inner) => lowerExpression(node.elt, inner), frame);
}

/** `{f(x) for x in xs}` becomes `set(collect(xs, (x) => f(x)))`. */
export function lowerSetComp(node: SetComp, frame: Frame): Expression {
  return js.rtCall(
    "set",
    collect(node, (inner) => lowerExpression(node.elt, inner), frame),
  );
}

/** `{k: v for k, v in xs}` becomes `dictOf(collect(xs, ([k, v]) => [k, v]))`. */
export function lowerDictComp(node: DictComp, frame: Frame): Expression {
  const pair = (inner: Frame) => lowerPair(node.key, node.value, inner);
  return js.rtCall("dictOf", collect(node, pair, frame));
}

/**
 * ```py
 * sum(x * x for x in xs)
 * ```
 * ```ts
 * sum(generate(xs, (x) => mul(x, x)))
 * ```
 */
export function lowerGeneratorExp(node: GeneratorExp, frame: Frame): Expression {
  const element = (inner: Frame) => lowerExpression(node.elt, inner);
  if (isSimple(node, frame)) return callback("generate", node, element, frame);
  return nested(node, frame, true, (inner) => [
    js.expressionStatement(js.yieldOne(element(inner))),
  ]);
}

function collect(node: Comp, element: (frame: Frame) => Expression, frame: Frame): Expression {
  if (isSimple(node, frame)) return callback("collect", node, element, frame);
  const suspends = mustSuspend(node, frame);
  const list = frame.name("list");
  const loop = nested(
    node,
    frame,
    suspends,
    (inner) => [js.expressionStatement(js.call(js.member(js.id(list), "push"), [element(inner)]))],
    list,
  );
  return suspends ? js.yieldAll(loop) : loop;
}

/**
 * One `for`, nothing in it that suspends, and no function in it that would see the variable change:
 * a callback says it all.
 */
function isSimple(node: Comp, frame: Frame): boolean {
  return (
    node.generators.length === 1 &&
    !mustSuspend(node, frame) &&
    node.generators.every(({ target }) =>
      targetNames(target).every((name) => !isShared(name, frame)),
    )
  );
}

/** One variable for all rounds, as a function that captures it can tell. */
function isShared(name: Name, frame: Frame): boolean {
  return frame.module.analysis.nameUses.get(name)?.binding?.declareAt === "top";
}

function callback(
  name: "collect" | "generate",
  node: Comp,
  element: (frame: Frame) => Expression,
  frame: Frame,
): Expression {
  const [generator] = node.generators as readonly [Comprehension];
  const { target, iter } = generator;
  const iterable =
    namesOf(target) === null ? lowerExpression(iter, frame) : lowerUnpacked(iter, target, frame);
  const arrowOf = (lower: (inner: Frame) => Expression): Expression => {
    const inner = frame.arrow(frame.module.analysis.scopes.get(node));
    const [param, stores] = parameter(generator.target, inner);
    const value = lower(inner);
    const before = [...inner.declareTemps(), ...stores];
    return js.arrow(
      [param],
      before.length === 0 ? value : js.block([...before, js.returns(value)]),
    );
  };
  const conditions =
    generator.ifs.length === 0 ? [] : [arrowOf((inner) => condition(generator, inner))];
  return js.rtCall(name, iterable, arrowOf(element), ...conditions);
}

const condition = ({ ifs }: Comprehension, frame: Frame): Expression =>
  ifs.map((test) => lowerTest(test, frame)).reduce((left, right) => js.logical(left, "&&", right));

/** The callback's parameter, and what must run first to take it apart. */
function parameter(target: Expr, frame: Frame): [Pattern, Statement[]] {
  if (target.kind === "Name") {
    const binding = frame.module.analysis.nameUses.get(target)?.binding;
    const type = binding ? variableType(binding, frame) : js.anyType();
    return [js.typed(binding?.jsName ?? target.id, type), []];
  }
  const names = namesOf(target)?.map((name) => js.id(nameOf(name, frame)));
  if (names) return [js.arrayPattern(names, js.anyType()), []];
  const item = frame.name("item");
  return [
    js.typed(item, js.anyType()),
    [...declareTargets(target, frame), ...lowerStore(target, js.id(item), null, frame)],
  ];
}

/** The names of `k, v`, each of which stands there once. */
function namesOf(target: Expr): readonly Name[] | null {
  if (target.kind !== "Tuple" && target.kind !== "List") return null;
  const names = target.elts.filter((element) => element.kind === "Name");
  const isPlain = names.length === target.elts.length;
  return isPlain && new Set(names.map(({ id }) => id)).size === names.length ? names : null;
}

function declareTargets(target: Expr, frame: Frame): Statement[] {
  const own = targetNames(target).filter((name) => !isShared(name, frame));
  const jsNames = own.map(
    (name) => frame.module.analysis.nameUses.get(name)?.binding?.jsName ?? name.id,
  );
  const names = [...new Set(jsNames)].map((name) => js.typed(name, js.anyType()));
  return names.length === 0 ? [] : [js.declareAll("let", names)];
}

function targetNames(target: Expr): Name[] {
  switch (target.kind) {
    case "Name":
      return [target];
    case "Tuple":
    case "List":
      return target.elts.flatMap(targetNames);
    case "Starred":
      return targetNames(target.value);
    default:
      return [];
  }
}

/** A function called at once, with the loops written out. */
function nested(
  node: Comp,
  frame: Frame,
  generator: boolean,
  innermost: (frame: Frame) => Statement[],
  list: string | null = null,
): Expression {
  const scope = frame.module.analysis.scopes.get(node);
  const usesSelf =
    frame.self !== null && mentioned(frame.self, [{ kind: "Expr", span: node.span, value: node }]);
  const inner = generator ? suspending(node, frame) : frame.arrow(scope);
  const [first, ...others] = node.generators as readonly [Comprehension, ...Comprehension[]];
  const source = frame.name("it");
  const loops = (
    generators: readonly Comprehension[],
    iterable: Expression | null,
  ): Statement[] => {
    const [current, ...rest] = generators;
    if (current === undefined) return innermost(inner);
    const { target } = current;
    const isPlain = target.kind === "Name";
    const item = isPlain ? nameOf(target, frame) : frame.name("item");
    const stores = isPlain
      ? []
      : [...declareTargets(target, inner), ...lowerStore(target, js.id(item), null, inner)];
    const kind = isPlain ? loopKind(target, frame) : "const";
    const waits = itemsWait(current.iter, inner);
    const source = iterable ?? lowerExpression(current.iter, inner);
    const over = waits || iterable !== null ? source : js.rtCall("each", source);
    const body = loops(rest, null);
    const tested = current.ifs.length === 0 ? body : [js.ifElse(condition(current, inner), body)];
    if (waits) {
      return [
        waitingLoop(over, inner, (value) => [
          kind === null
            ? js.expressionStatement(js.assign(js.id(item), value))
            : js.declare(kind, js.id(item), value),
          ...stores,
          ...tested,
        ]),
      ];
    }
    return [js.forOf(kind, js.id(item), over, [...stores, ...tested])];
  };
  const statements = loops([first, ...others], js.id(source));
  const body = [
    ...inner.declareTemps(),
    ...declareVariables(scope?.bindings.values() ?? [], inner),
    ...(list === null
      ? []
      : [js.declare("const", js.typed(list, js.arrayType(js.anyType())), js.array([]))]),
    ...statements,
    ...(list === null ? [] : [js.returns(js.id(list))]),
  ];
  const params = [js.typed(source, js.anyType())];
  const firstIterable = lowerExpression(first.iter, frame);
  const argument = itemsWait(first.iter, inner) ? firstIterable : js.rtCall("each", firstIterable);
  if (!generator) return js.call(js.arrow(params, js.block(body)), [argument]);
  const fn = js.functionExpression({
    name: null,
    params: usesSelf ? [js.typed("this", js.anyType()), ...params] : params,
    body,
    generator: true,
    returns: js.generatorType(),
  });
  return usesSelf ? js.call(js.member(fn, "call"), [js.self(), argument]) : js.call(fn, [argument]);
}

/** The frame of a comprehension that is a generator of its own. */
function suspending(node: Comp, frame: Frame): Frame {
  const scope = frame.module.analysis.scopes.get(node);
  return new Frame(frame.module, frame, {
    info: frame.info,
    ...(scope ? { scope } : {}),
    suspends: true,
    self: frame.self,
    inClass: frame.inClass,
  });
}

/** `:=` inside may set the variable of a comprehension around it. */
function loopKind(target: Name, frame: Frame): "const" | "let" | null {
  if (isShared(target, frame)) return null;
  const binding = frame.module.analysis.nameUses.get(target)?.binding;
  return binding && binding.stores.length > 1 ? "let" : "const";
}

const nameOf = (target: Name, frame: Frame): string =>
  frame.module.analysis.nameUses.get(target)?.binding?.jsName ?? target.id;

/** Whether the loops of a comprehension must be written where they can suspend. */
function mustSuspend(node: Comp, frame: Frame): boolean {
  const isGenerator = node.kind === "GeneratorExp";
  if (!frame.suspends && !isGenerator) return false;
  return suspendsInside(node) || blocksInside(node, isGenerator ? suspending(node, frame) : frame);
}

/** A call that may block, beside the one that gives the first iterable. */
function blocksInside(node: Comp, frame: Frame): boolean {
  const { calls } = frame.module.analysis;
  const blocks = (at: AnyNode): boolean => {
    if (at === node.generators[0]?.iter) return false;
    if (at.kind === "Lambda" || (at.kind === "GeneratorExp" && at !== node)) return false;
    if (at.kind === "Call" && (calls.get(at)?.mayBlock ?? "no") !== "no") return true;
    if (operationWaits(at, frame)) return true;
    return children(at).some((child) => child !== null && blocks(child));
  };
  return blocks(node);
}

/** `await` or `yield` in the comprehension itself (not in a function nested in it). */
function suspendsInside(node: AnyNode): boolean {
  if (node.kind === "Await" || node.kind === "Yield" || node.kind === "YieldFrom") return true;
  if (node.kind === "Lambda") return false;
  return children(node).some((child) => child !== null && suspendsInside(child));
}
