/**
 * One `CallInfo` for each call of a module: what it calls, whether plain JS arguments do, whether
 * it may suspend. Called by `analyze.ts`.
 */
import type { Call, ClassDef, Expr, FunctionNode } from "../parser/ast.js";
import type { Callee, CallInfo, ClassInfo, DefNode, FunctionInfo } from "./analysis.js";
import { callTarget, enclosingClass, type Target } from "./callee.js";
import { methodDecorator } from "./decorators.js";
import { blockingMethods } from "./facts/colour.js";
import { isFunctionProperty } from "./js-names.js";
import { methodCall, type Receiver } from "./method-calls.js";
import { type ModuleView, mayBeModule } from "./module-view.js";
import type { ProgramFacts } from "./program-facts.js";
import { type Fit, fitArguments, parseSignature, signatureOf } from "./signature.js";
import { builtin } from "./tables/builtins.js";
import { runtimeExport, runtimeMethod, splitPath } from "./tables/runtime-modules.js";
import { isRuntimeClass } from "./types/type.js";
import { walk } from "./walk.js";

export interface CallContext {
  readonly view: ModuleView;
  readonly facts: ProgramFacts;
  readonly functions: ReadonlyMap<FunctionNode, FunctionInfo>;
  readonly classes: ReadonlyMap<ClassDef, ClassInfo>;
}

type Partial = Pick<CallInfo, "callee" | "mayBlock" | "returnsValue"> & {
  readonly fit: Fit | null;
};

export function callInfos(context: CallContext): ReadonlyMap<Call, CallInfo> {
  const infos = new Map<Call, CallInfo>();
  const blocking = blockingMethods(context.view.name, context.facts);
  walk(context.view.ast, (node) => {
    if (node.kind === "Call") {
      const target = callTarget(node, context.view, context.facts);
      const { fit, ...info } = describe(node, target, context, blocking);
      infos.set(node, {
        ...info,
        fits: fit !== null,
        order: fit?.order ?? null,
        reorders: fit?.reorders ?? false,
      });
    }
  });
  return infos;
}

function describe(
  call: Call,
  target: Target,
  context: CallContext,
  blocking: ReadonlySet<string>,
): Partial {
  const { facts } = context;
  const { colours } = facts;
  switch (target.kind) {
    case "function":
      return {
        callee: target,
        fit: fitArguments(call, signatureOf(target.node.args, false)),
        mayBlock: colours.functions.has(target.node) ? "yes" : "no",
        returnsValue: returns(target.node, facts),
      };
    case "class": {
      const init = facts.hierarchy.method(target.node, "__init__");
      const blocks = init === null ? colours.methods.has("__init__") : colours.functions.has(init);
      return {
        callee: target,
        fit: fitClass(call, target.node, init, facts),
        mayBlock: blocks ? (init === null ? "maybe" : "yes") : "no",
        returnsValue: "always",
      };
    }
    case "builtin": {
      const row = builtin(target.name);
      return {
        callee: { kind: "builtin", name: target.name },
        fit: fitText(call, row?.signature ?? null),
        mayBlock: row?.blocking === true ? "yes" : "no",
        returnsValue: "always",
      };
    }
    case "runtime": {
      const row = runtimeExport(target.module, target.name);
      return {
        callee: { kind: "module-function", module: target.module, name: target.name },
        fit: fitText(call, row?.signature ?? null),
        mayBlock: row?.kind === "blocking" ? "yes" : "no",
        returnsValue: "always",
      };
    }
    case "class-member":
      return member(call, target, context);
    case "super-method":
      return superMethod(call, target.name, context);
    case "method": {
      const runtime = runtimeMethodCall(call, target.name, context);
      if (runtime !== null) {
        return runtime;
      }
      const receiver = receiverOf(call, context);
      const inherited = inheritedCall(call, target.name, receiver, context);
      if (inherited !== null) {
        return inherited;
      }
      const { native, candidates, fit } = methodCall(call, target.name, receiver, facts);
      const mayBlock = native
        ? candidates.some((candidate) => colours.functions.has(candidate))
        : colours.methods.has(target.name) || blocking.has(target.name) || colours.escapes;
      return {
        callee: { kind: "method-by-name", name: target.name, native, candidates },
        fit: native ? fit : null,
        mayBlock: mayBlock ? "maybe" : "no",
        returnsValue: native ? allReturn(candidates, facts) : "always",
      };
    }
    case "unknown":
      return {
        callee: { kind: "unknown" },
        fit: null,
        mayBlock: colours.escapes ? "maybe" : "no",
        returnsValue: "always",
      };
  }
}

