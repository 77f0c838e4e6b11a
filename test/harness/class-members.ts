/**
 * The names of all that the runtime's classes declare for their instances in TypeScript, read off the
 * sources: private fields leave no trace at run time. For the test of what subclasses of them may be called.
 */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ts } from "ts-morph";

const folder = new URL("../../src/runtime/", import.meta.url).pathname;

interface Declared {
  /** The class that it extends, and the file that this one comes from. */
  readonly base: { readonly file: string; readonly name: string } | null;
  readonly names: ReadonlySet<string>;
  readonly methods: readonly string[];
}

/** Of a class of the running runtime: what it and its bases declare. */
export function classMembers(): (cls: { prototype: object }) => ReadonlySet<string> {
  const classes = new Map<string, Map<string, Declared>>();
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  for (const file of files.filter((name) => name.endsWith(".ts"))) {
    const text = readFileSync(join(folder, file), "utf8");
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022);
    for (const node of source.statements) {
      if (!ts.isClassDeclaration(node) || node.name === undefined) continue;
      const name = node.name.text;
      const known = classes.get(name) ?? new Map<string, Declared>();
      classes.set(name, known.set(file, declared(node, source)));
    }
  }
  const collect = (one: Declared | undefined, found: Set<string>): ReadonlySet<string> => {
    for (const name of one?.names ?? []) found.add(name);
    const { base } = one ?? {};
    return base ? collect(classes.get(base.name)?.get(base.file), found) : found;
  };
  return (cls) => {
    const [, name] = /^class (?!extends\b)(\w+)/.exec(String(cls)) ?? [];
    // Classes without a name raise when they are called, and have nothing else.
    if (name === undefined) return new Set();
    // Several files may have a class of that name: the one whose methods this one has.
    const candidates = [...(classes.get(name)?.values() ?? [])];
    const found = candidates.find(({ methods }) =>
      methods.every((method) => Object.hasOwn(cls.prototype, method)),
    );
    if (found === undefined) throw new Error(`no source of the class ${name}`);
    return collect(found, new Set());
  };
}

function declared(node: ts.ClassDeclaration, source: ts.SourceFile): Declared {
  const names = new Set<string>();
  const methods: string[] = [];
  for (const member of node.members) {
    const modifiers = ts.canHaveModifiers(member) ? (ts.getModifiers(member) ?? []) : [];
    if (modifiers.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword)) continue;
    const parameters = ts.isConstructorDeclaration(member)
      ? member.parameters.filter((one) => ts.isParameterPropertyDeclaration(one, member))
      : [];
    for (const { name } of [member, ...parameters]) {
      if (name === undefined || !ts.isIdentifier(name)) continue;
      names.add(name.text);
      const isAbstract = modifiers.some(({ kind }) => kind === ts.SyntaxKind.AbstractKeyword);
      if (ts.isMethodDeclaration(member) && !isAbstract) methods.push(name.text);
    }
  }
  const expression = node.heritageClauses?.[0]?.types[0]?.expression;
  const base = expression && ts.isIdentifier(expression) ? origin(expression.text, source) : null;
  return { base, names, methods };
}

/** Where a name of a file comes from. */
function origin(name: string, source: ts.SourceFile): { file: string; name: string } {
  for (const statement of source.statements) {
    if (!ts.isImportDeclaration(statement)) continue;
    const bindings = statement.importClause?.namedBindings;
    if (bindings === undefined || !ts.isNamedImports(bindings)) continue;
    const element = bindings.elements.find((one) => one.name.text === name);
    if (element === undefined) continue;
    const { text } = statement.moduleSpecifier as ts.StringLiteral;
    const file = join(dirname(source.fileName), text.replace(/\.js$/, ".ts"));
    return { file, name: element.propertyName?.text ?? name };
  }
  return { file: source.fileName, name };
}
