/**
 * Builders of expressions and patterns, one function per node shape, used by everything in `lower/`:
 * lowering says where a node comes from.
 */
import type * as Runtime from "../../runtime/index.js";
import type {
  Expression,
  ImportedIdentifier,
  Pattern,
  Statement,
  TargetNode,
  TypeNode,
} from "../tree.js";
import { block } from "./statements.js";

/** The specifier that stands for the runtime's index until `link.ts` knows the real one. */
export const RUNTIME = "runtime";

export const id = (name: string): Expression => ({ type: "Identifier", name });

/** An identifier with a type annotation, for declarations and parameters. */
export const typed = (name: string, type: TypeNode | null): Pattern =>
  type === null
    ? { type: "Identifier", name }
    : {
        type: "Identifier",
        name,
        typeAnnotation: { type: "TSTypeAnnotation", typeAnnotation: type },
      };

/** A name exported by the runtime; a name that is not is a compile error here. */
export const rt = (name: keyof typeof Runtime): ImportedIdentifier => imported(RUNTIME, name);

/**
 * A name exported by another ES module; `*` is its namespace, `default` its default export.
 * @param local what to call it here if that is free
 */
export const imported = (from: string, name: string, local = name): ImportedIdentifier => ({
  type: "Identifier",
  name,
  imported: { from, name, local },
});

/** `name(...args)` with a name of the runtime. */
export const rtCall = (name: keyof typeof Runtime, ...args: TargetNode[]): Expression =>
  call(rt(name), args);

export const literal = (value: string | number | boolean | null): Expression => {
  if (typeof value === "number" && (value < 0 || Object.is(value, -0))) {
    return unary("-", literal(-value));
  }
  return typeof value === "string"
    ? { type: "Literal", value, raw: quote(value) }
    : { type: "Literal", value };
};

/** JSON's quoting is JavaScript's but for two line separators; lone surrogates are escaped. */
const quote = (text: string): string =>
  JSON.stringify(text).replace(
    /[\u007f-\u00a0\u00ad\u200b-\u200f\u2028-\u202f\ufeff]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

export const bigint = (value: bigint): Expression =>
  value < 0n
    ? unary("-", bigint(-value))
    : { type: "Literal", value, bigint: value.toString(), raw: `${value}n` };

export const nil = (): Expression => literal(null);
export const undef = (): Expression => id("undefined");
export const self = (): Expression => ({ type: "ThisExpression" });

export const call = (callee: TargetNode, args: readonly TargetNode[]): Expression => ({
  type: "CallExpression",
  callee,
  arguments: args,
  optional: false,
});

export const construct = (callee: TargetNode, args: readonly TargetNode[]): Expression => ({
  type: "NewExpression",
  callee,
  arguments: args,
});

export const member = (object: TargetNode, name: string): Expression =>
  /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name)
    ? { type: "MemberExpression", object, property: id(name), computed: false, optional: false }
    : index(object, literal(name));

export const index = (object: TargetNode, key: TargetNode): Expression => ({
  type: "MemberExpression",
  object,
  property: key,
  computed: true,
  optional: false,
});

export const superMember = (name: string): Expression => member({ type: "Super" }, name);

export const unary = (
  operator: "!" | "-" | "+" | "~" | "typeof" | "delete",
  argument: TargetNode,
): Expression => ({
  type: "UnaryExpression",
  operator,
  prefix: true,
  argument,
});

export const not = (argument: Expression): Expression =>
  argument.type === "UnaryExpression" && argument.operator === "!" && argument.boolean === true
    ? argument.argument
    : unary("!", argument);

export const binary = (left: TargetNode, operator: string, right: TargetNode): Expression => ({
  type: "BinaryExpression",
  left,
  operator,
  right,
});

export const logical = (
  left: TargetNode,
  operator: "&&" | "||" | "??",
  right: TargetNode,
): Expression => ({
  type: "LogicalExpression",
  left,
  operator,
  right,
});

export const conditional = (test: TargetNode, yes: TargetNode, no: TargetNode): Expression => ({
  type: "ConditionalExpression",
  test,
  consequent: yes,
  alternate: no,
});

export const assign = (left: TargetNode, right: TargetNode, operator = "="): Expression => ({
  type: "AssignmentExpression",
  operator,
  left,
  right,
});