function returns(node: DefNode, facts: ProgramFacts): CallInfo["returnsValue"] {
  return facts.ends.get(node)?.returnsValue ?? "sometimes";
}

function allReturn(nodes: readonly DefNode[], facts: ProgramFacts): CallInfo["returnsValue"] {
  const kinds = new Set(nodes.map((node) => returns(node, facts)));
  const [only] = kinds;
  return kinds.size === 1 && only !== undefined ? only : "sometimes";
}

function fitText(call: Call, signature: string | null): Fit | null {
  return signature === null ? null : fitArguments(call, parseSignature(signature));
}

function fitClass(
  call: Call,
  node: ClassDef,
  init: DefNode | null,
  facts: ProgramFacts,
): Fit | null {
  if (
    !facts.closedWorld ||
    facts.dunders.has("__new__") ||
    facts.storedAttributes.has("__init__")
  ) {
    return null;
  }
  if (init !== null) {
    return init.decorator_list.length > 0 || facts.hierarchy.hasUnknownBase(node)
      ? null
      : fitArguments(call, signatureOf(init.args, true));
  }
  const bases = facts.hierarchy
    .chain(node)
    .flatMap((one) => facts.hierarchy.classes.get(one)?.bases ?? []);
  const roots = bases.filter((base) => base.kind !== "class" && base.kind !== "object");
  const [root, ...others] = roots;
  if (root === undefined) {
    return fitArguments(call, []);
  }
  // An exception class without `__init__` takes whatever it is given.
  return others.length === 0 && root.kind === "runtime-class" && root.module === null
    ? fitText(call, builtin(root.name)?.signature ?? null)
    : null;
}

// ---- methods ---------------------------------------------------------------------------------

/** `C.m(...)` with a class known statically. */
function member(
  call: Call,
  target: Extract<Target, { kind: "class-member" }>,
  { facts }: CallContext,
): Partial {
  const node = facts.hierarchy.method(target.class, target.name);
  const isStored = facts.storedAttributes.has(target.name) || facts.dynamicStores;
  const known = node !== null && facts.closedWorld;
  const decorator =
    node?.decorator_list.length === 1
      ? methodDecorator(node.decorator_list[0] as Expr, () => true)
      : null;
  const isStatic = decorator?.kind === "staticmethod" || decorator?.kind === "classmethod";
  const mayBlock = node !== null && facts.colours.functions.has(node) ? "maybe" : "no";
  if (known && isStatic && onlyDecorated(target.name, facts) && !isFunctionProperty(target.name)) {
    const dropFirst = decorator.kind === "classmethod";
    return {
      callee: { kind: "static-method", module: target.module, class: target.class, node },
      fit: fitArguments(call, signatureOf(node.args, dropFirst)),
      mayBlock,
      returnsValue: returns(node, facts),
    };
  }
  if (known && node.decorator_list.length === 0 && !isStored && call.args.length > 0) {
    return {
      callee: { kind: "unbound-method", module: target.module, class: target.class, node },
      fit: node.args.args.length > 0 ? fitArguments(call, signatureOf(node.args, false)) : null,
      mayBlock,
      returnsValue: returns(node, facts),
    };
  }
  return {
    callee: { kind: "unknown" },
    fit: null,
    mayBlock: facts.colours.methods.has(target.name) || facts.colours.escapes ? "maybe" : "no",
    returnsValue: "always",
  };
}

