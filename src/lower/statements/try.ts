/** Lowers `try` with its handlers, `else` and `finally`. */
import { builtin } from "../../analyze/tables/builtins.js";
import * as js from "../../emit/build.js";
import type { Expression, Statement, TargetNode } from "../../emit/tree.js";
import type { ExceptHandler, Expr, Try } from "../../parser/ast.js";
import { declarationAt } from "../declaration.js";
import { lowerExpression } from "../expression.js";
import type { Frame } from "../frame.js";
import { lowerBlock } from "../statement.js";
import { storeInClass } from "../target.js";
import { variable } from "../variable.js";

/**
 * ```py
 * try: f()
 * except OSError as e: g(e)
 * except: h()
 * else: ok()
 * finally: done()
 * ```
 * ```ts
 * try {
 *   let ok$ = false;
 *   try { f(); ok$ = true; }
 *   catch (error$) {
 *     const e = caught(error$);
 *     if (matches(e, OSError)) { g(e); } else { h(); }
 *   }
 *   if (ok$) { ok(); }
 * } finally { done(); }
 * ```
 */
export function lowerTry(node: Try, frame: Frame): Statement[] {
  const inner = node.handlers.length > 0 ? lowerHandled(node, frame) : null;
  if (node.finalbody.length === 0) return inner ?? lowerBlock(node.body, frame);
  const only = inner?.length === 1 ? inner[0] : undefined;
  const body = inner ?? lowerUnhandled(node, frame);
  const finalizer = lowerBlock(node.finalbody, frame);
  // `try ... except ... finally` is one JavaScript statement.
  if (only?.type === "TryStatement") return [{ ...only, finalizer: js.block(finalizer) }];
  return [js.tryCatch(body, null, finalizer)];
}

/** The program asks `sys.exc_info()` which exception is being handled. */
function asksForException({ module }: Frame): boolean {
  return module.snippet === null && module.analysis.context.facts.asksForException;
}

/** `handled()` behind a block that can end: no exception is being handled any more. */
function released(block: Statement[], completes: boolean, frame: Frame): Statement[] {
  return completes && asksForException(frame)
    ? [...block, js.expressionStatement(js.rtCall("handled"))]
    : block;
}

/**
 * `caught(error$, OSError)`, which `sys.exc_info()` sees where the program asks it:
 * `handling(caught(error$, OSError))`.
 */
function caughtValue(args: Expression[], frame: Frame): Expression {
  const value = js.rtCall("caught", ...args);
  return asksForException(frame) ? js.rtCall("handling", value) : value;
}

const canEnd = (node: Try | ExceptHandler, frame: Frame): boolean =>
  frame.module.analysis.completes.get(node) !== false;

/** `try ... finally` without handlers. */
function lowerUnhandled({ body, orelse }: Try, frame: Frame): Statement[] {
  const block = [...lowerBlock(body, frame), ...lowerBlock(orelse, frame)];
  if (!asksForException(frame)) return block;
  const error = frame.name("error");
  const pass = [js.throws(caughtValue([js.id(error)], frame))];
  return [js.tryCatch(released(block, true, frame), { param: error, body: pass }, null)];
}

function lowerHandled(node: Try, frame: Frame): Statement[] {
  const body = released(lowerBlock(node.body, frame), canEnd(node, frame), frame);
  const error = frame.name("error");
  const handler = released(
    lowerOnly(node.handlers, error, frame) ?? lowerSeveral(node, error, frame),
    node.handlers.some((one) => canEnd(one, frame)),
    frame,
  );
  if (node.orelse.length === 0) {
    return [js.tryCatch(body, { param: error, body: handler }, null)];
  }
  const { completes } = frame.module.analysis;
  if (node.handlers.every((one) => completes.get(one) === false)) {
    // Only the end of the body leads behind the statement.
    return [
      js.tryCatch(body, { param: error, body: handler }, null),
      ...lowerBlock(node.orelse, frame),
    ];
  }
  const completed = frame.name("ok");
  return [
    js.declare("let", js.id(completed), js.literal(false)),
    js.tryCatch(
      [...body, js.expressionStatement(js.assign(js.id(completed), js.literal(true)))],
      { param: error, body: handler },
      null,
    ),
    js.ifElse(js.id(completed), lowerBlock(node.orelse, frame)),
  ];
}

/**
 * ```py
 * except (OSError, ValueError) as e: g(e)
 * ```
 * ```ts
 * const e = caught(error$, OSError, ValueError);   // throws again what is neither
 * g(e);
 * ```
 */
