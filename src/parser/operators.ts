/** Spelling of operators in source text -> their AST names. */
import type { CmpOperator, Operator, UnaryOperator } from "./ast.js";

export const binaryOperators: Readonly<Record<string, Operator>> = {
  "+": "Add",
  "-": "Sub",
  "*": "Mult",
  "@": "MatMult",
  "/": "Div",
  "%": "Mod",
  "**": "Pow",
  "<<": "LShift",
  ">>": "RShift",
  "|": "BitOr",
  "^": "BitXor",
  "&": "BitAnd",
  "//": "FloorDiv",
};

export const unaryOperators: Readonly<Record<string, UnaryOperator>> = {
  "~": "Invert",
  not: "Not",
  "+": "UAdd",
  "-": "USub",
};

export const compareOperators: Readonly<Record<string, CmpOperator>> = {
  "==": "Eq",
  "!=": "NotEq",
  "<": "Lt",
  "<=": "LtE",
  ">": "Gt",
  ">=": "GtE",
  is: "Is",
  "is not": "IsNot",
  in: "In",
  "not in": "NotIn",
};
