/**
 * The Python AST. Node and field names are those of CPython's `ast` module, so that a dump can be
 * compared with CPython's. Built by `parser/`, read by `analyze/` and `lower/`; never mutated after
 * the parser returned it: whatever is learnt about a node lives in side tables keyed by the node.
 */

/** Half-open range of UTF-16 offsets into the source text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

interface Node<K extends string> {
  readonly kind: K;
  readonly span: Span;
}

/** A `#` comment; `text` includes the `#`. `trailing`: code stands before it on its line. */
export interface Comment {
  readonly span: Span;
  readonly text: string;
  readonly trailing: boolean;
}

export interface Module extends Node<"Module"> {
  readonly body: readonly Stmt[];
  readonly comments: readonly Comment[];
}

// ---- statements ------------------------------------------------------------------------------

export interface FunctionDef extends Node<"FunctionDef"> {
  readonly name: string;
  readonly nameSpan: Span;
  readonly args: Arguments;
  readonly body: readonly Stmt[];
  readonly decorator_list: readonly Expr[];
  readonly returns: Expr | null;
}
export interface AsyncFunctionDef extends Node<"AsyncFunctionDef"> {
  readonly name: string;
  readonly nameSpan: Span;
  readonly args: Arguments;
  readonly body: readonly Stmt[];
  readonly decorator_list: readonly Expr[];
  readonly returns: Expr | null;
}
export interface ClassDef extends Node<"ClassDef"> {
  readonly name: string;
  readonly nameSpan: Span;
  readonly bases: readonly Expr[];
  readonly keywords: readonly Keyword[];
  readonly body: readonly Stmt[];
  readonly decorator_list: readonly Expr[];
}
export interface Return extends Node<"Return"> {
  readonly value: Expr | null;
}
export interface Delete extends Node<"Delete"> {
  readonly targets: readonly Expr[];
}
export interface Assign extends Node<"Assign"> {
  readonly targets: readonly Expr[];
  readonly value: Expr;
}
export interface AugAssign extends Node<"AugAssign"> {
  readonly target: Expr;
  readonly op: Operator;
  readonly value: Expr;
}
export interface AnnAssign extends Node<"AnnAssign"> {
  readonly target: Expr;
  readonly annotation: Expr;
  readonly value: Expr | null;
}
export interface For extends Node<"For"> {
  readonly target: Expr;
  readonly iter: Expr;
  readonly body: readonly Stmt[];
  readonly orelse: readonly Stmt[];
}
export interface AsyncFor extends Node<"AsyncFor"> {
  readonly target: Expr;
  readonly iter: Expr;
  readonly body: readonly Stmt[];
  readonly orelse: readonly Stmt[];
}
export interface While extends Node<"While"> {
  readonly test: Expr;
  readonly body: readonly Stmt[];
  readonly orelse: readonly Stmt[];
}
export interface If extends Node<"If"> {
  readonly test: Expr;
  readonly body: readonly Stmt[];
  /** `elif` is an `If` alone in `orelse`, as in CPython. */
  readonly orelse: readonly Stmt[];
}
export interface With extends Node<"With"> {
  readonly items: readonly WithItem[];
  readonly body: readonly Stmt[];
}
export interface AsyncWith extends Node<"AsyncWith"> {
  readonly items: readonly WithItem[];
  readonly body: readonly Stmt[];
}
export interface WithItem extends Node<"withitem"> {
  readonly context_expr: Expr;
  readonly optional_vars: Expr | null;
}
export interface Raise extends Node<"Raise"> {
  readonly exc: Expr | null;
  readonly cause: Expr | null;
}
export interface Try extends Node<"Try"> {
  readonly body: readonly Stmt[];
  readonly handlers: readonly ExceptHandler[];
  readonly orelse: readonly Stmt[];
  readonly finalbody: readonly Stmt[];
}
export interface ExceptHandler extends Node<"ExceptHandler"> {
  readonly type: Expr | null;
  readonly name: string | null;
  readonly body: readonly Stmt[];
}
export interface Assert extends Node<"Assert"> {
  readonly test: Expr;
  readonly msg: Expr | null;
}
export interface Import extends Node<"Import"> {
  readonly names: readonly Alias[];
}
export interface ImportFrom extends Node<"ImportFrom"> {
  /** Null in `from . import x`. */
  readonly module: string | null;
  readonly names: readonly Alias[];
  /** Number of leading dots. */
  readonly level: number;
}
export interface Alias extends Node<"alias"> {
  /** A dotted name, or `*`. */
  readonly name: string;
  readonly asname: string | null;
}
export interface Global extends Node<"Global"> {
  readonly names: readonly string[];
}
export interface Nonlocal extends Node<"Nonlocal"> {
  readonly names: readonly string[];
}
export interface ExprStmt extends Node<"Expr"> {
  readonly value: Expr;
}
export interface Pass extends Node<"Pass"> {}
export interface Break extends Node<"Break"> {}
export interface Continue extends Node<"Continue"> {}

