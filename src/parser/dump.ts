/**
 * The AST as text in the notation of CPython's `ast.dump`, for `print --phase ast` and for tests.
 * Left out: contexts (`ctx`), `type_ignores`, and optional fields that are null, as CPython does.
 * Works without recursion: expressions can be deeper than the stack.
 */
import type { AnyNode, ConstantValue } from "./ast.js";

type Fields = {
  readonly [K in AnyNode["kind"]]: readonly Exclude<
    keyof Extract<AnyNode, { kind: K }>,
    "kind" | "span" | "nameSpan" | "attrSpan"
  >[];
};

/** Fields in the order in which CPython declares them. */
const fields: Fields = {
  Module: ["body"],
  FunctionDef: ["name", "args", "body", "decorator_list", "returns"],
  AsyncFunctionDef: ["name", "args", "body", "decorator_list", "returns"],
  ClassDef: ["name", "bases", "keywords", "body", "decorator_list"],
  Return: ["value"],
  Delete: ["targets"],
  Assign: ["targets", "value"],
  AugAssign: ["target", "op", "value"],
  AnnAssign: ["target", "annotation", "value"],
  For: ["target", "iter", "body", "orelse"],
  AsyncFor: ["target", "iter", "body", "orelse"],
  While: ["test", "body", "orelse"],
  If: ["test", "body", "orelse"],
  With: ["items", "body"],
  AsyncWith: ["items", "body"],
  withitem: ["context_expr", "optional_vars"],
  Raise: ["exc", "cause"],
  Try: ["body", "handlers", "orelse", "finalbody"],
  ExceptHandler: ["type", "name", "body"],
  Assert: ["test", "msg"],
  Import: ["names"],
  ImportFrom: ["module", "names", "level"],
  alias: ["name", "asname"],
  Global: ["names"],
  Nonlocal: ["names"],
  Expr: ["value"],
  Pass: [],
  Break: [],
  Continue: [],
  BoolOp: ["op", "values"],
  NamedExpr: ["target", "value"],
  BinOp: ["left", "op", "right"],
  UnaryOp: ["op", "operand"],
  Lambda: ["args", "body"],
  IfExp: ["test", "body", "orelse"],
  Dict: ["keys", "values"],
  Set: ["elts"],
  ListComp: ["elt", "generators"],
  SetComp: ["elt", "generators"],
  DictComp: ["key", "value", "generators"],
  GeneratorExp: ["elt", "generators"],
  comprehension: ["target", "iter", "ifs", "is_async"],
  Await: ["value"],
  Yield: ["value"],
  YieldFrom: ["value"],
  Compare: ["left", "ops", "comparators"],
  Call: ["func", "args", "keywords"],
  keyword: ["arg", "value"],
  FormattedValue: ["value", "conversion", "format_spec"],
  JoinedStr: ["values"],
  Constant: ["value"],
  Attribute: ["value", "attr"],
  Subscript: ["value", "slice"],
  Starred: ["value"],
  Name: ["id"],
  List: ["elts"],
  Tuple: ["elts"],
  Slice: ["lower", "upper", "step"],
  arg: ["arg", "annotation"],
  arguments: ["posonlyargs", "args", "vararg", "kwonlyargs", "kw_defaults", "kwarg", "defaults"],
};

/** Fields whose value is the name of an operator, written as a node. */
const operatorFields: ReadonlySet<string> = new Set(["op", "ops"]);
/** Fields that hold statements: with an indent, each goes on a line of its own. */
const blockFields: ReadonlySet<string> = new Set(["body", "orelse", "handlers", "finalbody"]);

type Piece = string | { readonly node: AnyNode; readonly level: number };

/** `indent`: spaces per level for statements; null for one line. */
export function dump(root: AnyNode, indent: number | null = null): string {
  const out: string[] = [];
  const stack: Piece[] = [{ node: root, level: 0 }];
  for (let piece = stack.pop(); piece !== undefined; piece = stack.pop()) {
    if (typeof piece === "string") out.push(piece);
    else
      for (const inner of nodePieces(piece.node, piece.level, indent).reverse()) stack.push(inner);
  }
  return out.join("");
}

