import { describe, expect, test } from "@jest/globals";
import { SourceFile } from "../../src/diagnostics/source-file.js";
import type { Expr, Stmt } from "../../src/parser/ast.js";
import { dump } from "../../src/parser/dump.js";
import { parse } from "../../src/parser/parse.js";

function statements(source: string): readonly Stmt[] {
  const { module, diagnostics } = parse(new SourceFile("main.py", source));
  expect(diagnostics).toEqual([]);
  return module.body;
}

/** The dump of the statements, names shortened: `Name(id='a')` is `a`. */
function short(source: string): string {
  const text = statements(source).map((statement) => dump(statement));
  return text.join("; ").replace(/Name\(id='(\w+)'\)/g, "$1");
}

function expression(source: string): Expr {
  const [statement] = statements(source);
  if (statement?.kind !== "Expr") throw new Error(`not an expression: ${source}`);
  return statement.value;
}

/** An expression as text. */
function shape(source: string): string {
  return dump(expression(source)).replace(/Name\(id='(\w+)'\)/g, "$1");
}

describe("operators", () => {
  test.each([
    ["a + b - c", "BinOp(left=BinOp(left=a, op=Add(), right=b), op=Sub(), right=c)"],
    ["a + b * c", "BinOp(left=a, op=Add(), right=BinOp(left=b, op=Mult(), right=c))"],
    ["a ** b ** c", "BinOp(left=a, op=Pow(), right=BinOp(left=b, op=Pow(), right=c))"],
    ["-a ** b", "UnaryOp(op=USub(), operand=BinOp(left=a, op=Pow(), right=b))"],
    ["a ** -b", "BinOp(left=a, op=Pow(), right=UnaryOp(op=USub(), operand=b))"],
    ["(a + b) * c", "BinOp(left=BinOp(left=a, op=Add(), right=b), op=Mult(), right=c)"],
    [
      "a | b ^ c & d << e",
      "BinOp(left=a, op=BitOr(), right=BinOp(left=b, op=BitXor(), right=BinOp(left=c, op=BitAnd(), right=BinOp(left=d, op=LShift(), right=e))))",
    ],
    ["a or b or c", "BoolOp(op=Or(), values=[a, b, c])"],
    ["a or (b or c)", "BoolOp(op=Or(), values=[a, BoolOp(op=Or(), values=[b, c])])"],
    ["a and b or c", "BoolOp(op=Or(), values=[BoolOp(op=And(), values=[a, b]), c])"],
    ["not a and b", "BoolOp(op=And(), values=[UnaryOp(op=Not(), operand=a), b])"],
    ["not a == b", "UnaryOp(op=Not(), operand=Compare(left=a, ops=[Eq()], comparators=[b]))"],
    ["a < b <= c", "Compare(left=a, ops=[Lt(), LtE()], comparators=[b, c])"],
    ["a is not b not in c", "Compare(left=a, ops=[IsNot(), NotIn()], comparators=[b, c])"],
    ["a if b else c", "IfExp(test=b, body=a, orelse=c)"],
    ["(a := b)", "NamedExpr(target=a, value=b)"],
  ])("%s", (source, expected) => {
    expect(shape(source)).toBe(expected);
  });
});

describe("atoms, calls and subscripts", () => {
  test.each([
    ["()", "Tuple(elts=[])"],
    ["a,", "Tuple(elts=[a])"],
    ["[a, b]", "List(elts=[a, b])"],
    ["{a}", "Set(elts=[a])"],
    ["{a: b}", "Dict(keys=[a], values=[b])"],
    ["a.b.c", "Attribute(value=Attribute(value=a, attr='b'), attr='c')"],
    ["a[b]", "Subscript(value=a, slice=b)"],
    ["a[b:c]", "Subscript(value=a, slice=Slice(lower=b, upper=c))"],
    ["a[::b]", "Subscript(value=a, slice=Slice(step=b))"],
    ["a[:, b]", "Subscript(value=a, slice=Tuple(elts=[Slice(), b]))"],
    ["a[b,]", "Subscript(value=a, slice=Tuple(elts=[b]))"],
    [
      "f(a, *b, c=d, **e)",
      "Call(func=f, args=[a, Starred(value=b)], keywords=[keyword(arg='c', value=d), keyword(value=e)])",
    ],
    ["f((a)=b)", "Call(func=f, args=[], keywords=[keyword(arg='a', value=b)])"],
    ["f(a := b)", "Call(func=f, args=[NamedExpr(target=a, value=b)], keywords=[])"],
    [
      "f(a for a, b in c)",
      "Call(func=f, args=[GeneratorExp(elt=a, generators=[comprehension(target=Tuple(elts=[a, b]), iter=c, ifs=[], is_async=0)])], keywords=[])",
    ],
    [
      "[a for b in c if d for e in f]",
      "ListComp(elt=a, generators=[comprehension(target=b, iter=c, ifs=[d], is_async=0), comprehension(target=e, iter=f, ifs=[], is_async=0)])",
    ],
    [
      "{a: b for c in d}",
      "DictComp(key=a, value=b, generators=[comprehension(target=c, iter=d, ifs=[], is_async=0)])",
    ],
    [
      "lambda a, *b, c=d: e",
      "Lambda(args=arguments(posonlyargs=[], args=[arg(arg='a')], vararg=arg(arg='b'), kwonlyargs=[arg(arg='c')], kw_defaults=[d], defaults=[]), body=e)",
    ],
  ])("%s", (source, expected) => {
    expect(shape(source)).toBe(expected);
  });
});