/** Nothing but decorated defs puts this name on a class. */
function onlyDecorated(name: string, facts: ProgramFacts): boolean {
  return (
    !facts.dynamicStores &&
    !facts.plainStores.has(name) &&
    (facts.methods.get(name) ?? []).every((def) => def.node.decorator_list.length === 1)
  );
}

function superMethod(call: Call, name: string, context: CallContext): Partial {
  const { facts } = context;
  const node = isOwnSuper(call, context) ? enclosingClass(call, context.view) : null;
  const bases = node === null ? [] : (facts.hierarchy.classes.get(node)?.bases ?? []);
  const mayBlock = facts.colours.methods.has(name) ? "maybe" : "no";
  const [base] = bases;
  const callee = (native: boolean): Callee => ({ kind: "super-method", name, native });
  const unknown = { fit: null, mayBlock, returnsValue: "always" } as const;
  const own = base?.kind === "runtime-class" && name === "__init__" ? base : null;
  if (bases.length === 1 && own !== null && facts.closedWorld && !facts.dynamicStores) {
    // Of the runtime's classes only those that describe their `__init__` have one of their own.
    const row = own.module === null ? builtin(own.name) : runtimeExport(own.module, own.name);
    const fit = row?.kind === "class" ? fitText(call, row.signature) : null;
    if (fit !== null && !facts.storedAttributes.has(name)) {
      return { callee: callee(true), fit, mayBlock: "no", returnsValue: "always" };
    }
  }
  if (bases.length !== 1 || base?.kind !== "class" || !facts.closedWorld || facts.dynamicStores) {
    return { callee: callee(false), ...unknown };
  }
  const found = facts.hierarchy.method(base.node, name);
  if (found === null || found.decorator_list.length > 0 || facts.storedAttributes.has(name)) {
    return { callee: callee(false), ...unknown };
  }
  const fit = fitArguments(call, signatureOf(found.args, true));
  return {
    callee: callee(fit !== null),
    fit,
    mayBlock: facts.colours.functions.has(found) ? "maybe" : "no",
    returnsValue: returns(found, facts),
  };
}

/** `super()` or `super(C, self)` with the class that the code stands in. */
function isOwnSuper(call: Call, context: CallContext): boolean {
  const { func } = call;
  if (func.kind !== "Attribute" || func.value.kind !== "Call") {
    return false;
  }
  const [cls, ...rest] = func.value.args;
  return (
    cls === undefined ||
    (cls.kind === "Name" &&
      rest.length === 1 &&
      cls.id === enclosingClass(call, context.view)?.name &&
      selfClass(rest[0] as Expr, context) !== null)
  );
}

/** A method of an object that is known to be an instance of a class of the runtime. */
function runtimeMethodCall(call: Call, name: string, context: CallContext): Partial | null {
  const { facts } = context;
  const { value } = call.func as Extract<Expr, { kind: "Attribute" }>;
  const instance = runtimeInstance(value, context);
  const row = instance === null ? null : runtimeMethod(instance[0], instance[1], name);
  if (row === null || facts.dynamicStores || facts.plainStores.has(name) || !facts.closedWorld) {
    return null;
  }
  const fit = fitText(call, row.signature);
  return {
    callee: {
      kind: "method-by-name",
      name,
      native: fit !== null,
      candidates: [],
      coroutine: row.coroutine === true,
    },
    fit,
    mayBlock: row.blocking === true ? "maybe" : "no",
    returnsValue: "always",
  };
}

