/** The queue inside connections against a plain array of bytes. */

import * as fc from "fast-check";
import { ByteQueue } from "../../src/runtime/host/byte-queue.js";

type Step = { push: number } | { take: number } | { peek: number } | { find: number };

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    fc.record({ push: fc.oneof(fc.nat(5), fc.nat(400)) }),
    fc.record({ take: fc.oneof(fc.nat(8), fc.nat(600)) }),
    fc.record({ peek: fc.nat(40) }),
    fc.record({ find: fc.nat(255) }),
  ),
  { maxLength: 200 },
);

test("bytes come out as they went in, however they are cut", () => {
  fc.assert(
    fc.property(steps, (made) => {
      const queue = new ByteQueue();
      let model: number[] = [];
      let next = 0;
      // What was taken must stay as it was.
      const taken: [Uint8Array, number[]][] = [];
      for (const step of made) {
        if ("push" in step) {
          const chunk = Array.from({ length: step.push }, () => next++ & 255);
          queue.push(Uint8Array.from(chunk));
          model.push(...chunk);
        } else if ("take" in step) {
          taken.push([queue.take(step.take), model.slice(0, step.take)]);
          model = model.slice(step.take);
        } else if ("peek" in step) {
          expect([...queue.take(step.peek, true)]).toEqual(model.slice(0, step.peek));
        } else expect(queue.indexOf(step.find)).toBe(model.indexOf(step.find));
        expect(queue.length).toBe(model.length);
      }
      for (const [bytes, expected] of taken) expect([...bytes]).toEqual(expected);
    }),
    { numRuns: 300 },
  );
});
