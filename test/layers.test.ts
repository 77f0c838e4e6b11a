/**
 * Who may import whom. Each layer is a row: the files it consists of, the layers and packages that
 * it may use, and the layers of which it may use the types alone.
 */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

interface Layer {
  readonly files: RegExp;
  /** Layers, besides itself. */
  readonly uses?: readonly string[];
  readonly usesTypesOf?: readonly string[];
  /** Packages, as a prefix of the specifier. */
  readonly packages?: readonly string[];
}

/** The first row that matches a file is its layer. */
const layers: Readonly<Record<string, Layer>> = {
  nodeHost: { files: /^runtime\/host\/node/, uses: ["runtime"], packages: ["node:"] },
  runtime: { files: /^runtime\// },
  ast: { files: /^parser\/ast\.ts$/ },
  diagnostics: { files: /^diagnostics\//, uses: ["ast"] },
  parser: { files: /^parser\//, uses: ["ast", "diagnostics"], packages: ["@lezer/"] },
  analyze: { files: /^analyze\//, uses: ["ast", "diagnostics"], usesTypesOf: ["runtime"] },
  emit: {
    files: /^emit\//,
    uses: ["ast", "diagnostics"],
    usesTypesOf: ["analyze", "runtime"],
    packages: ["esrap", "@jridgewell/"],
  },
  lower: {
    files: /^lower\//,
    uses: ["ast", "diagnostics", "analyze", "emit"],
    usesTypesOf: ["runtime"],
  },
  program: {
    files: /^(compile|compile-snippet|program|resolve|index|program\/.*)(\.ts)?$/,
    uses: ["ast", "diagnostics", "parser", "analyze", "lower", "emit"],
    usesTypesOf: ["runtime"],
  },
  // Brings the compiler to a running program.
  evaluation: { files: /^snippet-compiler\.ts$/, uses: ["program", "runtime"] },
  testing: {
    files: /^testing\//,
    uses: ["diagnostics", "program", "cli", "runtime", "nodeHost", "evaluation"],
  },
  cli: {
    files: /^cli\//,
    uses: [
      "ast",
      "diagnostics",
      "parser",
      "analyze",
      "program",
      "evaluation",
      "runtime",
      "nodeHost",
    ],
    packages: ["node:", "commander", "chokidar", "picocolors", "ts-morph", "@jridgewell/"],
  },
};

const source = new URL("../src/", import.meta.url).pathname;
const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((path) =>
  path.endsWith(".ts"),
);

interface ImportEdge {
  readonly specifier: string;
  readonly typesOnly: boolean;
}

function imports(path: string): ImportEdge[] {
  const text = readFileSync(join(source, path), "utf8").replace(/\/\*[\s\S]*?\*\//g, "");
  const declared = text.matchAll(/^(import|export)\s+(type\s)?(?:[^"';]*?\sfrom\s+)?"([^"]+)"/gm);
  const dynamic = text.matchAll(/(typeof )?\bimport\("([^"]+)"\)/g);
  return [
    ...[...declared].map((match) => ({
      specifier: match[3] ?? "",
      typesOnly: match[2] !== undefined,
    })),
    ...[...dynamic].map((match) => ({
      specifier: match[2] ?? "",
      typesOnly: match[1] !== undefined,
    })),
  ];
}

function layerOf(path: string): string {
  const found = Object.entries(layers).find(([, layer]) => layer.files.test(path));
  if (!found) throw new Error(`src/${path} belongs to no layer: add a row, or move it`);
  return found[0];
}

/** What is wrong with an import, or null. */
function problem(path: string, { specifier, typesOnly }: ImportEdge): string | null {
  const name = layerOf(path);
  const layer = layers[name] as Layer;
  if (!specifier.startsWith(".")) {
    const allowed = layer.packages?.some((prefix) => specifier.startsWith(prefix));
    return allowed ? null : `${path}: layer ${name} may not import ${specifier}`;
  }
  if (!specifier.endsWith(".js")) return `${path}: ${specifier} does not end in .js`;
  const target = normalize(join(dirname(path), specifier)).replace(/\.js$/, ".ts");
  const other = layerOf(target);
  const allowed =
    other === name ||
    layer.uses?.includes(other) ||
    (typesOnly && layer.usesTypesOf?.includes(other));
  return allowed ? null : `${path}: layer ${name} may not import ${target} (${other})`;
}

test("imports keep to the layers", () => {
  const problems = files.flatMap((path) => imports(path).map((edge) => problem(path, edge)));
  expect(problems.filter((text) => text !== null)).toEqual([]);
});

test("every layer has files, and imports were found", () => {
  const used = new Set(files.map(layerOf));
  expect([...used].sort()).toEqual(Object.keys(layers).sort());
  expect(files.flatMap(imports).length).toBeGreaterThan(files.length);
});

test("the compiler keeps no state in modules", () => {
  const stateful = files
    .filter((path) => !/^(runtime|cli)\//.test(path))
    .filter((path) => /^(export )?(let|var) /m.test(readFileSync(join(source, path), "utf8")));
  expect(stateful).toEqual([]);
});

test("every file opens with a comment that says what it is", () => {
  const bare = files
    .filter((path) => !path.startsWith("parser/grammar/"))
    .filter((path) => !readFileSync(join(source, path), "utf8").startsWith("/**"));
  expect(bare).toEqual([]);
});