/** A method that instances of a class of the program have from a base of the runtime. */
function inheritedCall(
  call: Call,
  name: string,
  receiver: Receiver,
  { facts }: CallContext,
): Partial | null {
  const families = receiver.selfOf === null ? receiver.instanceOf : [receiver.selfOf];
  const isStored =
    facts.dynamicStores || facts.storedAttributes.has(name) || facts.methods.has(name);
  if (families === null || isStored || !facts.closedWorld || facts.dunders.has("__getattr__")) {
    return null;
  }
  const bases = families.map((family) => runtimeBase(family, facts));
  const [base] = bases;
  if (!base || bases.some((other) => other !== base)) return null;
  const { module, name: cls } = splitPath(base);
  const row = runtimeMethod(module, cls, name);
  const fit = row === null ? null : fitText(call, row.signature);
  if (row === null || fit === null) return null;
  return {
    callee: {
      kind: "method-by-name",
      name,
      native: true,
      candidates: [],
      coroutine: row.coroutine === true,
    },
    fit,
    mayBlock: row.blocking === true ? "maybe" : "no",
    returnsValue: "always",
  };
}

/** The only base that is not of the program, "module.Class"; null: there is none, or there are more. */
function runtimeBase(node: ClassDef, { hierarchy }: ProgramFacts): string | null {
  const bases = hierarchy
    .chain(node)
    .flatMap((one) => hierarchy.classes.get(one)?.bases ?? [])
    .filter(({ kind }) => kind !== "class" && kind !== "object");
  const [base] = bases;
  return bases.length === 1 && base?.kind === "runtime-class" && base.module !== null
    ? `${base.module}.${base.name}`
    : null;
}

function receiverOf(call: Call, context: CallContext): Receiver {
  const node = (call.func as Extract<Expr, { kind: "Attribute" }>).value;
  return {
    node,
    selfOf: selfClass(node, context),
    instanceOf: instanceClasses(node, context),
    mayBeClass: mayBeClass(node, context),
    mayBeModule: mayBeModule(node, context.view, context.facts),
  };
}

/** The class whose `self` the expression is. */
export function selfClass(
  node: Expr,
  { view, functions }: Pick<CallContext, "view" | "functions">,
): ClassDef | null {
  const info = node.kind === "Name" ? parameterOf(node, view, functions) : null;
  return info !== null && info.isMethodOf !== null && info.selfName !== null
    ? info.isMethodOf
    : null;
}

/** The function whose first parameter the name is. */
function parameterOf(
  node: Extract<Expr, { kind: "Name" }>,
  view: ModuleView,
  functions: CallContext["functions"],
): FunctionInfo | null {
  const binding = view.table.bindingOf.get(node);
  const [store] = binding?.stores ?? [];
  const owner = binding?.scope.node;
  if (
    store?.kind !== "arg" ||
    (owner?.kind !== "FunctionDef" && owner?.kind !== "AsyncFunctionDef")
  ) {
    return null;
  }
  return owner.args.args[0] === store ? (functions.get(owner) ?? null) : null;
}

/** The classes of the program that the value is an instance of (or it is None); else null. */
export function instanceClasses(
  node: Expr,
  { view, facts }: CallContext,
): readonly ClassDef[] | null {
  const classes: ClassDef[] = [];
  for (const atom of facts.typeOf(node, view.ast) ?? []) {
    if (typeof atom !== "string") {
      classes.push(atom);
    } else if (atom !== "None") {
      return null;
    }
  }
  return classes.length > 0 ? classes : null;
}

/** The class of a runtime module that the value is an instance of (or it is None); else null. */
function runtimeInstance(
  node: Expr,
  { view, facts }: CallContext,
): readonly [string, string] | null {
  const type = facts.typeOf(node, view.ast);
  const [atom, ...others] = [...(type ?? [])].filter((one) => one !== "None");
  if (atom === undefined || others.length > 0 || !isRuntimeClass(atom)) {
    return null;
  }
  const { module, name } = splitPath(atom);
  return [module, name];
}

function mayBeClass(node: Expr, { view, functions }: CallContext): boolean {
  switch (node.kind) {
    case "Name":
      return parameterOf(node, view, functions)?.kind === "classmethod" || node.id === "cls";
    case "Attribute":
      return node.attr === "__class__";
    case "Call":
      return node.func.kind === "Name" && (node.func.id === "type" || node.func.id === "getattr");
    default:
      return false;
  }
}
