/** Types of what calls give. The part of `evaluate.ts` that deals with callees. */
import type { Call, ClassDef, Expr, FunctionNode } from "../../parser/ast.js";
import { callTarget } from "../callee.js";
import type { ModuleView } from "../module-view.js";
import { runtimeKind } from "../tables/runtime-modules.js";
import { type Arguments, builtinResult } from "./builtin-results.js";
import type { Evaluator } from "./evaluate.js";
import { type MethodArguments, methodResult } from "./method-results.js";
import { awaitedResult, runtimeMethodResult, runtimeResult } from "./runtime-results.js";
import {
  type Atom,
  isRuntimeClass,
  joinAll,
  just,
  type Known,
  NOTHING,
  type Type,
  unsure,
} from "./type.js";

/** Null where nothing is known of such a callee. */
type ResultOf = (callee: FunctionNode) => Type;

/** What these give is what the coroutine that they are given gives. */
const WAITS_FOR: ReadonlySet<string> = new Set(["asyncio.wait_for", "asyncio.wait_for_ms"]);

export class CallTypes {
  constructor(private readonly evaluator: Evaluator) {}

  type(node: Call, view: ModuleView): Type {
    return this.called(node, view, false, this.resultOf("plain"));
  }

  /** What awaiting the result of the call gives. */
  awaited(node: Call, view: ModuleView): Type {
    return this.called(node, view, true, this.resultOf("coroutine"));
  }

  private resultOf(flavour: "plain" | "coroutine"): ResultOf {
    const { world, known } = this.evaluator;
    return (callee) => (world.flavours.get(callee) === flavour ? known.result(callee) : null);
  }

  private called(node: Call, view: ModuleView, isAwaited: boolean, result: ResultOf): Type {
    const { world } = this.evaluator;
    const target = callTarget(node, view, world);
    switch (target.kind) {
      case "function":
        return result(target.node);
      case "class":
        return world.dunders.has("__new__") || isAwaited ? null : just(target.node);
      case "builtin":
        return isAwaited ? null : builtinResult(target.name, this.arguments(node, view));
      case "runtime": {
        const [first] = node.args;
        if (isAwaited && WAITS_FOR.has(`${target.module}.${target.name}`)) {
          return first?.kind === "Call" ? this.awaited(first, view) : null;
        }
        if (isAwaited) return awaitedResult(target.module, target.name);
        if (target.name === "const" && first !== undefined) return this.evaluator.type(first, view);
        return runtimeKind(target.module, target.name) === "class"
          ? just(`${target.module}.${target.name}`)
          : runtimeResult(target.module, target.name, node);
      }
      case "super-method":
        return null;
      case "class-member": {
        const method = world.hierarchy.method(target.class, target.name);
        return method === null || world.hierarchy.hasUnknownBase(target.class)
          ? null
          : result(method);
      }
      case "method":
        return this.method(node, target.name, view, isAwaited, result);
      case "unknown":
        return null;
    }
  }

  private method(
    node: Call,
    name: string,
    view: ModuleView,
    isAwaited: boolean,
    result: ResultOf,
  ): Type {
    const { evaluator } = this;
    const { dunders } = evaluator.world;
    const receiver = node.func.kind === "Attribute" ? evaluator.type(node.func.value, view) : null;
    if (receiver === null || dunders.has("__getattr__")) return null;
    const all = joinAll(
      [...receiver].map((atom) =>
        atom === "None"
          ? NOTHING
          : typeof atom === "string"
            ? isAwaited
              ? null
              : this.foreign(atom, receiver, name, node, view)
            : this.own(atom, name, result),
      ),
    );
    return receiver.sure ? all : unsure(all);
  }

  /** A method of a builtin type or of a class of the runtime. */
  private foreign(atom: Atom, receiver: Known, name: string, node: Call, view: ModuleView): Type {
    if (isRuntimeClass(atom)) {
      return this.evaluator.world.storedAsAttribute(name)
        ? null
        : runtimeMethodResult(atom, name, node);
    }
    return methodResult(atom, name, receiver, this.methodArguments(node, view));
  }

  private own(atom: ClassDef, name: string, result: ResultOf): Type {
    const { hierarchy, storedAsAttribute } = this.evaluator.world;
    if (storedAsAttribute(name)) return null;
    return joinAll(
      [atom, ...hierarchy.subclasses(atom)].map((one) => {
        const method = hierarchy.method(one, name);
        return method === null || hierarchy.hasUnknownBase(one) || method.decorator_list.length > 0
          ? null
          : result(method);
      }),
    );
  }

  arguments(call: Call, view: ModuleView): Arguments {
    const { evaluator } = this;
    return {
      call,
      type: (node) => evaluator.type(node, view),
      element: (node) => evaluator.element(node, view),
      made: (kind, value, key = NOTHING) => evaluator.container(call, kind, value, key),
    };
  }

  methodArguments(call: Call, view: ModuleView): MethodArguments {
    const { evaluator } = this;
    return {
      call,
      argument: (index) => {
        const arg: Expr | undefined = call.args[index];
        return arg === undefined || arg.kind === "Starred" ? null : evaluator.type(arg, view);
      },
      made: (kind, value, key = NOTHING) => evaluator.container(call, kind, value, key),
    };
  }
}