export type Stmt =
  | FunctionDef
  | AsyncFunctionDef
  | ClassDef
  | Return
  | Delete
  | Assign
  | AugAssign
  | AnnAssign
  | For
  | AsyncFor
  | While
  | If
  | With
  | AsyncWith
  | Raise
  | Try
  | Assert
  | Import
  | ImportFrom
  | Global
  | Nonlocal
  | ExprStmt
  | Pass
  | Break
  | Continue;

// ---- expressions -----------------------------------------------------------------------------

export type BoolOperator = "And" | "Or";
export type Operator =
  | "Add"
  | "Sub"
  | "Mult"
  | "MatMult"
  | "Div"
  | "Mod"
  | "Pow"
  | "LShift"
  | "RShift"
  | "BitOr"
  | "BitXor"
  | "BitAnd"
  | "FloorDiv";
export type UnaryOperator = "Invert" | "Not" | "UAdd" | "USub";
export type CmpOperator =
  | "Eq"
  | "NotEq"
  | "Lt"
  | "LtE"
  | "Gt"
  | "GtE"
  | "Is"
  | "IsNot"
  | "In"
  | "NotIn";

export interface BoolOp extends Node<"BoolOp"> {
  readonly op: BoolOperator;
  /** Two or more: `a or b or c` is one node, as in CPython. */
  readonly values: readonly Expr[];
}
export interface NamedExpr extends Node<"NamedExpr"> {
  readonly target: Name;
  readonly value: Expr;
}
export interface BinOp extends Node<"BinOp"> {
  readonly left: Expr;
  readonly op: Operator;
  readonly right: Expr;
}
export interface UnaryOp extends Node<"UnaryOp"> {
  readonly op: UnaryOperator;
  readonly operand: Expr;
}
export interface Lambda extends Node<"Lambda"> {
  readonly args: Arguments;
  readonly body: Expr;
}
export interface IfExp extends Node<"IfExp"> {
  readonly test: Expr;
  readonly body: Expr;
  readonly orelse: Expr;
}
export interface Dict extends Node<"Dict"> {
  /** A null key means `**value`. */
  readonly keys: readonly (Expr | null)[];
  readonly values: readonly Expr[];
}
export interface SetExpr extends Node<"Set"> {
  readonly elts: readonly Expr[];
}
export interface ListComp extends Node<"ListComp"> {
  readonly elt: Expr;
  readonly generators: readonly Comprehension[];
}
export interface SetComp extends Node<"SetComp"> {
  readonly elt: Expr;
  readonly generators: readonly Comprehension[];
}
export interface DictComp extends Node<"DictComp"> {
  readonly key: Expr;
  readonly value: Expr;
  readonly generators: readonly Comprehension[];
}
export interface GeneratorExp extends Node<"GeneratorExp"> {
  readonly elt: Expr;
  readonly generators: readonly Comprehension[];
}
export interface Comprehension extends Node<"comprehension"> {
  readonly target: Expr;
  readonly iter: Expr;
  readonly ifs: readonly Expr[];
  readonly is_async: boolean;
}
export interface Await extends Node<"Await"> {
  readonly value: Expr;
}
export interface Yield extends Node<"Yield"> {
  readonly value: Expr | null;
}
export interface YieldFrom extends Node<"YieldFrom"> {
  readonly value: Expr;
}
export interface Compare extends Node<"Compare"> {
  readonly left: Expr;
  readonly ops: readonly CmpOperator[];
  readonly comparators: readonly Expr[];
}
export interface Call extends Node<"Call"> {
  readonly func: Expr;
  /** Positional arguments in order; `*x` is a `Starred`. */
  readonly args: readonly Expr[];
  readonly keywords: readonly Keyword[];
}
export interface Keyword extends Node<"keyword"> {
  /** Null means `**value`. */
  readonly arg: string | null;
  readonly value: Expr;
}
export interface FormattedValue extends Node<"FormattedValue"> {
  readonly value: Expr;
  readonly conversion: "s" | "r" | "a" | null;
  readonly format_spec: JoinedStr | null;
}
export interface JoinedStr extends Node<"JoinedStr"> {
  /** String constants and `FormattedValue`s; adjacent constants are merged. `{x=}` is expanded. */
  readonly values: readonly Expr[];
}
/** Value of a literal. Integers are exact (`bigint`), floats carry their own tag: `1.0` is not `1`. */
export type ConstantValue =
  | { readonly type: "None" }
  | { readonly type: "Ellipsis" }
  | { readonly type: "bool"; readonly value: boolean }
  | { readonly type: "int"; readonly value: bigint }
  | { readonly type: "float"; readonly value: number }
  | { readonly type: "complex"; readonly imag: number }
  | { readonly type: "str"; readonly value: string }
  | { readonly type: "bytes"; readonly value: Uint8Array };
