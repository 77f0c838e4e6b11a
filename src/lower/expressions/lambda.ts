/** Lowers `lambda` to an arrow function. */
import type { FunctionInfo } from "../../analyze/analysis.js";
import * as js from "../../emit/build.js";
import type { Expression, Pattern, Statement } from "../../emit/tree.js";
import type { Lambda } from "../../parser/ast.js";
import { lowerExpression } from "../expression.js";
import { Frame } from "../frame.js";
import { mentioned } from "../mentions.js";
import { lowerParameters } from "../parameters.js";
import { withSignature } from "../signature.js";

/**
 * ```py
 * lambda p: p[1]
 * lambda x, i=i: x + i
 * ```
 * ```ts
 * (p: any) => getitem(p, 1)
 * ((lambda$i) => def((x: any, i: any = lambda$i) => add(x, i), "x, i="))(i)
 * ```
 *
 * One that may block, which an arrow cannot:
 * ```py
 * lambda: time.sleep(1)
 * ```
 * ```ts
 * blocking(() => (function* (): any { return yield* time.sleep.wait(1); })())
 * ```
 */
export function lowerLambda(node: Lambda, frame: Frame): Expression {
  const info = frame.module.analysis.functions.get(node) as FunctionInfo;
  const { params, prologue, kept } = lowerParameters(info, frame, { method: false });
  const generator = info.flavour !== "plain";
  const inner = generator
    ? new Frame(frame.module, frame, {
        info,
        scope: info.scope,
        suspends: true,
        inClass: frame.inClass,
      })
    : new Frame(frame.module, frame, {
        info,
        scope: info.scope,
        suspends: info.blocking,
        self: frame.self,
        nativeSuper: frame.nativeSuper,
        inClass: frame.inClass,
      });
  const value = lowerExpression(node.body, inner);
  const temps = inner.declareTemps();
  const isBare = !generator && !info.blocking && prologue.length === 0 && temps.length === 0;
  const body = isBare ? value : js.block([...temps, ...prologue, js.returns(value)]);
  const lambda = generator
    ? js.functionExpression({
        name: null,
        params,
        body: body.body,
        generator: true,
        returns: js.generatorType(),
      })
    : info.blocking
      ? blockingArrow(params, body.body, usesSelf(node, frame))
      : js.arrow(params, body);
  const described = withSignature(lambda, info, frame, "<lambda>");
  return kept.length === 0
    ? described
    : js.call(
        js.arrow(
          kept.map(({ name }) => js.typed(name, js.anyType())),
          described,
        ),
        kept.map(({ value: kept }) => kept),
      );
}

function usesSelf({ body }: Lambda, { self }: Frame): boolean {
  return self !== null && mentioned(self, [{ kind: "Expr", span: body.span, value: body }]);
}

/** The arrow keeps `this`, the generator in it suspends. */
function blockingArrow(
  params: readonly Pattern[],
  body: Statement[],
  takesThis: boolean,
): Expression {
  const generator = js.functionExpression({
    name: null,
    params: takesThis ? [js.typed("this", js.anyType())] : [],
    body,
    generator: true,
    returns: js.generatorType(),
  });
  const started = takesThis
    ? js.call(js.member(generator, "call"), [js.self()])
    : js.call(generator, []);
  return js.rtCall("blocking", js.arrow(params, started));
}
