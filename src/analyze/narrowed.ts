/**
 * Reads that TypeScript takes for something they are not: `if self.state == 0: self.step()` may well
 * change the state, but to TypeScript it stays 0 until somebody assigns to it in view, and a comparison
 * with 1 is an error. Called by `analyze.ts`; the lowerings of comparisons, tests and attributes hide the
 * type of such a read.
 */
import type { AnyNode, Expr, FunctionNode, Module, Name, Stmt } from "../parser/ast.js";
import { children } from "./walk.js";

/** What TypeScript takes a variable, field or length for: the only values that it can have. */
type State = ReadonlyMap<string, ReadonlySet<string>>;

const NOTHING: State = new Map();
const NONE = "None:";
const TRUE = "bool:true";
const FALSE = "bool:false";

/**
 * @param completes whether control can pass a statement; see `flow.ts`
 * @param isConstant whether nothing else is ever stored to the variable
 */
export function narrowedReads(
  module: Module,
  functions: Iterable<FunctionNode>,
  completes: ReadonlyMap<AnyNode, boolean>,
  isConstant: (target: Name) => boolean,
): ReadonlySet<Expr> {
  const walk = new Narrowing(completes, isConstant);
  walk.block(module.body, NOTHING);
  for (const { body } of functions) if (Array.isArray(body)) walk.block(body, NOTHING);
  return walk.found;
}

class Narrowing {
  readonly found = new Set<Expr>();

  /** `isTrial`: only where the ways lead counts, not what is found on them. */
  constructor(
    private readonly completes: ReadonlyMap<AnyNode, boolean>,
    private readonly isConstant: (target: Name) => boolean,
    private readonly isTrial = false,
  ) {}

  block(body: readonly Stmt[], start: State): State {
    return body.reduce((state, statement) => this.statement(statement, state), start);
  }

  private statement(node: Stmt, state: State): State {
    switch (node.kind) {
      case "FunctionDef":
      case "AsyncFunctionDef":
        return state;
      case "ClassDef":
        this.block(node.body, NOTHING);
        return state;
      case "If": {
        this.look(node.test, state);
        const yes = this.block(node.body, and(state, facts(node.test, true)));
        const no = this.block(node.orelse, and(state, facts(node.test, false)));
        if (this.ends(node.body)) return no;
        return this.ends(node.orelse) ? yes : either(yes, no);
      }
      case "While":
      case "For":
      case "AsyncFor": {
        const known = (isTrue: boolean): Fact[] =>
          node.kind === "While" ? facts(node.test, isTrue) : [];
        // The end of the body leads to its start.
        const trial = this.isTrial ? this : new Narrowing(this.completes, this.isConstant, true);
        const around = either(state, trial.block(node.body, and(state, known(true))));
        if (!this.isTrial) {
          // A trial within a trial goes through the body once: loops in loops would double the ways.
          this.look(node.kind === "While" ? node.test : node.iter, around);
          this.block(node.body, and(around, known(true)));
          this.block(node.orelse, around);
        }
        return node.body.some(breaks) ? around : and(around, known(false));
      }
      case "Try": {
        const around = without(state, stored(node));
        this.block(node.orelse, this.block(node.body, state));
        for (const handler of node.handlers) this.block(handler.body, around);
        this.block(node.finalbody, around);
        return around;
      }
      case "With":
      case "AsyncWith":
        for (const item of node.items) this.look(item, state);
        return this.block(node.body, without(state, node.items.flatMap(stored)));
      case "Assert":
        this.look(node, state);
        return and(state, facts(node.test, true));
      case "Assign": {
        this.look(node, state);
        const [target] = node.targets;
        const [key, value] = [target && keyOf(target), constantOf(node.value)];
        const after = without(state, stored(node));
        // TypeScript keeps what was assigned, to a union or to a constant.
        const isKept =
          value === NONE ||
          value === TRUE ||
          value === FALSE ||
          (target?.kind === "Name" && this.isConstant(target));
        return key && value !== null && isKept ? and(after, [[key, [value]]]) : after;
      }
      default:
        this.look(node, state);
        return without(state, stored(node));
    }
  }

  private ends(body: readonly Stmt[]): boolean {
    const last = body.at(-1);
    return last !== undefined && this.completes.get(last) !== true;
  }

  /** The reads of an expression. */
  private look(node: AnyNode, state: State): void {
    switch (node.kind) {
      case "Lambda":
        return;
      case "BoolOp": {
        let known = state;
        for (const value of node.values) {
          this.look(value, known);
          known = and(known, facts(value, node.op === "And"));
        }
        return;
      }
      case "IfExp":
        this.look(node.test, state);
        this.look(node.body, and(state, facts(node.test, true)));
        this.look(node.orelse, and(state, facts(node.test, false)));
        return;
      case "Compare": {
        const operands = [node.left, ...node.comparators];
        for (const [i, right] of node.comparators.entries()) {
          const left = operands[i] as Expr;
          this.compare(left, constantOf(right), state);
          this.compare(right, constantOf(left), state);
        }
        break;
      }
      case "Attribute": {
        const values = state.get(keyOf(node.value) ?? "");
        if (values?.has(NONE)) this.found.add(node.value);
        break;
      }
      case "Name":
      case "Call":
        // The test of an int or str is a comparison with what is false.
        for (const empty of ["int:0", "str:"]) this.compare(node, empty, state);
        break;
    }
    for (const child of children(node)) if (child !== null) this.look(child, state);
  }

