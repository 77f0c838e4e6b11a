/**
 * Finds the containers that get out of sight: what holds them goes where nobody follows it (into an
 * exception, through a function that nothing is known of, out of `getattr`), so others may put in what
 * the text does not show. What such a container is seen to hold is still shown to the reader, but it is
 * not sure. A place is taken for a leak unless the tables say that what comes there is followed, or only
 * looked at. Its constraints run with those of `constraints.ts`.
 */
import type { AnyNode, Call, Expr, FunctionNode } from "../../parser/ast.js";
import type { DefNode } from "../analysis.js";
import { callTarget } from "../callee.js";
import { attributeByName } from "../facts/escapes.js";
import { type ModuleView, meaning } from "../module-view.js";
import type { BindingRecord } from "../records.js";
import { children } from "../walk.js";
import { elementOf } from "./builtin-results.js";
import type { CallBinding, CallBindingInput } from "./call-binding.js";
import type { Evaluator } from "./evaluate.js";
import type { Ledger } from "./knowledge.js";
import { isFollowed, isPut } from "./method-results.js";
import type { Openness } from "./parameters.js";
import { doubt, isRuntimeClass, type Type } from "./type.js";

/** What becomes of a container that comes to a place: `items` stands for what it holds. */
type Fate = "followed" | "items" | "lost";

interface Place {
  readonly node: AnyNode;
  readonly parent: AnyNode;
  /** The parent's parent. */
  readonly above: AnyNode | null;
  readonly owner: FunctionNode | null;
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(" "));

/** Builtins that only look at their arguments. */
const LOOKING = words(
  "all any bool callable float hash hasattr id int isinstance len print repr str",
);
/** Builtins that hand on what their arguments hold, not these themselves. */
const TAKING_ITEMS = words(
  "enumerate filter iter list map max min next reversed set sorted sum tuple zip",
);
/** Functions of the runtime that hand on what a list holds. */
const RUNTIME_ITEMS = words("random.choice json.dumps asyncio.gather heapq.heappop heapq.heapify");
/** Methods that only look at their arguments. */
const SEEKING = words("index count remove discard join format get pop");
const COMPARISONS = words("__eq__ __ne__ __lt__ __gt__ __le__ __ge__ __contains__");
/** Nothing is known of the attribute's name. */
const ANY_NAME = null;

export class Doubts {
  private readonly globals = new Map<string, BindingRecord[]>();
  /** Functions and methods by name. */
  private readonly defs = new Map<string, DefNode[]>();
  /** Names under which objects that nothing is known of are asked for something. */
  private readonly asked = new Set<string | null>();

  constructor(
    private readonly input: CallBindingInput & Openness,
    private readonly ledger: Ledger,
    private readonly evaluator: Evaluator,
    private readonly calls: CallBinding,
    private readonly all: (() => void)[],
  ) {
    for (const { table } of input.views.values()) {
      for (const [name, binding] of table.root.bindings) {
        this.globals.set(name, [...(this.globals.get(name) ?? []), binding]);
      }
    }
    for (const { node } of [...input.scans.values()].flatMap(({ defs }) => defs)) {
      this.defs.set(node.name, [...(this.defs.get(node.name) ?? []), node]);
    }
    const { escapes, dynamicLoads } = input;
    if (dynamicLoads) this.asked.add(ANY_NAME);
    else if (escapes.modulesEscape) all.push(() => this.globalsNamed(ANY_NAME));
    for (const name of input.sharedNames) all.push(() => this.globalsNamed(name));
    all.push(() => {
      for (const name of this.asked) this.byName(name);
    });
  }

  collect(view: ModuleView): void {
    const stack: Place[] = children(view.ast).flatMap((node) =>
      node === null ? [] : [{ node, parent: view.ast, above: null, owner: null }],
    );
    for (let place = stack.pop(); place !== undefined; place = stack.pop()) {
      const { node, parent, owner } = place;
      this.place(place, view);
      const inside = isFunction(node) ? node : owner;
      for (const child of children(node)) {
        if (child !== null) stack.push({ node: child, parent: node, above: parent, owner: inside });
      }
    }
  }

  private place(place: Place, view: ModuleView): void {
    const { node } = place;
    if (node.kind === "Attribute") this.attribute(node, view);
    if (node.kind === "Call") this.call(node, view);
    if (!mayBeContainer(node)) return;
    const fate = this.fate(place, view);
    if (fate === "followed") return;
    this.all.push(() => {
      const now = typeof fate === "function" ? fate() : fate;
      if (now === "lost") doubt(this.evaluator.type(node, view));
      else if (now === "items") doubt(elementOf(this.evaluator.type(node, view)));
    });
  }

  /** `x.items` of an unknown `x` may be a field of any class, or a variable of a module. */
  private attribute(node: Extract<Expr, { kind: "Attribute" }>, view: ModuleView): void {
    const base = meaning(node.value, view, this.input);
    if (base?.kind === "runtime") return;
    if (base?.kind === "module") {
      // Another name of a module of the program: `import __main__`.
      if (base.target.kind !== "project") this.all.push(() => this.globalsNamed(node.attr));
      return;
    }
    if (node.attr === "__dict__") this.asked.add(ANY_NAME);
    this.all.push(() => {
      // Once is enough: what is not sure never becomes so again.
      if (this.asked.has(node.attr) || this.isSure(node.value, view)) return;
      this.asked.add(node.attr);
      this.byName(node.attr);
    });
  }