export const update = (operator: "++" | "--", argument: TargetNode): Expression => ({
  type: "UpdateExpression",
  operator,
  prefix: false,
  argument,
});

export const sequence = (...expressions: Expression[]): Expression => ({
  type: "SequenceExpression",
  expressions,
});

export const array = (elements: readonly TargetNode[]): Expression => ({
  type: "ArrayExpression",
  elements,
});

export const spread = (argument: TargetNode): TargetNode => ({ type: "SpreadElement", argument });

/** `{ a, b: c }`: each name with the identifier that it stands for. */
export const shorthands = (names: readonly (readonly [string, Expression])[]): Expression => {
  const made = object(names);
  for (const property of made.properties) {
    property.shorthand =
      property.key.type === "Identifier" &&
      property.value.type === "Identifier" &&
      property.key.name === property.value.name;
  }
  return made;
};

/** `{ name: value, ...rest }`; a null name spreads the value. */
export const object = (entries: readonly (readonly [string | null, TargetNode])[]): Expression => ({
  type: "ObjectExpression",
  properties: entries.map(([name, value]) =>
    name === null
      ? spread(value)
      : {
          type: "Property",
          kind: "init",
          key: /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) ? id(name) : literal(name),
          value,
          computed: false,
          method: false,
          shorthand: false,
        },
  ),
});

export const template = (
  strings: readonly string[],
  expressions: readonly Expression[],
): Expression => ({
  type: "TemplateLiteral",
  quasis: strings.map((text, i) => ({
    type: "TemplateElement",
    value: { raw: rawTemplate(text), cooked: text },
    tail: i === strings.length - 1,
  })),
  expressions,
});

/** A text of several lines as a template literal of several lines. */
export const lines = (text: string): Expression => ({
  type: "TemplateLiteral",
  quasis: [
    {
      type: "TemplateElement",
      value: { raw: text.split("\n").map(rawTemplate).join("\n"), cooked: text },
      tail: true,
    },
  ],
  expressions: [],
});

const rawTemplate = (text: string): string =>
  JSON.stringify(text)
    .slice(1, -1)
    .replace(/\\"/g, '"')
    .replace(/`/g, "\\`")
    .replace(/\$\{/g, "\\${")
    .replace(/[\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16)}`);

export const yieldOne = (argument: TargetNode | null): Expression => ({
  type: "YieldExpression",
  delegate: false,
  argument,
});

export const yieldAll = (argument: TargetNode): Expression => ({
  type: "YieldExpression",
  delegate: true,
  argument,
});

export const arrow = (params: readonly Pattern[], body: TargetNode): Expression => ({
  type: "ArrowFunctionExpression",
  params,
  body,
  expression: body.type !== "BlockStatement",
  async: false,
});

export interface FunctionShape {
  readonly name: string | null;
  readonly params: readonly Pattern[];
  readonly body: readonly Statement[];
  readonly generator: boolean;
  readonly returns?: TypeNode | null;
}

const functionNode = (type: string, shape: FunctionShape): TargetNode => ({
  type,
  id: shape.name === null ? null : id(shape.name),
  params: shape.params,
  body: block(shape.body),
  generator: shape.generator,
  async: false,
  ...(shape.returns
    ? { returnType: { type: "TSTypeAnnotation", typeAnnotation: shape.returns } }
    : {}),
});

export const functionExpression = (shape: FunctionShape): Expression =>
  functionNode("FunctionExpression", shape);
export const functionDeclaration = (shape: FunctionShape): Statement =>
  functionNode("FunctionDeclaration", shape);

export const defaulted = (left: Pattern, right: Expression): Pattern => ({
  type: "AssignmentPattern",
  left,
  right,
});

export const rest = (name: string, type: TypeNode | null): Pattern => ({
  type: "RestElement",
  argument: id(name),
  ...(type === null ? {} : { typeAnnotation: { type: "TSTypeAnnotation", typeAnnotation: type } }),
});

/** null: a place that nothing takes. */
export const arrayPattern = (
  elements: readonly (Pattern | null)[],
  type: TypeNode | null = null,
): Pattern => ({
  type: "ArrayPattern",
  elements,
  ...(type && { typeAnnotation: { type: "TSTypeAnnotation", typeAnnotation: type } }),
});
