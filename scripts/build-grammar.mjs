/**
 * Builds `src/parser/grammar/{parser,terms}.ts` from the grammar that `@lezer/python` ships.
 * Run by hand (`node scripts/build-grammar.mjs`) after a change here or of that package; `--check`
 * only tells whether the checked-in tables are up to date. Every edit asserts that the text it
 * replaces is there exactly once, so a new grammar cannot silently lose one.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildParserFile } from "@lezer/generator";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const source = join(root, "node_modules/@lezer/python/src/python.grammar");
const target = join(root, "src/parser/grammar");

/** [why, text in the shipped grammar, text instead] */
const edits = [
  [
    "`await` binds tighter than `**`; `not` looser than comparisons",
    `  trail,
  power @right,
  prefix,
`,
    `  trail,
  await,
  power @right,
  prefix,
`,
  ],
  ["the place of `not` among the precedences", "  as @left,\n", "  not,\n  as @left,\n"],
  [
    "the operand of `await` is an atom with trailers",
    `AwaitExpression { kw<"await"> expression }`,
    `AwaitExpression { kw<"await"> !await expression }`,
  ],
  [
    "the operand of `not` takes in comparisons and stops before `and`",
    `unaryTest[@name="UnaryExpression"] { kw<"not"> testInner }`,
    `unaryTest[@name="UnaryExpression"] { kw<"not"> !not testInner }`,
  ],
  [
    "a bare `yield`, and a generator expression without parentheses in a replacement field",
    `yield { kw<"yield"> (kw<"from"> test | commaSep<test | "*" expression>) }`,
    `yield { kw<"yield"> (kw<"from"> test | commaSep<test | "*" expression>)? }`,
  ],
  [
    "fields of f-strings are put between parentheses by MicroPython, blank ones too",
    `  (YieldExpression | commaSep<"*"? test>)
  FormatSelfDoc`,
    `  (YieldExpression | ComprehensionField { test compFor } | commaSep<"*"? test>)?
  FormatSelfDoc`,
  ],
  [
    "numbers are cut as MicroPython's lexer cuts them and checked later",
    `    (@digit ("_" | @digit)* ("." @digit ("_" | @digit)*)? | "." @digit ("_" | @digit)*)
      ($[eE] $[+\\-]? @digit ("_" | @digit)*)? $[jJ]? |
    "0" $[bB] $[_01]+ |
    "0" $[oO] $[_0-7]+ |
    "0" $[xX] $[_0-9a-fA-F]+
`,
    `    ("." @digit | $[1-9]) numberTail* |
    "0" (($[ac-df-np-wyzAC-DF-NP-WYZ0-9._] | $[eE] $[+\\-]?) numberTail*)? |
    "0" $[bBoOxX] $[a-zA-Z0-9._]*
`,
  ],
  [
    "the tail of a number",
    `  Comment[isolate]`,
    `  numberTail { $[a-df-zA-DF-Z0-9._] | $[eE] $[+\\-]? }

  Comment[isolate]`,
  ],
  [
    "`with a as self.b`, `with a as (b, c)`",
    `commaSep<test (kw<"as"> VariableName)?> Body }`,
    `commaSep<test (kw<"as"> expression)?> Body }`,
  ],
  [
    "a comma after the last parameter of a lambda",
    `{ (lambdaParam ("," lambdaParam)*)? }`,
    `{ (lambdaParam ("," lambdaParam)* ","?)? }`,
  ],
  ["`print` is a name", `  PrintStatement { printKeyword test } |\n`, ""],
  [
    "`print` is a name (its tokenizer)",
    `@external tokens legacyPrint from "./tokens.js" { printKeyword[@name="print"] }\n\n`,
    "",
  ],
  [
    "form feed and vertical tab are white space; a backslash continues the line",
    `space { ($[ \\t\\f] | "\\\\" $[\\n\\r])+ }`,
    `space { ($[ \\t\\u{b}\\u{c}] | "\\\\\\n")+ }`,
  ],
  [
    "any byte over 127 is part of a name",
    `$[_\\u{a1}-\\u{10ffff}]`,
    `$[_\\u{80}-\\u{d7ff}\\u{e000}-\\u{10ffff}]`,
  ],
  ["t-strings", `stringPrefixF { $[fF] }`, `stringPrefixF { $[fFtT] }`],
  [
    "raw t-strings",
    `stringPrefixFR { $[rR] $[fF] | $[fF] $[rR] }`,
    `stringPrefixFR { $[rR] $[fFtT] | $[fFtT] $[rR] }`,
  ],
  [
    "a starred target in a comprehension",
    `kw<"async">? kw<"for"> commaSep<expression> kw<"in"> testInner (compFor | compIf)?`,
    `kw<"async">? kw<"for"> commaSep<"*"? expression> kw<"in"> testInner (compFor | compIf)?`,
  ],
  [
    "what stands before the `=` of an argument is checked later",
    `argument { test compFor? | VariableName AssignOp{"=" | ":="} test compFor? |`,
    `argument { test compFor? | test AssignOp{"=" | ":="} test compFor? |`,
  ],
  [
    "one flat node for `a or b or c`, `a and b and c`, `a < b < c`: no depth for long chains",
    `  testInner !or kw<"or"> testInner |
  testInner !and kw<"and"> testInner |
  testInner !compare (CompareOp | kw<"in"> | kw<"not"> kw<"in"> | kw<"is"> kw<"not">?) testInner
`,
    `  testInner (!or kw<"or"> testInner)+ |
  testInner (!and kw<"and"> testInner)+ |
  testInner (!compare (CompareOp | kw<"in"> | kw<"not"> kw<"in"> | kw<"is"> kw<"not">?) testInner)+
`,
  ],
  [
    "one flat node for `a + b - c`",
    `  expression !bitor BitOp{"|"} expression |
  expression !xor BitOp{"^"} expression |
  expression !bitand BitOp{"&"} expression |
  expression !shift BitOp{"<<" | ">>"} expression |
  expression !plus ArithOp{"+" | "-"} expression |
  expression !times ArithOp{"*" | "@" | "/" | "%" | "//"} expression |
`,
    `  expression (!bitor BitOp{"|"} expression)+ |
  expression (!xor BitOp{"^"} expression)+ |
  expression (!bitand BitOp{"&"} expression)+ |
  expression (!shift BitOp{"<<" | ">>"} expression)+ |
  expression (!plus ArithOp{"+" | "-"} expression)+ |
  expression (!times ArithOp{"*" | "@" | "/" | "%" | "//"} expression)+ |
`,
  ],
  [
    "`{a:=5}` is a field with the spec `=5`",
    `FormatSpec { ":" (formatStringSpecChars`,
    `FormatSpec { formatSpecStart (formatStringSpecChars`,
  ],
  [
    "the colon of a format spec is a token of its own, known by its place",
    `@external tokens strings from`,
    `@external tokens formatSpecs from "./tokens.js" { formatSpecStart[@name=":"] }

@external tokens strings from`,
  ],
  [
    "a format spec ends where its string ends, which only the string tokenizer can tell",
    `  formatStringSpecChars { ![{}]+ }\n\n`,
    "",
  ],
  [
    "the format spec among the tokens of strings",
    `  stringContent
  Escape
`,
    `  stringContent
  formatStringSpecChars
  Escape
`,
  ],
  [
    "a node for the `/` among parameters, which MicroPython does not have",
    `| "**" VariableName TypeDef? | "/" }`,
    `| "**" VariableName TypeDef? | PositionalOnly { "/" } }`,
  ],
  ["`elif` has a condition", `(kw<"elif"> testNamed? Body)*`, `(kw<"elif"> testNamed Body)*`],
  [
    "colours are an editor's business",
    `@external propSource pythonHighlighting from "./highlight"\n\n`,
    "",
  ],
];