  private call(node: Call, view: ModuleView): void {
    const { func, keywords } = node;
    const name = attributeByName(node);
    if (name !== null) this.asked.add(name);
    if (func.kind === "Attribute" && func.attr === "sort" && keywords.length > 0) {
      this.all.push(() => doubt(elementOf(this.evaluator.type(func.value, view))));
    }
  }

  private isSure(node: Expr, view: ModuleView): boolean {
    return this.evaluator.type(node, view)?.sure === true;
  }

  private byName(name: string | null): void {
    for (const type of this.ledger.fieldsNamed(name)) doubt(type);
    this.globalsNamed(name);
    const defs = name === null ? [] : (this.defs.get(name) ?? []);
    for (const node of defs) doubt(this.ledger.result(node));
  }

  private globalsNamed(name: string | null): void {
    const found = name === null ? [...this.globals.values()].flat() : this.globals.get(name);
    for (const binding of found ?? []) doubt(this.ledger.binding(binding));
  }

  private fate({ node, parent, above, owner }: Place, view: ModuleView): Fate | (() => Fate) {
    switch (parent.kind) {
      case "Expr":
      case "If":
      case "While":
      case "Assert":
      case "Delete":
      case "For":
      case "comprehension":
      case "AnnAssign":
      case "NamedExpr":
      case "BoolOp":
      case "UnaryOp":
      case "IfExp":
      case "Await":
      case "Subscript":
      case "Slice":
      case "JoinedStr":
      case "FormattedValue":
      case "List":
      case "Set":
      case "Tuple":
      case "Dict":
      case "ListComp":
      case "SetComp":
      case "DictComp":
        return "followed";
      case "Assign":
        return parent.targets.some(takesRest) ? "lost" : "followed";
      case "AugAssign":
        return parent.op === "Add" && node === parent.value
          ? () => (this.isSure(parent.target, view) ? "followed" : "lost")
          : "followed";
      case "BinOp":
        return () => (this.evaluator.type(parent, view) === null ? "lost" : "followed");
      case "Compare":
        return parent.ops.every((op) => op === "Is" || op === "IsNot") || !this.comparesItself()
          ? "followed"
          : "lost";
      case "Return":
        return owner !== null && this.returnsInView(owner) ? "followed" : "lost";
      case "arguments":
        return above?.kind === "Lambda" ? "lost" : "followed";
      case "Starred":
        return above?.kind === "Call" ? "items" : "followed";
      case "Attribute":
        return above?.kind === "Call" && above.func === parent
          ? () => this.fateOfReceiver(parent.attr, this.evaluator.type(parent.value, view))
          : "lost";
      case "Call":
        return node === parent.func ? "followed" : this.fateOfArgument(parent, view);
      case "keyword":
        return above?.kind === "Call" ? this.fateOfArgument(above, view) : "lost";
      default:
        return "lost";
    }
  }

  private comparesItself(): boolean {
    return [...COMPARISONS].some((name) => this.input.dunders.has(name));
  }

  /** Whether all who get the function's result are calls that name it. */
  private returnsInView(node: FunctionNode): boolean {
    const { escapes, flavours } = this.input;
    return (
      node.kind === "FunctionDef" &&
      flavours.get(node) === "plain" &&
      node.decorator_list.length === 0 &&
      !node.name.startsWith("__") &&
      !escapes.escapedFunctions.has(node) &&
      !escapes.openAttributes.has(node.name)
    );
  }

  private fateOfReceiver(name: string, type: Type): Fate {
    return type === null || type.cells.size === 0 || isFollowed(name) ? "followed" : "lost";
  }

  private fateOfArgument(call: Call, view: ModuleView): Fate | (() => Fate) {
    const target = callTarget(call, view, this.input);
    switch (target.kind) {
      case "builtin":
        if (LOOKING.has(target.name)) return "followed";
        return TAKING_ITEMS.has(target.name) ? "items" : "lost";
      case "runtime":
        return RUNTIME_ITEMS.has(`${target.module}.${target.name}`) ? "items" : "lost";
      case "unknown":
        return "lost";
      case "method":
        return () => (this.isKept(call, target.name, view) ? "followed" : "lost");
      default:
        return () => (this.calls.callees(call, target, view).length > 0 ? "followed" : "lost");
    }
  }

  /** Whether a method's argument goes to methods of the program, or to a container that shows it. */
  private isKept({ func }: Call, name: string, view: ModuleView): boolean {
    const type = func.kind === "Attribute" ? this.evaluator.type(func.value, view) : null;
    if (type === null || !type.sure || [...type].some(isRuntimeClass)) return false;
    const isOwn = [...type].every((atom) => typeof atom !== "string" || atom === "None");
    return isOwn || isPut(name) || SEEKING.has(name);
  }
}

function isFunction(node: AnyNode): node is FunctionNode {
  return node.kind === "FunctionDef" || node.kind === "AsyncFunctionDef" || node.kind === "Lambda";
}

/** Expressions whose value may hold others. */
function mayBeContainer(node: AnyNode): node is Expr {
  switch (node.kind) {
    case "Name":
    case "Attribute":
    case "Subscript":
    case "Call":
    case "Await":
    case "List":
    case "Set":
    case "Dict":
    case "Tuple":
    case "ListComp":
    case "SetComp":
    case "DictComp":
    case "IfExp":
    case "BoolOp":
    case "BinOp":
    case "NamedExpr":
      return true;
    default:
      return false;
  }
}

/** `first, *rest = ...` */
function takesRest(target: Expr): boolean {
  return (
    target.kind === "Starred" ||
    ((target.kind === "Tuple" || target.kind === "List") && target.elts.some(takesRest))
  );
}
