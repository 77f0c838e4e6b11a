/**
 * An analysis as text, for `mpy2ts print --phase scopes` and for tests: scopes with their bindings,
 * functions, classes, calls and attributes in source order.
 */
import type { AnyNode } from "../parser/ast.js";
import type { Analysis, Binding, Callee, CallInfo, FunctionInfo, Scope } from "./analysis.js";

/** `source`: the text the module was parsed from, to quote names and calls. */
export function dumpAnalysis(analysis: Analysis, source: string): string {
  const lines: string[] = [];
  dumpScope(analysis.moduleScope, analysis, 0, lines);
  const quote = (node: AnyNode): string => {
    const text = source.slice(node.span.start, node.span.end).replace(/\s+/g, " ");
    const line = source.slice(0, node.span.start).split("\n").length;
    return `${line}: ${text.length > 60 ? `${text.slice(0, 57)}...` : text}`;
  };
  section("names that may be unbound", lines);
  for (const [node, use] of analysis.nameUses) {
    if (use.mayBeUnbound) {
      lines.push(`  ${quote(node)} [${use.resolved}]`);
    }
  }
  section("calls", lines);
  for (const [node, info] of bySource(analysis.calls)) {
    lines.push(`  ${quote(node)} -> ${describeCall(info)}`);
  }
  section("attributes", lines);
  for (const [node, info] of bySource(analysis.attributes)) {
    const facts = [
      info.native ? "native" : "",
      info.onSelf ? "self" : "",
      info.moduleMember ? `${info.moduleMember.kind} ${info.moduleMember.module}` : "",
    ].filter((text) => text !== "");
    lines.push(`  ${quote(node)} -> ${facts.join(", ") || "dynamic"}`);
  }
  return `${lines.join("\n")}\n`;
}

function section(title: string, lines: string[]): void {
  lines.push("", `${title}:`);
}

function bySource<N extends AnyNode, V>(map: ReadonlyMap<N, V>): readonly [N, V][] {
  return [...map].sort(([a], [b]) => a.span.start - b.span.start || b.span.end - a.span.end);
}

function dumpScope(scope: Scope, analysis: Analysis, depth: number, lines: string[]): void {
  const indent = "  ".repeat(depth);
  const { node } = scope;
  const name = "name" in node ? ` ${node.name}` : "";
  const flags: string[] = scope.usesDynamicNames ? ["dynamic names"] : [];
  if (node.kind === "FunctionDef" || node.kind === "AsyncFunctionDef" || node.kind === "Lambda") {
    const info = analysis.functions.get(node);
    if (info !== undefined) {
      flags.push(...describeFunction(info));
    }
  }
  if (node.kind === "ClassDef") {
    const info = analysis.classes.get(node);
    if (info?.liftable === true) {
      flags.push("liftable");
    }
    for (const field of info?.fields.values() ?? []) {
      flags.push(`${field.safe ? "safe " : ""}field ${field.name}`);
    }
  }
  if (node.kind === "Module" && analysis.bodyBlocks) {
    flags.push("blocking");
  }
  lines.push(`${indent}${scope.kind}${name}${flags.length > 0 ? ` [${flags.join(", ")}]` : ""}`);
  for (const binding of scope.bindings.values()) {
    lines.push(`${indent}  ${describeBinding(binding)}`);
  }
  for (const child of scope.children) {
    dumpScope(child, analysis, depth + 1, lines);
  }
}

function describeFunction(info: FunctionInfo): readonly string[] {
  return [
    info.flavour,
    info.kind,
    `(${info.signature})`,
    `returns ${info.returnsValue}`,
    ...(info.blocking ? ["blocking"] : []),
    ...(info.selfName === null ? [] : [`this is ${info.selfName}`]),
    ...(info.escapes ? ["escapes"] : []),
  ];
}

function describeBinding(binding: Binding): string {
  const { imported, constant } = binding;
  const facts = [
    binding.kind,
    ...(binding.jsName === binding.name ? [] : [`as ${binding.jsName}`]),
    ...(binding.captured ? ["captured"] : []),
    ...(binding.rebound ? ["rebound"] : []),
    ...(binding.mayBeUnbound ? ["may be unbound"] : []),
    ...(binding.constantFunction ? ["function"] : []),
    ...(binding.constantClass ? ["class"] : []),
    ...(constant?.value ? [`constant ${constantText(constant.value)}`] : []),
    ...(imported
      ? [`imports ${imported.target.module}${imported.name ? `.${imported.name}` : ""}`]
      : []),
    ...(binding.declareAt === "places"
      ? [
          `declared by ${[...binding.places].map(([node, how]) => `${how} ${node.kind}`).join(" and ")}`,
        ]
      : binding.kind === "local"
        ? [`declared at ${binding.declareAt}`]
        : []),
  ];
  return `${binding.name}: ${facts.join(", ")}`;
}

function constantText(value: { readonly type: string; readonly value?: unknown }): string {
  return value.value === undefined ? value.type : String(value.value);
}

function describeCall(info: CallInfo): string {
  const facts = [
    describeCallee(info.callee),
    ...(info.fits ? ["fits"] : []),
    ...(info.order === null ? [] : ["ordered"]),
    ...(info.reorders ? ["reorders"] : []),
    ...(info.mayBlock === "no" ? [] : [`may block: ${info.mayBlock}`]),
    ...(info.returnsValue === "always" ? [] : [`returns ${info.returnsValue}`]),
  ];
  return facts.join(", ");
}

function describeCallee(callee: Callee): string {
  switch (callee.kind) {
    case "function":
      return `function ${callee.module}.${callee.node.name}`;
    case "class":
      return `class ${callee.module}.${callee.node.name}`;
    case "builtin":
      return `builtin ${callee.name}`;
    case "module-function":
      return `runtime ${callee.module}.${callee.name}`;
    case "method-by-name":
      return `${callee.native ? "native " : ""}method ${callee.name}`;
    case "super-method":
      return `${callee.native ? "native " : ""}super method ${callee.name}`;
    case "unbound-method":
    case "static-method":
      return `${callee.kind} ${callee.class.name}.${callee.node.name}`;
    case "unknown":
      return "unknown";
  }
}
