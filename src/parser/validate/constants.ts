/**
 * `NAME = const(value)`: MicroPython's parser evaluates the value and from there on puts it in the
 * place of the name, in the whole file. Reads the module in source order. Used by `scopes.ts`.
 */
import type { BinOp, Expr, Module, Stmt } from "../ast.js";
import type { Report } from "../scan.js";

export interface Constants {
  /** Does the name stand for its value at this offset? */
  isConstantAt(name: string, offset: number): boolean;
}

/** Numbers take part in further arithmetic at compile time; other constants do not. */
type ConstantKind = "number" | "other";

interface Definition {
  readonly kind: ConstantKind;
  readonly end: number;
}

export function findConstants(module: Module, report: Report): Constants {
  const definitions = new Map<string, Definition>();
  readBlock(module.body, definitions, report);
  return {
    isConstantAt(name, offset) {
      const definition = definitions.get(name);
      return definition !== undefined && offset >= definition.end;
    },
  };
}

type Definitions = Map<string, Definition>;

function readBlock(body: readonly Stmt[], definitions: Definitions, report: Report): void {
  for (const statement of body) {
    readDefinition(statement, definitions, report);
    if ("body" in statement) readBlock(statement.body, definitions, report);
    if ("handlers" in statement) {
      for (const handler of statement.handlers) readBlock(handler.body, definitions, report);
    }
    if ("orelse" in statement) readBlock(statement.orelse, definitions, report);
    if ("finalbody" in statement) readBlock(statement.finalbody, definitions, report);
  }
}

function readDefinition(statement: Stmt, definitions: Definitions, report: Report): void {
  const target =
    statement.kind === "Assign" && statement.targets.length === 1
      ? statement.targets[0]
      : statement.kind === "AnnAssign"
        ? statement.target
        : undefined;
  if (target?.kind !== "Name" || definitions.has(target.id)) return;
  const value = "value" in statement ? statement.value : null;
  if (value?.kind !== "Call" || value.func.kind !== "Name" || value.func.id !== "const") return;
  const [argument] = value.args;
  const single = value.args.length === 1 && value.keywords.length === 0;
  const kind = single && argument !== undefined ? constantKind(argument, definitions) : null;
  if (kind === null) report("MPY2006", { name: target.id }, argument?.span ?? value.span);
  else definitions.set(target.id, { kind, end: statement.span.end });
}

/** Null when the expression is not a constant to MicroPython's parser. */
function constantKind(node: Expr, definitions: Definitions): ConstantKind | null {
  switch (node.kind) {
    case "Constant":
      return ["int", "float", "complex"].includes(node.value.type) ? "number" : "other";
    case "Name":
      return definitions.get(node.id)?.kind ?? null;
    case "Attribute":
      // Ports fold the numbers of some modules; which ones differs from port to port.
      return node.value.kind === "Name" ? "number" : null;
    case "UnaryOp": {
      const operand = constantKind(node.operand, definitions);
      if (node.op === "Not") return operand === null ? null : "other";
      return operand === "number" ? "number" : null;
    }
    case "BinOp":
      return binaryKind(node, definitions);
    case "BoolOp": {
      const kinds = node.values.map((value) => constantKind(value, definitions));
      return kinds.includes(null) ? null : (kinds.at(-1) ?? null);
    }
    case "Tuple":
      return node.elts.every((element) => constantKind(element, definitions) !== null)
        ? "other"
        : null;
    default:
      return null;
  }
}

/** Down the left side by a loop: sums can be long. */
function binaryKind(node: Expr, definitions: Definitions): ConstantKind | null {
  let left = node;
  while (left.kind === "BinOp") {
    if (constantKind(left.right, definitions) !== "number" || !isComputed(left)) return null;
    left = left.left;
  }
  return constantKind(left, definitions) === "number" ? "number" : null;
}

/** Whether MicroPython computes it while it compiles: not what would fail, and not `@`. */
function isComputed({ op, right }: BinOp): boolean {
  switch (op) {
    case "MatMult":
      return false;
    case "LShift":
    case "RShift":
      return !(right.kind === "UnaryOp" && right.op === "USub");
    case "Div":
    case "FloorDiv":
    case "Mod":
      return !isZero(right);
    default:
      return true;
  }
}

function isZero(node: Expr): boolean {
  return node.kind === "Constant" && (node.value.type === "int" || node.value.type === "float")
    ? Number(node.value.value) === 0
    : false;
}
