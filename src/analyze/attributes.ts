/**
 * One `AttributeInfo` for each attribute expression: whether a plain JS property does. Called by
 * `analyze.ts`.
 */
import type { AnyNode, Attribute, ClassDef } from "../parser/ast.js";
import { isAfterStore } from "./after-store.js";
import type { AttributeInfo } from "./analysis.js";
import type { CallContext } from "./call-context.js";
import { isSafeField, keepsStored } from "./classes.js";
import { isExceptionAttribute } from "./exception-attribute.js";
import { DefiniteFields } from "./fields.js";
import { meaning } from "./module-view.js";
import { isPlainProperty } from "./plain-property.js";
import { instanceClasses, selfClass } from "./receiver.js";
import { stableExport } from "./stable-export.js";
import {
  GUARDED,
  isPartial,
  isRuntimeStatic,
  runtimeExport,
  runtimeHome,
} from "./tables/runtime-modules.js";
import { walk } from "./walk.js";

export function attributeInfos(context: CallContext): ReadonlyMap<Attribute, AttributeInfo> {
  const infos = new Map<Attribute, AttributeInfo>();
  const definite = new DefiniteFields(context.facts);
  const uses = attributeUses(context.view.ast);
  const guarded = new Set<AnyNode>();
  walk(context.view.ast, (node) => {
    // What a call or an attribute is of stands after it.
    if (node.kind === "Call" && [...node.args, ...node.keywords].every(runsNoCode)) {
      guarded.add(node.func);
    }
    if (node.kind === "Attribute") {
      if (node.value.kind === "Attribute" && isConstantOfClass(node, context)) {
        guarded.add(node.value);
      }
      const use = uses.get(node) ?? "load";
      infos.set(node, attributeInfo(node, use, guarded.has(node), context, definite));
    }
  });
  return infos;
}

const runsNoCode = (node: AnyNode): boolean =>
  node.kind === "Constant" ||
  node.kind === "Name" ||
  ((node.kind === "Attribute" || node.kind === "keyword") && runsNoCode(node.value));

type Use = "load" | "store" | "update" | "delete";

/** Attributes that stand as targets. */
function attributeUses(root: AnyNode): ReadonlyMap<AnyNode, Use> {
  const uses = new Map<AnyNode, Use>();
  const mark = (target: AnyNode, use: Use): void => {
    if (target.kind === "Tuple" || target.kind === "List") {
      for (const element of target.elts) {
        mark(element, use);
      }
    } else if (target.kind === "Starred") {
      mark(target.value, use);
    } else {
      uses.set(target, use);
    }
  };
  walk(root, (node) => {
    switch (node.kind) {
      case "Assign":
        for (const target of node.targets) {
          mark(target, "store");
        }
        break;
      case "AnnAssign":
      case "For":
      case "AsyncFor":
      case "comprehension":
        mark(node.target, "store");
        break;
      case "AugAssign":
        mark(node.target, "update");
        break;
      case "withitem":
        if (node.optional_vars !== null) {
          mark(node.optional_vars, "store");
        }
        break;
      case "Delete":
        for (const target of node.targets) {
          mark(target, "delete");
        }
        break;
    }
  });
  return uses;
}

function attributeInfo(
  node: Attribute,
  use: Use,
  isGuarded: boolean,
  context: CallContext,
  definite: DefiniteFields,
): AttributeInfo {
  const owner = selfClass(node.value, context);
  const read = owner === null ? instanceClasses(node.value, context) : [owner];
  if (use === "load" && read?.every((cls) => isPlainProperty(cls, node.attr, context.facts))) {
    return { native: true, moduleMember: null, onSelf: owner !== null };
  }
  if (owner !== null) {
    const canStore = use === "load" || isPlainStore(owner, context);
    const canLoad = use === "store" || isPlainLoad(node, owner, context, definite);
    return { native: use !== "delete" && canStore && canLoad, moduleMember: null, onSelf: true };
  }
  const moduleMember = use === "load" ? memberOf(node, isGuarded, context) : null;
  if (use === "load" && (isConstantOfClass(node, context) || isExceptionAttribute(node, context))) {
    return { native: true, moduleMember: null, onSelf: false };
  }
  const classes = moduleMember === null ? instanceClasses(node.value, context) : null;
  return {
    native:
      classes !== null &&
      use !== "delete" &&
      classes.every(
        (cls) =>
          isSafeField(cls, node.attr, context.facts, definite) &&
          (use === "load" || isPlainStore(cls, context)),
      ),
    moduleMember,
    onSelf: false,
  };
}

/** `Pin.OUT`, which nothing in the program can set. */
function isConstantOfClass(node: Attribute, { view, facts }: CallContext): boolean {
  const cls = meaning(node.value, view, facts);
  return (
    cls?.kind === "runtime" &&
    facts.closedWorld &&
    !facts.dynamicStores &&
    !facts.plainStores.has(node.attr) &&
    isRuntimeStatic(cls.module, cls.name, node.attr)
  );
}

function isPlainStore(owner: ClassDef, { facts }: CallContext): boolean {
  return (
    facts.closedWorld &&
    !facts.dunders.has("__setattr__") &&
    !facts.dunders.has("__set__") &&
    !facts.hierarchy.hasUnknownBase(owner)
  );
}

function isPlainLoad(
  node: Attribute,
  owner: ClassDef,
  context: CallContext,
  definite: DefiniteFields,
): boolean {
  const { facts, functions } = context;
  const self = context.view.table.bindingOf.get(node.value as never);
  const method = self?.scope.node;
  if (method?.kind !== "FunctionDef" && method?.kind !== "AsyncFunctionDef") {
    return false;
  }
  if (
    self?.rebound === false &&
    isAfterStore(node, method.body) &&
    keepsStored(owner, node.attr, facts)
  ) {
    return true;
  }
  return (
    isSafeField(owner, node.attr, facts, definite) &&
    (functions.get(method)?.name !== "__init__" || isClassData(owner, node.attr, context))
  );
}

function isClassData(owner: ClassDef, name: string, { facts }: CallContext): boolean {
  return facts.hierarchy.chain(owner).some((one) => facts.classData.get(one)?.has(name) === true);
}

/** `isGuarded`: the name is called, with arguments that run no code, or a constant of it is read. */
function memberOf(
  node: Attribute,
  isGuarded: boolean,
  { view, facts }: CallContext,
): AttributeInfo["moduleMember"] {
  const base = meaning(node.value, view, facts);
  if (base?.kind !== "module" || facts.moduleStores.has(node.attr)) {
    return null;
  }
  const { target } = base;
  if (target.kind === "runtime") {
    const isDirect = isGuarded && GUARDED.has(`${target.module}.${node.attr}`);
    const isLookedUp = isPartial(target.module, node.attr) && !isDirect;
    return runtimeExport(target.module, node.attr) === null || isLookedUp
      ? null
      : { kind: "runtime", ...runtimeHome(target.module, node.attr) };
  }
  if (target.kind !== "project") {
    return null;
  }
  const binding = facts.views.get(target.module)?.table.root.bindings.get(node.attr);
  if (binding === undefined) {
    return null;
  }
  return {
    kind: "project",
    module: target.module,
    name: node.attr,
    bound: stableExport(facts, view.name, target.module, node.attr),
  };
}