export interface Constant extends Node<"Constant"> {
  readonly value: ConstantValue;
}
export interface Attribute extends Node<"Attribute"> {
  readonly value: Expr;
  readonly attr: string;
  readonly attrSpan: Span;
}
export interface Subscript extends Node<"Subscript"> {
  readonly value: Expr;
  /** An expression, a `Slice`, or a `Tuple` that may hold slices. */
  readonly slice: Expr;
}
export interface Starred extends Node<"Starred"> {
  readonly value: Expr;
}
export interface Name extends Node<"Name"> {
  readonly id: string;
}
export interface List extends Node<"List"> {
  readonly elts: readonly Expr[];
}
export interface Tuple extends Node<"Tuple"> {
  readonly elts: readonly Expr[];
}
export interface Slice extends Node<"Slice"> {
  readonly lower: Expr | null;
  readonly upper: Expr | null;
  readonly step: Expr | null;
}

export type Expr =
  | BoolOp
  | NamedExpr
  | BinOp
  | UnaryOp
  | Lambda
  | IfExp
  | Dict
  | SetExpr
  | ListComp
  | SetComp
  | DictComp
  | GeneratorExp
  | Await
  | Yield
  | YieldFrom
  | Compare
  | Call
  | FormattedValue
  | JoinedStr
  | Constant
  | Attribute
  | Subscript
  | Starred
  | Name
  | List
  | Tuple
  | Slice;

// ---- parameters ------------------------------------------------------------------------------

export interface Arg extends Node<"arg"> {
  readonly arg: string;
  readonly annotation: Expr | null;
}
export interface Arguments extends Node<"arguments"> {
  /** MicroPython has no `/`; always empty for accepted programs. */
  readonly posonlyargs: readonly Arg[];
  readonly args: readonly Arg[];
  readonly vararg: Arg | null;
  readonly kwonlyargs: readonly Arg[];
  /** One entry per kwonly argument; null where it is required. */
  readonly kw_defaults: readonly (Expr | null)[];
  readonly kwarg: Arg | null;
  /** Defaults of the last `defaults.length` of `args`. */
  readonly defaults: readonly Expr[];
}

export type FunctionNode = FunctionDef | AsyncFunctionDef | Lambda;
export type AnyNode =
  | Module
  | Stmt
  | Expr
  | WithItem
  | ExceptHandler
  | Alias
  | Comprehension
  | Keyword
  | Arg
  | Arguments;
