/** `btree` databases against a sorted map: what is stored is there, also after the file is opened again. */

import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { DatabaseFile } from "../../src/runtime/btree/database-file.js";
import { SortedPairs } from "../../src/runtime/btree/sorted-pairs.js";
import { BytesIO } from "../../src/runtime/io/memory-stream.js";
import { rawStream } from "../../src/runtime/io/raw-stream.js";

const bytes = (text: string): Uint8Array => Buffer.from(text, "latin1");
const text = (memory: Uint8Array | undefined): string | undefined =>
  memory && Buffer.from(memory).toString("latin1");

const key = fc.oneof(
  { weight: 20, arbitrary: fc.string({ unit: fc.constantFrom(..."ab\xff"), maxLength: 6 }) },
  { weight: 1, arbitrary: fc.integer({ min: 200, max: 900 }).map((size) => "k".repeat(size)) },
);
const value = fc.integer({ min: 0, max: 700 }).map((size) => "v".repeat(size));
const change = fc.oneof(
  fc.record({ kind: fc.constant("put" as const), key, value }),
  fc.record({ kind: fc.constant("delete" as const), key }),
  fc.record({ kind: fc.constant("reopen" as const) }),
);

test.each([512, 1024, 65536])("pages of %i bytes", (pageSize) => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 60 }), (changes) => {
      const stream = new BytesIO();
      const open = (): DatabaseFile => {
        stream.seek(0);
        return new DatabaseFile(rawStream(stream), pageSize, 0);
      };
      let file = open();
      let pairs = new SortedPairs(file.read());
      const expected = new Map<string, string>();
      for (const step of [...changes, { kind: "reopen" } as const]) {
        if (step.kind === "put") {
          pairs.put(bytes(step.key), bytes(step.value));
          expected.set(step.key, step.value);
        } else if (step.kind === "delete") {
          expect(pairs.delete(bytes(step.key))).toBe(expected.delete(step.key));
        } else {
          file.write(pairs);
          file = open();
          pairs = new SortedPairs(file.read());
          expect(stream.getvalue().length % pageSize).toBe(0);
        }
      }
      const sorted = [...expected].sort(([a], [b]) => (a < b ? -1 : 1));
      expect([...pairs].map((pair) => [text(pair.key), text(pair.value)])).toEqual(sorted);
      for (const [name, stored] of expected) expect(text(pairs.get(bytes(name)))).toBe(stored);
    }),
    { numRuns: 60 },
  );
});
