/**
 * The `random` module: the Yasmarang generator, which yields the same numbers as MicroPython for the
 * same seed. Without one, each run begins with a seed from the host.
 */

import { def } from "../core/call/signature.js";
import { current, perContext } from "../core/context.js";
import { IndexError, ValueError } from "../core/exception/exceptions.js";
import { wherePresent } from "../core/module/port-names.js";
import { intAnd } from "../core/number/int.js";
import { asInt, asNumber, index } from "../core/number/numbers.js";
import { getitem, len } from "../core/operator/items.js";
import { toFloat, type Value } from "../core/values.js";
import { Yasmarang } from "../math/yasmarang.js";

const generator = perContext(() => new Yasmarang(hostSeed()));

function hostSeed(): number {
  const bytes = new Uint8Array(4);
  current().host.random(bytes);
  return new DataView(bytes.buffer).getUint32(0);
}

export const seed = def(function seed(n: Value = null): null {
  generator().seed(n === null ? hostSeed() : Number(intAnd(asInt(n), 0xffffffff)));
  return null;
}, "n=, /");

export const getrandbits = def(function getrandbits(n: Value): number {
  const bits = index(n);
  if (bits > 32 || bits < 0) throw new ValueError("bits must be 32 or less");
  return bits === 0 ? 0 : (generator().next() << (32 - bits)) >>> (32 - bits);
}, "n, /");

export const randrange = def(
  wherePresent("random", "randrange", (start: Value, stop?: Value, step?: Value): number => {
    const first = index(start);
    if (stop === undefined) return below(first);
    const end = index(stop);
    if (step === undefined) return first + below(end - first);
    const by = index(step);
    if (by === 0) throw new ValueError();
    return first + by * below(Math.trunc((end - first + by - Math.sign(by)) / by));
  }),
  "start, stop=, step=, /",
  "randrange",
);

export const randint = def(
  wherePresent("random", "randint", (a: Value, b: Value): number => {
    const first = index(a);
    return first + below(index(b) - first + 1);
  }),
  "a, b, /",
  "randint",
);

function below(count: number): number {
  if (count <= 0) throw new ValueError();
  return generator().below(count);
}

export const choice = def(
  wherePresent("random", "choice", (sequence: Value): Value => {
    const length = len(sequence);
    if (length <= 0) throw new IndexError();
    return getitem(sequence, generator().below(length));
  }),
  "seq, /",
  "choice",
);

export const random = def(
  wherePresent("random", "random", (): Value => {
    return toFloat(generator().fraction());
  }),
  "/",
  "random",
);

export const uniform = def(
  wherePresent("random", "uniform", (a: Value, b: Value): Value => {
    const first = asNumber(a);
    return toFloat(first + (asNumber(b) - first) * generator().fraction());
  }),
  "a, b, /",
  "uniform",
);
