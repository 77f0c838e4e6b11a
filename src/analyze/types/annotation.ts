/**
 * The type that an annotation names. Nothing enforces annotations while the program runs, so such a
 * type is never sure. Used by `evaluate.ts`.
 */
import type { ClassDef, Expr } from "../../parser/ast.js";
import { globalMeaning, type Modules, type ModuleView, meaning } from "../module-view.js";
import { runtimeKind } from "../tables/runtime-modules.js";
import type { Cells } from "./cell.js";
import {
  type Atom,
  anyOf,
  type BuiltinType,
  join,
  joinAll,
  just,
  type Type,
  tupleOf,
  tupleOfAny,
  unsure,
} from "./type.js";

const NAMES: Readonly<Record<string, readonly BuiltinType[]>> = {
  bool: ["bool"],
  bytearray: ["bytearray"],
  bytes: ["bytes"],
  // As type checkers have it: an int will do.
  float: ["int", "float"],
  int: ["int"],
  str: ["str"],
};

const CONTAINERS: Readonly<Record<string, "list" | "dict" | "set" | "frozenset" | undefined>> = {
  dict: "dict",
  Dict: "dict",
  frozenset: "frozenset",
  FrozenSet: "frozenset",
  list: "list",
  List: "list",
  set: "set",
  Set: "set",
};

export class Annotations {
  private readonly known = new Map<Expr, Type>();

  constructor(
    private readonly modules: Modules,
    private readonly cells: Cells,
  ) {}

  /** Null where it says nothing that TypeScript could repeat. */
  type(node: Expr, view: ModuleView): Type {
    const known = this.known.get(node);
    if (known !== undefined) return known;
    const type = unsure(this.read(node, view));
    this.known.set(node, type);
    return type;
  }

  private read(node: Expr, view: ModuleView): Type {
    switch (node.kind) {
      case "Constant":
        return node.value.type === "None"
          ? just("None")
          : node.value.type === "str"
            ? this.forward(node.value.value, view)
            : null;
      case "Name":
      case "Attribute":
        return this.named(node, view);
      case "BinOp":
        return node.op === "BitOr"
          ? join(this.read(node.left, view), this.read(node.right, view))
          : null;
      case "Subscript":
        return this.generic(last(node.value), node.slice, view);
      default:
        return null;
    }
  }

  private named(node: Expr, view: ModuleView): Type {
    const name = last(node);
    const found = meaning(node, view, this.modules);
    if (found?.kind === "class") return just(found.node);
    if (found?.kind === "runtime") {
      return runtimeKind(found.module, found.name) === "class"
        ? just(`${found.module}.${found.name}`)
        : null;
    }
    if (found !== null && found.kind !== "builtin") return null;
    if (Object.hasOwn(NAMES, name)) return anyOf(...(NAMES[name] as readonly Atom[]));
    if (name === "tuple" || name === "Tuple") return tupleOfAny(null);
    const kind = CONTAINERS[name];
    return kind === undefined ? null : this.container(kind, null, null);
  }

  /** A class named in a string because it is defined later. */
  private forward(name: string, view: ModuleView): Type {
    const found = globalMeaning(view.name, name, this.modules, 0);
    return found?.kind === "class" ? just(found.node as ClassDef) : null;
  }

  private generic(name: string, slice: Expr, view: ModuleView): Type {
    const args = slice.kind === "Tuple" ? slice.elts : [slice];
    const types = (): readonly Type[] => args.map((arg) => this.read(arg, view));
    switch (name) {
      case "Optional":
        return join(this.read(slice, view), just("None"));
      case "Union":
        return joinAll(types());
      case "tuple":
      case "Tuple": {
        const rest = args[1];
        // `tuple[int]` is meant for ints, however many: who writes it thinks of `list[int]`.
        const isOpen = !rest || (rest.kind === "Constant" && rest.value.type === "Ellipsis");
        return isOpen && args[0] ? tupleOfAny(this.read(args[0], view)) : tupleOf(types());
      }
      default: {
        const kind = CONTAINERS[name];
        if (kind === undefined) return null;
        const [a = null, b = null] = types();
        return kind === "dict" ? this.container(kind, b, a) : this.container(kind, a, null);
      }
    }
  }

  private container(kind: "list" | "dict" | "set" | "frozenset", value: Type, key: Type): Type {
    return just(kind, { cells: new Map([[kind, this.cells.create(value, key)]]) });
  }
}

const last = (node: Expr): string =>
  node.kind === "Name" ? node.id : node.kind === "Attribute" ? node.attr : "";
