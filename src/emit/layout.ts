/**
 * Breaks lines that are too long, as a formatter does: what fits stays on one line; what does not is
 * broken at its outermost brackets, and each part is tried again. Wraps esrap's visitors; called by
 * `print.ts` for TypeScript.
 */
import { body, braces } from "./layout-bodies.js";
import { commentsAbove, writeComment } from "./layout-comments.js";
import type { Context, Items, Print, Visitor } from "./layout-context.js";
import {
  besideOf,
  chain,
  isChain,
  isFunction,
  isHugged,
  isLoose,
  isNumber,
  LOOSE,
} from "./layout-nodes.js";
import { childNodes, type TargetNode } from "./tree.js";

/** Columns of a line. */
const WIDTH = 100;
const INDENT = 2;

export interface Visitors {
  readonly _: (node: TargetNode, context: Context, visit: (node: TargetNode) => void) => void;
  readonly [type: string]: unknown;
}

/** Statements that stand on one line where they fit. */
const LINES = new Set([
  "ExportNamedDeclaration",
  "ExpressionStatement",
  "PropertyDefinition",
  "ReturnStatement",
  "ThrowStatement",
  "VariableDeclaration",
]);

/** Statements with an expression in their head, and the columns that the rest of the head takes. */
const HEADS: Readonly<Record<string, { readonly field: string; readonly columns: number }>> = {
  ForOfStatement: { field: "right", columns: "for (const item of ) {".length },
  IfStatement: { field: "test", columns: "} else if () {".length },
  WhileStatement: { field: "test", columns: "while () {".length },
};

/** What holds statements, and so has lines of its own. */
const BODIES = new Set(["BlockStatement", "ClassBody", "StaticBlock", "SwitchStatement"]);

/** Columns that the arguments before such a one may take. */
const HUGGING = 60;

/** Columns up to which arguments are never broken. */
const SHORT = 12;

/** In place of the arguments of a call that breaks. */
const ARGUMENTS = "BrokenArguments";
/** In place of an operand. */
const PARENTHESES = "Parentheses";
/** In place of a string literal before a dot. */
const TEXT = "Text";

const BITWISE: ReadonlySet<string> = new Set(["&", "|", "^", "<<", ">>", ">>>"]);

const mixesBits = (node: TargetNode, operand: TargetNode): boolean =>
  operand.type === "BinaryExpression" &&
  (BITWISE.has(node.operator) || BITWISE.has(operand.operator)) &&
  operand.operator !== node.operator;

