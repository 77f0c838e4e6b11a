/**
 * One `CallInfo` for each call of a module: what it calls, whether plain JS arguments do, whether
 * it may suspend. Called by `analyze.ts`.
 */
import type { Call } from "../parser/ast.js";
import type { CallInfo, DefNode } from "./analysis.js";
import { type CallContext, fitText, type PartialCall, returns } from "./call-context.js";
import { callTarget, type Target } from "./callee.js";
import { classMember, fitClass, superMethod } from "./class-calls.js";
import { methodCall } from "./method-calls.js";
import type { ProgramFacts } from "./program-facts.js";
import { receiverOf } from "./receiver.js";
import { inheritedCall, runtimeMethodCall } from "./runtime-method-calls.js";
import { fitArguments, signatureOf } from "./signature.js";
import { builtin } from "./tables/builtins.js";
import { runtimeExport } from "./tables/runtime-modules.js";
import { walk } from "./walk.js";

export function callInfos(context: CallContext): ReadonlyMap<Call, CallInfo> {
  const infos = new Map<Call, CallInfo>();
  const blocking = context.facts.blocking.methods(context.view.name);
  walk(context.view.ast, (node) => {
    if (node.kind === "Call") {
      const target = callTarget(node, context.view, context.facts);
      const { fit, ...info } = describe(node, target, context, blocking);
      infos.set(node, {
        ...info,
        fits: fit !== null,
        order: fit?.order ?? null,
        reorders: fit?.reorders ?? false,
      });
    }
  });
  return infos;
}

function describe(
  call: Call,
  target: Target,
  context: CallContext,
  blocking: ReadonlySet<string>,
): PartialCall {
  const { facts } = context;
  const { colours } = facts;
  switch (target.kind) {
    case "function":
      return {
        callee: target,
        fit: fitArguments(call, signatureOf(target.node.args, false)),
        mayBlock: colours.functions.has(target.node) ? "yes" : "no",
        returnsValue: returns(target.node, facts),
      };
    case "class": {
      const init = facts.hierarchy.method(target.node, "__init__");
      const blocks = init === null ? colours.methods.has("__init__") : colours.functions.has(init);
      return {
        callee: target,
        fit: fitClass(call, target.node, init, facts),
        mayBlock: blocks ? (init === null ? "maybe" : "yes") : "no",
        returnsValue: "always",
      };
    }
    case "builtin": {
      const row = builtin(target.name);
      return {
        callee: { kind: "builtin", name: target.name },
        fit: fitText(call, row?.signature ?? null),
        mayBlock: row?.blocking === true ? "yes" : "no",
        returnsValue: "always",
      };
    }
    case "runtime": {
      const row = runtimeExport(target.module, target.name);
      return {
        callee: { kind: "module-function", module: target.module, name: target.name },
        fit: fitText(call, row?.signature ?? null),
        mayBlock: row?.kind === "blocking" ? "yes" : "no",
        returnsValue: "always",
      };
    }
    case "class-member":
      return classMember(call, target, context);
    case "super-method":
      return superMethod(call, target.name, blocking.has(target.name), context);
    case "method": {
      const runtime = runtimeMethodCall(call, target.name, context);
      if (runtime !== null) {
        return runtime;
      }
      const receiver = receiverOf(call, context);
      const inherited = inheritedCall(call, target.name, receiver, context);
      if (inherited !== null) {
        return inherited;
      }
      const { native, candidates, fit } = methodCall(call, target.name, receiver, facts);
      const mayBlock = native
        ? candidates.some((candidate) => colours.functions.has(candidate))
        : colours.methods.has(target.name) || blocking.has(target.name) || colours.escapes;
      return {
        callee: { kind: "method-by-name", name: target.name, native, candidates },
        fit: native ? fit : null,
        mayBlock: mayBlock ? "maybe" : "no",
        returnsValue: native ? allReturn(candidates, facts) : "always",
      };
    }
    case "unknown":
      return {
        callee: { kind: "unknown" },
        fit: null,
        mayBlock: colours.escapes ? "maybe" : "no",
        returnsValue: "always",
      };
  }
}

function allReturn(nodes: readonly DefNode[], facts: ProgramFacts): CallInfo["returnsValue"] {
  const kinds = new Set(nodes.map((node) => returns(node, facts)));
  const [only] = kinds;
  return kinds.size === 1 && only !== undefined ? only : "sometimes";
}