function nodePieces(node: AnyNode, level: number, indent: number | null): Piece[] {
  const pieces: Piece[] = [`${node.kind}(`];
  let separator = "";
  for (const field of fields[node.kind] as readonly string[]) {
    const value = (node as unknown as Readonly<Record<string, unknown>>)[field];
    if (value === null && !(node.kind === "Constant" || node.kind === "FormattedValue")) continue;
    if (field === "format_spec" && value === null) continue;
    pieces.push(`${separator}${field}=`);
    separator = ", ";
    if (field === "conversion") pieces.push(conversionCode(value as "s" | "r" | "a" | null));
    else if (node.kind === "Constant") pieces.push(constantText(node.value));
    else if (Array.isArray(value)) addList(pieces, field, value, { level, indent });
    else pieces.push(valuePiece(field, value, level));
  }
  pieces.push(")");
  return pieces;
}

function addList(
  pieces: Piece[],
  field: string,
  values: readonly unknown[],
  { level, indent }: { readonly level: number; readonly indent: number | null },
): void {
  const breaks = indent !== null && blockFields.has(field) && values.length > 0;
  const inner = breaks ? level + 1 : level;
  const lineBreak = breaks ? `\n${" ".repeat(indent * inner)}` : "";
  pieces.push("[");
  values.forEach((value, i) => {
    if (i > 0) pieces.push(breaks ? "," : ", ");
    pieces.push(lineBreak, valuePiece(field, value, inner));
  });
  pieces.push("]");
}

function valuePiece(field: string, value: unknown, level: number): Piece {
  if (typeof value === "string") return operatorFields.has(field) ? `${value}()` : quote(value);
  if (typeof value === "boolean") return value ? "1" : "0";
  if (value === null) return "None";
  return typeof value === "object" ? { node: value as AnyNode, level } : String(value);
}

function conversionCode(conversion: "s" | "r" | "a" | null): string {
  return conversion === null ? "-1" : String(conversion.charCodeAt(0));
}

function constantText(value: ConstantValue): string {
  switch (value.type) {
    case "None":
    case "Ellipsis":
      return value.type;
    case "bool":
      return value.value ? "True" : "False";
    case "int":
      return String(value.value);
    case "float":
      return floatText(value.value);
    case "complex":
      return `${floatText(value.imag).replace(/\.0$/, "")}j`;
    case "str":
      return quote(value.value);
    case "bytes":
      return quoteBytes(value.value);
  }
}

/** Python's repr of a float: the same shortest digits, other places for the exponent. */
function floatText(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "nan";
  const [digits = "", exponentText = "0"] = value.toExponential().split("e");
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= 16) {
    const sign = exponent < 0 ? "-" : "+";
    return `${digits}e${sign}${String(Math.abs(exponent)).padStart(2, "0")}`;
  }
  const plain = String(value);
  return plain.includes(".") ? plain : `${BigInt(value)}.0`;
}

const named: Readonly<Record<string, string>> = {
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\\": "\\\\",
};

function quote(text: string): string {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  let out = "";
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    if (char === mark) out += `\\${char}`;
    else if (named[char] !== undefined) out += named[char];
    else if (/[\p{L}\p{M}\p{N}\p{P}\p{S} ]/u.test(char)) out += char;
    else if (code < 0x100) out += `\\x${code.toString(16).padStart(2, "0")}`;
    else if (code < 0x10000) out += `\\u${code.toString(16).padStart(4, "0")}`;
    else out += `\\U${code.toString(16).padStart(8, "0")}`;
  }
  return mark + out + mark;
}

function quoteBytes(bytes: Uint8Array): string {
  const chars = Array.from(bytes, (byte) => String.fromCharCode(byte));
  const mark = chars.includes("'") && !chars.includes('"') ? '"' : "'";
  const body = chars.map((char) => {
    if (char === mark) return `\\${char}`;
    if (named[char] !== undefined) return named[char];
    const printable = char >= " " && char <= "~";
    return printable ? char : `\\x${char.charCodeAt(0).toString(16).padStart(2, "0")}`;
  });
  return `b${mark}${body.join("")}${mark}`;
}
