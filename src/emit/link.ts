/**
 * Gives every imported identifier of a lowered module a local name that collides with nothing and
 * writes the import declarations for exactly those used. Called by `compile.ts` between lowering
 * and printing. Specifiers are symbolic until here: `runtime`, `module:time`, `project:app.config`.
 */
import { declare, id, literal } from "./build.js";
import type { ImportedIdentifier, Statement, TargetNode } from "./tree.js";

export interface LinkOptions {
  /** Names that the module's own code uses anywhere. */
  readonly taken: ReadonlySet<string>;
  /** The real specifier of a symbolic one. */
  readonly specifier: (symbolic: string) => string;
}

interface ImportedName {
  readonly from: string;
  readonly name: string;
  local: string;
  readonly uses: ImportedIdentifier[];
  /** Named in types only. */
  isType: boolean;
}

/** Collects the imports of `body`, names them, and returns the import declarations. */
export function link(body: readonly Statement[], options: LinkOptions): Statement[] {
  const sorted = nameImports(body, options.taken);
  const sources = [...new Set(sorted.map((entry) => entry.from))];
  return sources
    .sort((a, b) => rank(a) - rank(b) || compare(a, b))
    .flatMap((from) =>
      declarations(
        from,
        sorted.filter((entry) => entry.from === from),
        options,
      ),
    );
}

/**
 * The same for code that is not an ES module: what it imports it takes from an object.
 * `const { add, call } = $runtime;`
 */
export function linkTo(
  object: string,
  body: readonly Statement[],
  taken: ReadonlySet<string>,
): Statement[] {
  const names = nameImports(body, taken);
  if (names.length === 0) return [];
  const pattern: TargetNode = {
    type: "ObjectPattern",
    properties: names.map(({ name, local }) => ({
      type: "Property",
      kind: "init",
      key: id(name),
      value: id(local),
      computed: false,
      method: false,
      shorthand: name === local,
    })),
  };
  return [declare("const", pattern, id(object))];
}

/** Gives each import of `body` a name of its own. */
function nameImports(body: readonly Statement[], taken: ReadonlySet<string>): ImportedName[] {
  const names = new Map<string, ImportedName>();
  for (const statement of body) collect(statement, names, false);
  const used = new Set([...taken, "$module"]);
  const sorted = [...names.values()].sort(
    (a, b) => compare(a.from, b.from) || compare(a.name, b.name),
  );
  for (const entry of sorted) {
    entry.local = free(wanted(entry), used);
    used.add(entry.local);
    for (const use of entry.uses) use.name = entry.local;
  }
  return sorted;
}

function wanted({ from, name, local }: ImportedName): string {
  if (name === "*") return last(from);
  if (name === "default") return `$${last(from)}`;
  return local;
}

/** The last part of a symbolic specifier's dotted name, as an identifier. */
function last(from: string): string {
  const name = from.slice(from.indexOf(":") + 1);
  return name
    .slice(name.lastIndexOf(".") + 1)
    .replace(/[^\p{ID_Continue}$]/gu, "_")
    .replace(/^(?=\d)/, "_");
}

function free(name: string, used: ReadonlySet<string>): string {
  let candidate = name;
  for (let n = 0; used.has(candidate); n++) candidate = n === 0 ? `$${name}` : `$${name}${n}`;
  return candidate;
}

const rank = (from: string): number =>
  from === "runtime" ? 0 : from.startsWith("module:") ? 1 : 2;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function isImported(node: TargetNode): node is ImportedIdentifier {
  return node.type === "Identifier" && node.imported !== undefined;
}

/** TypeScript nodes around an expression. */
const HOLDS_VALUES: ReadonlySet<string> = new Set(["TSAsExpression", "TSNonNullExpression"]);

function collect(node: TargetNode, names: Map<string, ImportedName>, inType: boolean): void {
  if (isImported(node)) {
    const { from, name, local } = node.imported;
    const key = `${from}\0${name}`;
    const entry = names.get(key) ?? { from, name, local, uses: [], isType: true };
    entry.uses.push(node);
    entry.isType &&= inType;
    names.set(key, entry);
    return;
  }
  const isType = inType || (node.type.startsWith("TS") && !HOLDS_VALUES.has(node.type));
  for (const field in node) {
    const value = node[field];
    if (Array.isArray(value)) {
      for (const item of value)
        if (item && typeof item === "object" && "type" in item) collect(item, names, isType);
    } else if (value && typeof value === "object" && "type" in value) {
      collect(value, names, isType);
    }
  }
}

function declarations(
  from: string,
  entries: readonly ImportedName[],
  options: LinkOptions,
): Statement[] {
  const source = literal(options.specifier(from));
  const declaration = (specifiers: TargetNode[], isType = false): Statement => ({
    type: "ImportDeclaration",
    specifiers,
    source,
    importKind: isType ? "type" : "value",
    attributes: [],
  });
  const plain = entries.filter((entry) => entry.name !== "*" && entry.name !== "default");
  const main = entries.find((entry) => entry.name === "default");
  const namespace = entries.find((entry) => entry.name === "*");
  const result: Statement[] = [];
  const defaultSpecifier: TargetNode[] = main
    ? [{ type: "ImportDefaultSpecifier", local: id(main.local) }]
    : [];
  if (namespace) {
    result.push(
      declaration([
        ...(plain.length === 0 ? defaultSpecifier : []),
        { type: "ImportNamespaceSpecifier", local: id(namespace.local) },
      ]),
    );
  }
  if (plain.length > 0 || (!namespace && main)) {
    const isType = !main && plain.every((entry) => entry.isType);
    result.push(
      declaration(
        [
          ...defaultSpecifier,
          ...plain.map((entry) => ({
            type: "ImportSpecifier",
            imported: id(entry.name),
            local: id(entry.local),
            importKind: entry.isType && !isType ? "type" : "value",
          })),
        ],
        isType,
      ),
    );
  }
  return result;
}
