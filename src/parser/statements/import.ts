/** `import a.b as c`, `from .a import b as c`. */
import type { Alias, Import, ImportFrom } from "../ast.js";
import { type Build, must, span, splitAtCommas } from "../build.js";
import type { CstNode } from "../cst.js";

const brackets: ReadonlySet<string> = new Set(["(", ")"]);

export function buildImport(build: Build, node: CstNode): Import | ImportFrom {
  const nodes = node.children.filter((child) => !brackets.has(child.name));
  const at = nodes.findIndex((child) => child.name === "import");
  const names = splitAtCommas(nodes.slice(at + 1)).groups.map((group) => buildAlias(build, group));
  if (at === 0) return { kind: "Import", span: span(node), names };
  const path = nodes
    .slice(1, at)
    .map((child) => build.text(child))
    .join("");
  const level = path.length - path.replace(/^\.+/, "").length;
  const module = path.slice(level);
  return {
    kind: "ImportFrom",
    span: span(node),
    module: module === "" ? null : module,
    names,
    level,
  };
}

function buildAlias(build: Build, group: readonly CstNode[]): Alias {
  const at = group.findIndex((child) => child.name === "as");
  const path = at === -1 ? group : group.slice(0, at);
  const asname = at === -1 ? undefined : group[at + 1];
  return {
    kind: "alias",
    span: span(must(group[0], "an imported name"), must(group.at(-1), "an imported name")),
    name: path.map((child) => build.text(child)).join(""),
    asname: asname === undefined ? null : build.text(asname),
  };
}