let grammar = readFileSync(source, "utf8");
for (const [why, from, to] of edits) {
  if (grammar.split(from).length !== 2) {
    throw new Error(`the grammar of @lezer/python has changed; no single place for: ${why}`);
  }
  grammar = grammar.replace(from, () => to);
}
grammar = grammar.replaceAll(`from "./tokens"`, `from "./tokens.js"`);

const { parser, terms } = buildParserFile(grammar, {
  fileName: "python.grammar",
  moduleStyle: "es",
  typeScript: true,
  warn: (message) => process.stderr.write(`${message}\n`),
});
const head =
  "// Generated by scripts/build-grammar.mjs from the grammar of @lezer/python (MIT). Do not edit.\n";
const outputs = {
  "parser.ts": head + parser.replace(/^\/\/ This file was generated.*\n/, ""),
  "terms.ts": head + terms.replace(/^\/\/ This file was generated.*\n/, ""),
};
let stale = false;
for (const [name, text] of Object.entries(outputs)) {
  const path = join(target, name);
  const same = existsSync(path) && readFileSync(path, "utf8") === text;
  if (same) continue;
  stale = true;
  if (!process.argv.includes("--check")) writeFileSync(path, text);
}
if (process.argv.includes("--check") && stale) {
  process.stderr.write("src/parser/grammar is out of date: run node scripts/build-grammar.mjs\n");
  process.exitCode = 1;
}