  private compare(node: Expr, value: string | null, state: State): void {
    const values = value === null ? undefined : state.get(keyOf(node) ?? "");
    if (value === null || values === undefined || values.has(value)) return;
    if ([...values].some((each) => kindOf(each) === kindOf(value))) this.found.add(node);
  }
}

const kindOf = (value: string): string => value.slice(0, value.indexOf(":"));

type Fact = readonly [key: string, values: readonly string[]];

/** Whether a `break` of the loop around it is in it. */
function breaks(node: AnyNode): boolean {
  if (node.kind === "Break") return true;
  if (node.kind === "For" || node.kind === "While" || node.kind === "AsyncFor") return false;
  return children(node).some((child) => child !== null && breaks(child));
}

/** What TypeScript concludes from the test. */
function facts(test: Expr, isTrue: boolean): Fact[] {
  switch (test.kind) {
    case "BoolOp":
      return (test.op === "And") === isTrue
        ? test.values.flatMap((value) => facts(value, isTrue))
        : [];
    case "UnaryOp":
      return test.op === "Not" ? facts(test.operand, !isTrue) : [];
    case "Compare": {
      const [op, right] = [test.ops[0], test.comparators[0]];
      if (test.ops.length > 1 || op === undefined || right === undefined) return [];
      const isSame = op === "Eq" || op === "Is";
      const key = keyOf(test.left);
      const value = constantOf(right);
      if (key === null || value === null) return [];
      const holds = isSame ? isTrue : (op === "NotEq" || op === "IsNot") && !isTrue;
      if (holds) return [[key, [value]]];
      // What is not the one is the other.
      const other = value === TRUE ? FALSE : value === FALSE ? TRUE : null;
      return other !== null && (isSame || op === "NotEq") ? [[key, [other]]] : [];
    }
    default: {
      const key = keyOf(test);
      return key === null ? [] : [[key, isTrue ? [TRUE] : [FALSE, NONE]]];
    }
  }
}

/** `self.state`, `len(items)`: what TypeScript keeps a type of. */
function keyOf(node: Expr): string | null {
  if (node.kind === "Name") return node.id;
  if (node.kind === "Attribute") {
    const object = keyOf(node.value);
    return object === null ? null : `${object}.${node.attr}`;
  }
  const [argument] = node.kind === "Call" ? node.args : [];
  const isLength = node.kind === "Call" && node.func.kind === "Name" && node.func.id === "len";
  const measured = isLength && argument ? keyOf(argument) : null;
  return measured === null ? null : `${measured}.len()`;
}

function constantOf(node: Expr): string | null {
  if (node.kind !== "Constant") return null;
  const { value } = node;
  if (value.type === "None") return NONE;
  return value.type === "int" || value.type === "str" || value.type === "bool"
    ? `${value.type}:${value.value}`
    : null;
}

function and(state: State, known: readonly Fact[]): State {
  if (known.length === 0) return state;
  const all = new Map(state);
  for (const [key, values] of known) {
    const before = [...(all.get(key) ?? [])];
    const isAlike = before.some((one) => values.some((other) => kindOf(one) === kindOf(other)));
    // Of what was possible before, what the test leaves; a test of another kind of value leaves all.
    const left = isAlike ? before.filter((one) => values.includes(one)) : before;
    all.set(key, new Set(before.length === 0 ? values : left));
  }
  return all;
}

/** Where two ways meet, either may have been taken. */
function either(a: State, b: State): State {
  const all = new Map<string, ReadonlySet<string>>();
  for (const [key, values] of a) {
    const others = b.get(key);
    if (others !== undefined) all.set(key, new Set([...values, ...others]));
  }
  return all;
}

function without(state: State, keys: readonly string[]): State {
  if (keys.length === 0 || state.size === 0) return state;
  const isStored = (key: string): boolean =>
    keys.some((stored) => key === stored || key.startsWith(`${stored}.`));
  return new Map([...state].filter(([key]) => !isStored(key)));
}

/** The variables and fields that a node stores to, those of the functions in it left out. */
function stored(node: AnyNode): string[] {
  const keys: string[] = [];
  const store = (target: AnyNode): void => {
    if (target.kind === "Tuple" || target.kind === "List") target.elts.forEach(store);
    else if (target.kind === "Starred") store(target.value);
    else if (target.kind === "Name" || target.kind === "Attribute") keys.push(keyOf(target) ?? "");
  };
  const look = (at: AnyNode): void => {
    if (at.kind === "Assign" || at.kind === "Delete") at.targets.forEach(store);
    if ("target" in at && at.target !== null) store(at.target as AnyNode);
    if (at.kind === "withitem" && at.optional_vars !== null) store(at.optional_vars);
    if (at.kind === "ExceptHandler" && at.name !== null) keys.push(at.name);
    if (at.kind === "FunctionDef" || at.kind === "AsyncFunctionDef" || at.kind === "Lambda") return;
    for (const child of children(at)) if (child !== null) look(child);
  };
  look(node);
  return keys;
}