function lowerOnly(
  handlers: readonly ExceptHandler[],
  error: string,
  frame: Frame,
): Statement[] | null {
  const [handler, ...others] = handlers;
  if (handler === undefined || others.length > 0) return null;
  const { type } = handler;
  const types = type === null ? [] : type.kind === "Tuple" ? type.elts : [type];
  if (types.some(({ kind }) => kind === "Starred")) return null;
  const value = caughtValue(
    [js.id(error), ...types.map((one) => exceptionType(one, frame))],
    frame,
  );
  const binding = frame.module.analysis.bindingOf.get(handler);
  const own = binding && declarationAt(binding, handler) === "const" ? binding.jsName : null;
  const name = own ?? frame.name("e");
  frame.handlers.push(name);
  const body =
    own === null ? lowerHandler(handler, name, false, frame) : lowerBlock(handler.body, frame);
  frame.handlers.pop();
  const [start, ...rest] = body;
  const assignment = start?.type === "ExpressionStatement" ? start.expression : null;
  if (
    own === null &&
    handler.name !== null &&
    assignment?.type === "AssignmentExpression" &&
    assignment.right.name === name &&
    !mentionsIdentifier(rest, name)
  ) {
    return [js.expressionStatement({ ...assignment, right: value }), ...rest];
  }
  const isUsed = own !== null || mentionsIdentifier(body, name);
  return [
    isUsed ? js.declare("const", js.id(name), value) : js.expressionStatement(value),
    ...body,
  ];
}

/** The types of values are functions to TypeScript, exceptions are classes. */
const isBuiltinClass = (node: Expr): boolean =>
  node.kind === "Name" && builtin(node.id)?.kind === "class";

/** A class that TypeScript knows, or any value. */
function exceptionType(node: Expr, frame: Frame): Expression {
  const value = lowerExpression(node, frame);
  const { nameUses } = frame.module.analysis;
  const use = node.kind === "Name" ? nameUses.get(node) : undefined;
  const isClass =
    value.type === "MemberExpression" ||
    (use?.resolved === "builtin" && isBuiltinClass(node)) ||
    (use?.binding != null && (use.binding.constantClass !== null || use.binding.imported !== null));
  return isClass ? value : js.asAny(value);
}

function lowerSeveral(node: Try, error: string, frame: Frame): Statement[] {
  const shared = sharedName(node, frame);
  const value = shared ?? frame.name("e");
  frame.handlers.push(value);
  const handler = [
    js.declare("const", js.id(value), caughtValue([js.id(error)], frame)),
    ...lowerHandlers(node.handlers, value, shared !== null, frame),
  ];
  frame.handlers.pop();
  return handler;
}

function mentionsIdentifier(nodes: readonly TargetNode[], name: string): boolean {
  const search = (value: unknown): boolean =>
    Array.isArray(value)
      ? value.some(search)
      : typeof value === "object" &&
        value !== null &&
        "type" in value &&
        ((value.type === "Identifier" && "name" in value && value.name === name) ||
          Object.values(value).some(search));
  return nodes.some(search);
}

/** The variable of `except ... as` when all handlers that name one use it and nothing else does. */
function sharedName({ handlers }: Try, frame: Frame): string | null {
  const named = handlers.filter(({ name }) => name !== null);
  const [binding, ...others] = new Set(
    named.map((handler) => frame.module.analysis.bindingOf.get(handler)),
  );
  if (binding === undefined || others.length > 0) return null;
  const isOwn = named.every((handler) => declarationAt(binding, handler) === "const");
  return isOwn ? binding.jsName : null;
}

function lowerHandlers(
  handlers: readonly ExceptHandler[],
  value: string,
  shared: boolean,
  frame: Frame,
): Statement[] {
  const [handler, ...others] = handlers;
  if (handler === undefined) return [js.throws(js.id(value))];
  const test: Expression | null =
    handler.type === null
      ? null
      : js.rtCall("matches", js.id(value), lowerExpression(handler.type, frame));
  const body = lowerHandler(handler, value, shared, frame);
  if (test === null) return body;
  const rest = lowerHandlers(others, value, shared, frame);
  const [next] = rest;
  return [js.ifElse(test, body, rest.length === 1 && next?.type === "IfStatement" ? next : rest)];
}

/** The variable of `except ... as e` is unbound again when the handler ends. */
function lowerHandler(
  handler: ExceptHandler,
  value: string,
  shared: boolean,
  frame: Frame,
): Statement[] {
  const body = lowerBlock(handler.body, frame);
  if (handler.name === null || shared) return body;
  const binding = frame.module.analysis.bindingOf.get(handler);
  const name = binding?.jsName ?? handler.name;
  const kind = declarationAt(binding, handler);
  if (kind !== null) {
    // A variable that is set again may hold anything later, and nothing when the handler has ended.
    const target = kind === "let" ? js.typed(name, js.anyType()) : js.id(name);
    return [js.declare(kind, target, js.id(value)), ...body];
  }
  if (frame.classValue !== null && binding?.kind === "class") {
    return [
      storeInClass(handler.name, js.id(value), frame.classValue()),
      js.tryCatch(body, null, [
        js.expressionStatement(
          js.rtCall("deleteName", frame.classValue(), js.literal(handler.name)),
        ),
      ]),
    ];
  }
  const target = binding ? variable(binding, frame) : js.id(name);
  return [
    js.expressionStatement(js.assign(target, js.id(value))),
    js.tryCatch(body, null, [js.expressionStatement(js.assign({ ...target }, js.undef()))]),
  ];
}