export function layout(visitors: Visitors): Visitors {
  let depth = 0;
  /** The line at hand is too long: its outermost brackets break. */
  let breaking = false;
  /** Expressions in the head of a statement, with the columns that the head takes besides. */
  const heads = new Map<TargetNode, { readonly columns: number; readonly field: string }>();
  const bodies = new WeakMap<TargetNode, boolean>();

  function within(state: { breaking: boolean; deeper?: number }, print: () => void): void {
    const before = breaking;
    breaking = state.breaking;
    depth += state.deeper ?? 0;
    print();
    depth -= state.deeper ?? 0;
    breaking = before;
  }

  /** Prints on one line where that leaves `reserved` columns; else as `otherwise` does, by default broken. */
  function settle(
    context: Context,
    reserved: number,
    print: Print,
    otherwise: Print = print,
  ): void {
    const attempt = context.new();
    within({ breaking: false }, () => print(attempt));
    if (!attempt.multiline && attempt.measure() + reserved <= WIDTH - INDENT * depth)
      context.append(attempt);
    else within({ breaking: true }, () => otherwise(context));
  }

  /** Prints a part that begins a line of its own. */
  function part(context: Context, node: TargetNode, reserved = 1): void {
    if (holdsBody(node)) within({ breaking: true }, () => context.visit(node));
    else settle(context, reserved, (to) => to.visit(node));
  }

  /** Prints lines between brackets, one step further in. */
  function indented(context: Context, print: () => void): void {
    context.indent();
    within({ breaking: false, deeper: 1 }, print);
    context.dedent();
    context.newline();
  }

  /** Prints each item on a line of its own. */
  const onLines = (context: Context, items: Items): void =>
    indented(context, () => {
      items.forEach((item, i) => {
        context.newline();
        const { above: over = [], behind = [] } = besideOf(item) ?? {};
        for (const comment of over) {
          writeComment(comment, context);
          context.newline();
        }
        if (item) part(context, item);
        if (i < items.length - 1 || !item) context.write(",");
        for (const comment of behind) context.write(` //${comment.value}`);
      });
    });

  /** Prints numbers side by side, as many as fit a line. */
  const filled = (context: Context, items: Items): void =>
    indented(context, () => {
      let column = WIDTH;
      items.forEach((item, i) => {
        const text = context.new();
        if (item) text.visit(item);
        if (i < items.length - 1) text.write(",");
        if (column + 1 + text.measure() > WIDTH - INDENT * depth) {
          context.newline();
          column = text.measure();
        } else {
          context.write(" ");
          column += 1 + text.measure();
        }
        context.append(text);
      });
    });

  const broken = (context: Context, items: Items): void =>
    items.length > 4 && items.every(isNumber) && !items.some(besideOf)
      ? filled(context, items)
      : onLines(context, items);

  const breaks = (items: Items): boolean => items.length > 0 && (breaking || items.some(besideOf));

  /** `[a, b]`, or each item on its line. */
  function bracketed(context: Context, open: string, items: Items, close: string): void {
    context.write(open);
    if (breaks(items)) broken(context, items);
    else {
      const pad = open === "{" && items.length > 0 ? " " : "";
      context.write(pad);
      items.forEach((item, i) => {
        if (i > 0) context.write(" ");
        if (item) context.visit(item);
        if (i < items.length - 1 || !item) context.write(",");
      });
      context.write(pad);
    }
    context.write(close);
  }

  /** Whether the last argument stays behind the bracket and breaks by itself. */
  function hugs(items: readonly TargetNode[], context: Context): boolean {
    const last = items.at(-1) as TargetNode;
    if (items.some(besideOf)) return false;
    if (!isHugged(last) && !(isFunction(last) && holdsBody(last))) return false;
    const others = items.slice(0, -1);
    return !others.some(holdsBody) && columns(others, context) <= HUGGING;
  }

  /** Prints `node` in parentheses where `inside` says that it needs them. */
  function wrapped(context: Context, node: TargetNode, inside: boolean): void {
    if (inside) context.write("(");
    context.visit(node);
    if (inside) context.write(")");
  }

  const own = (type: string): Visitor => visitors[type] as Visitor;

  /** Whether a line gains nothing where these arguments break. */
  function isShort(items: readonly TargetNode[], context: Context): boolean {
    return !items.some(holdsBody) && !items.some(besideOf) && columns(items, context) <= SHORT;
  }

  function columns(items: Items, context: Context): number {
    const text = context.new();
    within({ breaking: false }, () => {
      for (const item of items) if (item) text.visit(item);
    });
    return text.measure();
  }

  const call: Visitor = (node, context) => {
    if (!breaks(node.arguments) || isShort(node.arguments, context)) own(node.type)(node, context);
    else if (holdsBody(node.callee))
      within({ breaking: false }, () => own(node.type)(node, context));
    else
      within({ breaking: false }, () => {
        const argument = { type: ARGUMENTS, items: node.arguments };
        own(node.type)({ ...node, arguments: [argument] }, context);
      });
  };

  const exported = new WeakSet<TargetNode>();

  /** Parameters stand on one line where the whole head of the function fits. */
  function callable(fn: TargetNode, context: Context, name: Print): void {
    const before = exported.has(fn) ? "export ".length : 0;
    settle(context, before + " {".length, (to) => {
      name(to);
      bracketed(to, "(", fn.params, ")");
      if (fn.returnType) to.visit(fn.returnType);
    });
    context.write(" ");
    within({ breaking: false }, () => context.visit(fn.body));
  }

  const functionLike: Visitor = (node, context) =>
    callable(node, context, (to) => {
      to.write(node.generator ? "function* " : "function ");
      if (node.id) to.visit(node.id);
    });

  /** `const main = blocking(function* ...)` */
  const isProgramDefinition = (node: TargetNode): boolean =>
    node.type === "VariableDeclaration" && holdsBody(node);

  const table: Record<string, Visitor> = {
    Program: (node, context) => body(node.body, context, isProgramDefinition),
    BlockStatement: (node, context) => braces("", node.body, context),
    ClassBody: (node, context) => braces("", node.body, context),
    StaticBlock: (node, context) => braces("static ", node.body, context),
    VariableDeclaration: (node, context) => {
      if (node.declarations.length === 1) return own("VariableDeclaration")(node, context);
      context.write(`${node.kind} `);
      if (breaking) onLines(context, node.declarations);
      else
        node.declarations.forEach((declarator: TargetNode, i: number) => {
          if (i > 0) context.write(", ");
          context.visit(declarator);
        });
      context.write(";");
    },
    ExportNamedDeclaration: (node, context) => {
      if (node.declaration) exported.add(node.declaration);
      own("ExportNamedDeclaration")(node, context);
    },
    FunctionDeclaration: functionLike,
    FunctionExpression: functionLike,
    MethodDefinition: (node, context) =>
      callable(node.value, context, (to) => {
        if (node.static) to.write("static ");
        if (node.kind === "get" || node.kind === "set") to.write(`${node.kind} `);
        if (node.value.generator) to.write("*");
        if (node.computed) to.write("[");
        to.visit(node.key);
        if (node.computed) to.write("]");
      }),
    ArrayExpression: (node, context) => bracketed(context, "[", node.elements, "]"),
    ArrayPattern: (node, context) => {
      const isLong = columns(node.elements, context) > HUGGING;
      within({ breaking: breaking && isLong }, () => bracketed(context, "[", node.elements, "]"));
      if (node.typeAnnotation) context.visit(node.typeAnnotation);
    },
    ObjectExpression: (node, context) => bracketed(context, "{", node.properties, "}"),
    CallExpression: call,
    NewExpression: call,
    [ARGUMENTS]: ({ items }, context) => {
      if (!hugs(items, context)) return broken(context, items);
      for (const item of items.slice(0, -1)) {
        context.visit(item);
        context.write(", ");
      }
      within({ breaking: true }, () => context.visit(items.at(-1)));
    },
    ConditionalExpression: (node, context) => {
      const test: Print = (to) => wrapped(to, node.test, LOOSE.has(node.test.type));
      if (!breaking) {
        test(context);
        context.write(" ? ");
        context.visit(node.consequent);
        context.write(" : ");
        context.visit(node.alternate);
        return;
      }
      settle(context, 0, test);
      context.indent();
      within({ breaking: false, deeper: 1 }, () => {
        context.newline();
        context.write("? ");
        part(context, node.consequent, 3);
        context.newline();
        context.write(": ");
        part(context, node.alternate, 3);
      });
      context.dedent();
    },
    LogicalExpression: (node, context) => {
      if (!breaking || !isChain(node)) return own("LogicalExpression")(node, context);
      context.indent();
      within({ breaking, deeper: 1 }, () => operands(node, context));
      context.dedent();
    },
    CatchClause: (node, context) => {
      context.write("catch ");
      if (node.param) wrapped(context, node.param, true);
      if (node.param) context.write(" ");
      context.visit(node.body);
    },
    SequenceExpression: (node, context) => bracketed(context, "(", node.expressions, ")"),
    // Which of two operators on bits binds closer is not for the reader to remember.
    BinaryExpression: (node, context) => {
      const [left, right] = [node.left, node.right].map((operand) =>
        mixesBits(node, operand) ? { type: PARENTHESES, operand } : operand,
      );
      own("BinaryExpression")({ ...node, left, right }, context);
    },
    [PARENTHESES]: ({ operand }, context) => wrapped(context, operand, true),
    // esrap thinks of numbers, after which a dot is no member.
    MemberExpression: (node, context) =>
      typeof node.object.value === "string"
        ? own("MemberExpression")({ ...node, object: { ...node.object, type: TEXT } }, context)
        : own("MemberExpression")(node, context),
    [TEXT]: (node, context) => own("Literal")({ ...node, type: "Literal" }, context),
    TemplateLiteral: (node, context) =>
      within({ breaking: false }, () => own("TemplateLiteral")(node, context)),
  };

  /** `a &&`, `b &&`, `c`: each on its line. */
  function operands(node: TargetNode, context: Context): void {
    chain(node, node.operator).forEach((operand, i) => {
      if (i > 0) {
        context.write(` ${node.operator}`);
        context.newline();
      }
      const inside = isLoose(operand, node.operator);
      settle(context, 3, (to) => wrapped(to, operand, inside));
    });
  }

  const visitor = (type: string): Visitor => table[type] ?? own(type);

  function holdsBody(node: TargetNode): boolean {
    let holds = bodies.get(node);
    if (holds === undefined) {
      holds = BODIES.has(node.type) || childNodes(node).some(holdsBody);
      bodies.set(node, holds);
    }
    return holds;
  }

  const isLine = (node: TargetNode): boolean =>
    LINES.has(node.type) &&
    (node.type !== "ExportNamedDeclaration" || node.declaration?.type === "VariableDeclaration");

  function line(node: TargetNode, context: Context): void {
    const print: Print = (to) => visitor(node.type)(node, to);
    const head = HEADS[node.type];
    if (head !== undefined) heads.set(node[head.field], head);
    const outer = heads.get(node);
    heads.delete(node);
    if (outer !== undefined)
      settle(context, outer.columns, print, (to) => inHead(node, outer.field, to));
    else if (BODIES.has(node.type)) within({ breaking: false, deeper: 1 }, () => print(context));
    else if (!isLine(node) || breaking) print(context);
    else if (holdsBody(node)) within({ breaking: true }, () => print(context));
    else settle(context, 0, print);
  }

  /** The long expression in the head of a statement: a condition gets lines of its own. */
  function inHead(node: TargetNode, field: string, context: Context): void {
    if (field !== "test") context.visit(node);
    else
      indented(context, () => {
        context.newline();
        if (isChain(node)) operands(node, context);
        else part(context, node, 0);
      });
  }

  return {
    ...visitors,
    ...table,
    _: (node, context) => {
      commentsAbove(node, context);
      if (!node.onlyComments) visitors._(node, context, () => line(node, context));
    },
  };
}
