/**
 * TypeScript types from what is known of values: inferred where the program shows it, else as
 * annotations say. What is not known becomes `any`. Called wherever a parameter, variable, field or
 * result is declared.
 */
import type { Binding, FunctionInfo } from "../analyze/analysis.js";
import type { ProgramFacts } from "../analyze/program-facts.js";
import {
  hasRelatives,
  type ShownDef,
  shownParameter,
  shownResult,
  shownYields,
} from "../analyze/shown-signature.js";
import { runtimeKind, runtimeMember, splitPath } from "../analyze/tables/runtime-modules.js";
import type { Cell } from "../analyze/types/cell.js";
import { isInside, SAFE } from "../analyze/types/range.js";
import {
  type Atom,
  isRuntimeClass,
  type Known,
  type Mutable,
  type Type,
} from "../analyze/types/type.js";
import * as js from "../emit/build.js";
import {
  childNodes,
  type Expression,
  type Pattern,
  type Statement,
  type TargetNode,
  type TypeNode,
} from "../emit/tree.js";
import type { Arg, ClassDef, Expr } from "../parser/ast.js";
import { completes } from "./completes.js";
import type { Frame } from "./frame.js";

/** Containers in containers. */
const MAX_DEPTH = 4;

/** The containers that a type stands in, outermost first; null for tuples. */
type Around = readonly (Cell | null)[];

export const isSameType = (a: TypeNode | null, b: TypeNode | null): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

/** `any` where nothing is known. */
export function typeNode(type: Type, frame: Frame, around: Around = []): TypeNode {
  if (type === null || around.length > MAX_DEPTH || frame.module.snippet !== null) {
    return js.anyType();
  }
  const nodes: TypeNode[] = [];
  for (const atom of ordered(type)) {
    const node = atomNode(atom, type, frame, around);
    if (node === null) return js.anyType();
    nodes.push(node);
  }
  return nodes.length === 0 ? js.anyType() : js.unionType(nodes);
}

/** None comes last; a float says all of an int too. */
function ordered(type: Known): Atom[] {
  const atoms = [...type].filter(
    (atom) => atom !== "None" && !(atom === "int" && type.has("float")),
  );
  return type.has("None") ? [...atoms, "None"] : atoms;
}

function atomNode(atom: Atom, type: Known, frame: Frame, around: Around): TypeNode | null {
  if (typeof atom !== "string") return classNode(atom, frame);
  if (isRuntimeClass(atom)) {
    const { module, name } = splitPath(atom);
    // The loop is the class itself, in MicroPython too.
    if (atom === "asyncio.Loop") return js.typeQuery(js.imported(`module:${module}`, name));
    return runtimeKind(module, name) === "class"
      ? js.typeReference(js.imported(`module:${module}`, name))
      : null;
  }
  const item = (of: Type): TypeNode => typeNode(of, frame, [...around, null]);
  const held = (kind: Mutable, part: "value" | "key" = "value"): TypeNode => {
    const cell = type.cells.get(kind)?.root();
    // A list may hold itself.
    return cell === undefined || around.includes(cell)
      ? js.anyType()
      : typeNode(cell[part], frame, [...around, cell]);
  };
  switch (atom) {
    case "None":
      return js.keywordType("null");
    case "bool":
      return js.keywordType("boolean");
    case "int":
      return isInside(type.range ?? SAFE, SAFE) ? js.keywordType("number") : js.rtType("Int");
    case "float":
      return js.rtType("Real");
    case "str":
      return js.keywordType("string");
    case "bytes":
      return js.rtType("Bytes");
    case "bytearray":
      return js.rtType("ByteArray");
    case "range":
      return js.rtType("Range");
    case "list":
      return js.arrayType(held("list"));
    case "set":
      return generic("PySet", held("set"));
    case "frozenset":
      return generic("FrozenSet", held("frozenset"));
    case "dict": {
      return generic("Dict", held("dict", "key"), held("dict"));
    }
    case "tuple": {
      const { each, any } = type.tuple ?? { each: null, any: null };
      if (each !== null) {
        return js.rtType("Tuple", js.tupleType(each.map(item)));
      }
      const one = item(any);
      return js.isAny(one) ? js.rtType("Tuple") : js.rtType("Tuple", js.arrayType(one));
    }
    default:
      return null;
  }
}

/** `Dict` alone stands for any keys and values. */
function generic(name: "PySet" | "FrozenSet" | "Dict", ...args: TypeNode[]): TypeNode {
  return args.every(js.isAny) ? js.rtType(name) : js.rtType(name, ...args);
}

/** A class of the program, where TypeScript can name it. */
function classNode(node: ClassDef, frame: Frame): TypeNode | null {
  const found = frame.module.classExport(node);
  if (found === null) return null;
  return found.module === frame.module.name
    ? js.typeReference(found.name)
    : js.typeReference(js.imported(`project:${found.module}`, found.name));
}

// ---- variables -------------------------------------------------------------------------------

/** The type of everything that the program stores to the variable. */
export function variableType(binding: Binding, frame: Frame): TypeNode {
  const [store] = binding.stores;
  const mayVanish =
    binding.deletes.length > 0 || binding.stores.some(({ kind }) => kind === "ExceptHandler");
  if (store === undefined || mayVanish) return js.anyType();
  const { shown } = frame.module.analysis.context.facts;
  return heldType(shown.variable(store, frame.module.name), frame);
}

