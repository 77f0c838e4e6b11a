/**
 * Calls of methods that are looked up at run time. One function of the runtime makes all of them, so
 * the engine cannot tell what each finds; here each method name gets a function of its own:
 *
 *   invoke(queue, "put", item)   ->   $1put(queue, item)
 *
 *   function $1put(o, a) {
 *     if (o?.[INSTANCE] === true) {
 *       const f = o.put;
 *       if (f?.[ARITY] >> 1 & 1) return f.call(o, a) ?? null;
 *       return invokeFound(o, "put", f, a);
 *     }
 *     return invoke(o, "put", a);
 *   }
 *
 * The digit is the number of arguments: no name of a program begins with one. Likewise for methods that
 * wait, which the program's text reaches through an object that stands for the other:
 *
 *   waiting(lcd).draw(x)   ->   $w1draw(lcd, x)
 *
 *   function $w1draw(o, a) {
 *     const f = o?.draw?.wait;
 *     return f === undefined ? invokeWait(o, "draw", a) : f.call(o, a);
 *   }
 */
import {
  binary,
  call,
  conditional,
  declare,
  functionDeclaration,
  id,
  ifElse,
  index,
  literal,
  logical,
  member,
  nil,
  returns,
  rt,
  rtCall,
  undef,
} from "../build.js";
import type { Expression, Statement, TargetNode } from "../tree.js";
import { importedCall } from "./imported-call.js";

const MOST_ARGUMENTS = 4;
const PARAMETERS = ["a", "b", "c", "d"];
const NAME = /^[A-Za-z_][\w]*$/;

export class MethodCalls {
  readonly #made = new Map<string, Statement>();

  /** The call of the function for this name; null for what is no such call. */
  replace(node: TargetNode): Expression | null {
    if (node.type !== "CallExpression") return null;
    const waiting = waitingReceiver(node);
    if (waiting !== null) {
      const { name } = node.callee.property;
      return this.#call(node, "$w", waiting, name, node.arguments, waitingCaller);
    }
    if (importedCall(node) !== "runtime.invoke") return null;
    const [receiver, name, ...args] = node.arguments as TargetNode[];
    if (receiver === undefined || name?.type !== "Literal") return null;
    return this.#call(node, "$", receiver, name.value, args, caller);
  }

  #call(
    node: TargetNode,
    prefix: "$" | "$w",
    receiver: TargetNode,
    name: string,
    args: readonly TargetNode[],
    make: (helper: string, name: string, count: number) => Statement,
  ): Expression | null {
    if (!NAME.test(name) || args.length > MOST_ARGUMENTS) return null;
    if (args.some(({ type }) => type === "SpreadElement")) return null;
    const helper = `${prefix}${args.length}${name}`;
    if (!this.#made.has(helper)) this.#made.set(helper, make(helper, name, args.length));
    return { ...node, ...call(id(helper), [receiver, ...args]) };
  }

  functions(): Statement[] {
    return [...this.#made.values()];
  }
}

/** `o` of `waiting(o).m(...)`; null for other calls. */
function waitingReceiver({ callee }: TargetNode): TargetNode | null {
  if (callee.type !== "MemberExpression" || callee.computed) return null;
  const { object } = callee;
  return object.type === "CallExpression" && importedCall(object) === "runtime.waiting"
    ? object.arguments[0]
    : null;
}

function waitingCaller(helper: string, name: string, count: number): Statement {
  const object = id("o");
  const found = id("f");
  const args = PARAMETERS.slice(0, count).map(id);
  const method = { ...member(object, name), optional: true };
  return functionDeclaration({
    name: helper,
    params: [id("o"), ...args],
    generator: false,
    body: [
      declare("const", found, { ...member(method, "wait"), optional: true }),
      returns(
        conditional(
          binary(found, "===", undef()),
          rtCall("invokeWait", object, literal(name), ...args),
          call(member(found, "call"), [object, ...args]),
        ),
      ),
    ],
  });
}

function caller(helper: string, name: string, count: number): Statement {
  const object = id("o");
  const found = id("f");
  const args = PARAMETERS.slice(0, count).map(id);
  const arity = index(found, rt("ARITY"));
  return functionDeclaration({
    name: helper,
    params: [id("o"), ...args],
    generator: false,
    body: [
      ifElse(binary({ ...index(object, rt("INSTANCE")), optional: true }, "===", literal(true)), [
        declare("const", found, member(object, name)),
        ifElse(
          binary(binary({ ...arity, optional: true }, ">>", literal(count)), "&", literal(1)),
          [returns(logical(call(member(found, "call"), [object, ...args]), "??", nil()))],
        ),
        returns(rtCall("invokeFound", object, literal(name), found, ...args)),
      ]),
      returns(rtCall("invoke", object, literal(name), ...args)),
    ],
  });
}