describe("statements", () => {
  test.each([
    ["a = b = c", "Assign(targets=[a, b], value=c)"],
    ["a, *b = c", "Assign(targets=[Tuple(elts=[a, Starred(value=b)])], value=c)"],
    ["a //= b", "AugAssign(target=a, op=FloorDiv(), value=b)"],
    ["a: b = c", "AnnAssign(target=a, annotation=b, value=c)"],
    ["a: b", "AnnAssign(target=a, annotation=b)"],
    ["del a, b", "Delete(targets=[a, b])"],
    ["pass; break_", "Pass(); Expr(value=break_)"],
    [
      "if a: b\nelif c: d\nelse: e",
      "If(test=a, body=[Expr(value=b)], orelse=[If(test=c, body=[Expr(value=d)], orelse=[Expr(value=e)])])",
    ],
    ["while a: break\nelse: b", "While(test=a, body=[Break()], orelse=[Expr(value=b)])"],
    [
      "for a, b in c: continue",
      "For(target=Tuple(elts=[a, b]), iter=c, body=[Continue()], orelse=[])",
    ],
    [
      "with a as b, c: pass",
      "With(items=[withitem(context_expr=a, optional_vars=b), withitem(context_expr=c)], body=[Pass()])",
    ],
    [
      "try: a\nexcept B as c: d\nexcept: e\nelse: f\nfinally: g",
      "Try(body=[Expr(value=a)], handlers=[ExceptHandler(type=B, name='c', body=[Expr(value=d)]), ExceptHandler(body=[Expr(value=e)])], orelse=[Expr(value=f)], finalbody=[Expr(value=g)])",
    ],
    ["raise a from b", "Raise(exc=a, cause=b)"],
    ["assert a, b", "Assert(test=a, msg=b)"],
    ["import a.b as c, d", "Import(names=[alias(name='a.b', asname='c'), alias(name='d')])"],
    [
      "from ..a.b import c as d",
      "ImportFrom(module='a.b', names=[alias(name='c', asname='d')], level=2)",
    ],
    ["from .... import *", "ImportFrom(names=[alias(name='*')], level=4)"],
    ["global a, b", "Global(names=['a', 'b'])"],
    [
      "@a.b(c)\nclass D(E, f=g): pass",
      "ClassDef(name='D', bases=[E], keywords=[keyword(arg='f', value=g)], body=[Pass()], decorator_list=[Call(func=Attribute(value=a, attr='b'), args=[c], keywords=[])])",
    ],
    [
      "async def f(a: b = c) -> d: await e",
      "AsyncFunctionDef(name='f', args=arguments(posonlyargs=[], args=[arg(arg='a', annotation=b)], kwonlyargs=[], kw_defaults=[], defaults=[c]), body=[Expr(value=Await(value=e))], decorator_list=[], returns=d)",
    ],
    [
      "def f():\n    x = yield\n    yield from a",
      "FunctionDef(name='f', args=arguments(posonlyargs=[], args=[], kwonlyargs=[], kw_defaults=[], defaults=[]), body=[Assign(targets=[x], value=Yield()), Expr(value=YieldFrom(value=a))], decorator_list=[])",
    ],
  ])("%s", (source, expected) => {
    expect(short(source)).toBe(expected);
  });
});

test("await binds tighter than every operator and looser than trailers", () => {
  expect(short("async def f(): -await a.b(c) ** 2 + 1")).toContain(
    "left=UnaryOp(op=USub(), operand=BinOp(left=Await(value=Call(",
  );
});

describe("spans", () => {
  const source = "def total(first, second=1):\n    return f'{first + second:>{width}}'\n";
  const file = new SourceFile("main.py", source);
  const { module } = parse(file);

  function collect(node: unknown, found: { kind: string; text: string }[]): void {
    if (typeof node !== "object" || node === null) return;
    if (Array.isArray(node)) for (const item of node) collect(item, found);
    else {
      const { kind, span } = node as { kind?: string; span?: { start: number; end: number } };
      if (kind !== undefined && span !== undefined) found.push({ kind, text: file.slice(span) });
      for (const value of Object.values(node)) collect(value, found);
    }
  }

  test("cover the source of each node, in replacement fields too", () => {
    const found: { kind: string; text: string }[] = [];
    collect(module, found);
    expect(found.filter(({ kind }) => kind === "Name").map(({ text }) => text)).toEqual([
      "first",
      "second",
      "width",
    ]);
    expect(found.find(({ kind }) => kind === "BinOp")?.text).toBe("first + second");
    expect(found.find(({ kind }) => kind === "arg")?.text).toBe("first");
    expect(found.find(({ kind }) => kind === "Return")?.text).toBe(
      "return f'{first + second:>{width}}'",
    );
  });

  test("names of definitions and attributes have their own", () => {
    const [statement] = module.body;
    if (statement?.kind !== "FunctionDef") throw new Error("a function was expected");
    expect(file.slice(statement.nameSpan)).toBe("total");
    const attribute = expression("a .\\\n b");
    if (attribute.kind !== "Attribute") throw new Error("an attribute was expected");
    expect(attribute.attrSpan).toEqual({ start: 6, end: 7 });
  });
});

test("comments are collected with their places", () => {
  const { module } = parse(
    new SourceFile("main.py", "# one\nx = (1,  # two\n     2)\n\tif_ = '# no'\n    # three"),
  );
  expect(module.comments.map(({ text, trailing }) => [text, trailing])).toEqual([
    ["# one", false],
    ["# two", true],
    ["# three", false],
  ]);
});

test("an indented dump puts each statement on a line of its own", () => {
  const { module } = parse(new SourceFile("main.py", "if a:\n    b\nelse:\n    pass\n"));
  expect(dump(module, 2)).toBe(
    [
      "Module(body=[",
      "  If(test=Name(id='a'), body=[",
      "    Expr(value=Name(id='b'))], orelse=[",
      "    Pass()])])",
    ].join("\n"),
  );
});