/** What has only ever been None in view is there to be given something by others. */
export function heldType(type: Type, frame: Frame): TypeNode {
  return type !== null && onlyNone(type) ? js.anyType() : typeNode(type, frame);
}

export function expressionType(node: Expr, frame: Frame): TypeNode {
  const { context, module } = frame.module.analysis;
  return typeNode(context.facts.shown.expression(node, module), frame);
}

/** A variable without a first value: TypeScript is told that it gets one before it is read. */
export function declarator(binding: Binding, frame: Frame): Expression {
  const type = variableType(binding, frame);
  return {
    type: "VariableDeclarator",
    id: js.typed(binding.jsName, type),
    init: null,
    ...(js.isAny(type) ? {} : { definite: true }),
  };
}

/** Annotated unless TypeScript sees the same in the value. */
export function typedUnlessClear(name: string, type: TypeNode, value: Expression): Pattern {
  return js.typed(name, isClear(type, value) ? null : type);
}

function isClear(type: TypeNode, value: Expression): boolean {
  const inner = value.type === "UnaryExpression" && value.operator === "-" ? value.argument : value;
  const kind =
    inner.type === "Literal" && inner.value !== null
      ? typeof inner.value
      : inner.type === "TemplateLiteral"
        ? "string"
        : null;
  return (
    (type.type === "TSNumberKeyword" && kind === "number") ||
    (type.type === "TSStringKeyword" && kind === "string") ||
    (type.type === "TSBooleanKeyword" && kind === "boolean")
  );
}

/** Functions of the runtime whose results TypeScript knows; the others give `any`. */
const TYPED: ReadonlySet<string> = new Set(["newWait"]);

/** Whether TypeScript finds the type of such a value by itself. */
export function isInferred(value: Expression): boolean {
  switch (value.type) {
    case "CallExpression":
      return isTyped(value.callee);
    case "YieldExpression":
      return isTyped(value.argument?.callee);
    case "Literal":
    case "NewExpression":
    case "TemplateLiteral":
    case "BinaryExpression":
    case "UnaryExpression":
      return true;
    default:
      return false;
  }
}

const isTyped = (callee: TargetNode | undefined): boolean =>
  callee?.imported?.from !== js.RUNTIME || TYPED.has(callee?.imported?.name);

// ---- functions -------------------------------------------------------------------------------

export function parameterType(info: FunctionInfo, arg: Arg, frame: Frame): TypeNode {
  const def = shownDef(info, frame);
  const isDeleted = (info.scope.bindings.get(arg.arg)?.deletes.length ?? 0) > 0;
  if (def === null || isDeleted) return js.anyType();
  return heldType(shownParameter(def, arg, frame.module.analysis.context.facts), frame);
}

/** What the function returns, as a signature says it. */
export function returnType(info: FunctionInfo, body: readonly Statement[], frame: Frame): TypeNode {
  const def = shownDef(info, frame);
  if (def === null || frame.module.snippet !== null) {
    return info.flavour === "plain" && !info.blocking ? js.anyType() : js.generatorType();
  }
  const { facts } = frame.module.analysis.context;
  const type = shownResult(def, facts);
  const isVoid = info.returnsValue === "never" && (type === null || onlyNone(type));
  const result = isVoid
    ? isInherited(def, frame)
      ? js.anyType()
      : js.keywordType("void")
    : completes(body) || (info.flavour !== "plain" && endsOtherwise(def, type, facts))
      ? js.anyType()
      : typeNode(type, frame);
  if (info.blocking) return js.rtType("Waiting", result);
  switch (info.flavour) {
    case "plain":
      return result;
    case "coroutine":
      return js.rtType("Coroutine", result);
    case "generator":
      // What it waits for passes through it too.
      return js.generatorType(
        result,
        body.some(delegates) ? js.anyType() : typeNode(shownYields(def, facts), frame),
      );
  }
}

/**
 * Whether others of its family end without `return` where this one returns None: of coroutines TypeScript
 * takes these for two things.
 */
function endsOtherwise(def: ShownDef, type: Type, facts: ProgramFacts): boolean {
  return type !== null && onlyNone(type) && hasRelatives(def, facts);
}

/** Whether what another generator yields passes through it. */
function delegates(node: TargetNode): boolean {
  if (node.type === "YieldExpression" && node.delegate) return true;
  return !/Function/.test(node.type) && childNodes(node).some(delegates);
}

/** Methods of the runtime's classes return something: null at least. */
function isInherited({ node, owner }: ShownDef, frame: Frame): boolean {
  const { hierarchy } = frame.module.analysis.context.facts;
  if (owner === null || node.name === "__init__") return false;
  return hierarchy
    .runtimeBases(owner)
    .some((base) => runtimeMember(base.module, base.name, node.name) !== null);
}

const onlyNone = (type: Known): boolean => type.size === 1 && type.has("None");

export function shownDef(info: FunctionInfo, frame: Frame): ShownDef | null {
  const { node } = info;
  return node.kind === "Lambda"
    ? null
    : { node, owner: info.isMethodOf, module: frame.module.name };
}
