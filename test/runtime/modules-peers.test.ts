/** Modules whose work Node does as well: compression, AES and hashes against `node:zlib` and `node:crypto`. */

import { createCipheriv, createHash, randomBytes } from "node:crypto";
import { deflateRawSync, gzipSync, inflateRawSync } from "node:zlib";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { Deflate } from "../../src/runtime/compression/deflate.js";
import { Inflate } from "../../src/runtime/compression/inflate.js";
import { runToEnd, type Waiting } from "../../src/runtime/core/blocking/blocking.js";
import { call, invoke } from "../../src/runtime/core/call/call.js";
import { ByteArray } from "../../src/runtime/core/text/bytearray.js";
import { b } from "../../src/runtime/core/text/bytes.js";
import { BytesIO } from "../../src/runtime/io/memory-stream.js";
import { aes } from "../../src/runtime/modules/cryptolib.js";
import { DeflateIO, GZIP } from "../../src/runtime/modules/deflate.js";
import { md5, sha1, sha256 } from "../../src/runtime/modules/hashlib.js";

/** Bytes in which there is something to compress. */
const data = fc
  .array(fc.tuple(fc.uint8Array({ maxLength: 20 }), fc.integer({ min: 1, max: 60 })), {
    maxLength: 12,
  })
  .map((runs) =>
    Buffer.concat(runs.flatMap(([run, count]) => Array(count).fill(Buffer.from(run)))),
  );

function compress(pieces: readonly Uint8Array[], windowBits: number): Buffer {
  const output: number[] = [];
  const deflate = new Deflate((byte) => output.push(byte), windowBits);
  deflate.begin();
  for (const piece of pieces) deflate.write(piece);
  deflate.end();
  return Buffer.from(output);
}

/** What comes out, and how many bytes of the input were taken. */
function decompress(packed: Uint8Array, share: number): { data: Buffer; taken: number } {
  let taken = 0;
  const next = function* (): Waiting<number> {
    if (taken >= packed.length) throw new Error("read beyond the end");
    return packed[taken++] as number;
  };
  const inflate = new Inflate(next, 15);
  const pieces: Uint8Array[] = [];
  for (;;) {
    const buffer = new Uint8Array(share);
    const count = runToEnd(inflate.read(buffer));
    pieces.push(buffer.subarray(0, count));
    if (count < share) return { data: Buffer.concat(pieces), taken };
  }
}

describe("deflate", () => {
  test("Node decompresses what is written", () => {
    fc.assert(
      fc.property(
        data,
        fc.constantFrom(5, 8, 12, 15),
        fc.integer({ min: 1 }),
        (bytes, bits, at) => {
          const middle = at % (bytes.length + 1);
          const packed = compress([bytes.subarray(0, middle), bytes.subarray(middle)], bits);
          expect(inflateRawSync(packed).equals(bytes)).toBe(true);
        },
      ),
      { numRuns: 100 },
    );
  });

  test("what Node compresses is read to its last byte and no further", () => {
    const levels = fc.constantFrom(0, 1, 6, 9);
    fc.assert(
      fc.property(data, levels, fc.integer({ min: 1, max: 300 }), (bytes, level, share) => {
        const packed = deflateRawSync(bytes, { level });
        const result = decompress(Buffer.concat([packed, Buffer.from("next")]), share);
        expect(result.data.equals(bytes)).toBe(true);
        expect(result.taken).toBe(packed.length);
      }),
      { numRuns: 100 },
    );
  });

  test("data without pattern, and a gzip of it", () => {
    const noise = randomBytes(70_000);
    expect(decompress(deflateRawSync(noise), 4096).data.equals(noise)).toBe(true);
    const stream = call(DeflateIO, new BytesIO(b(gzipSync(noise).toString("latin1"))), GZIP);
    expect(Buffer.from(invoke(stream, "read")).equals(noise)).toBe(true);
  });
});

describe("cryptolib", () => {
  const modes = { ecb: 1, cbc: 2, ctr: 6 } as const;
  const sizes = [128, 256] as const;
  const cases = sizes.flatMap((size) =>
    (Object.keys(modes) as (keyof typeof modes)[]).map((mode) => [size, mode] as const),
  );

  test.each(cases)("aes-%i-%s", (size, mode) => {
    const blocks = fc.uint8Array({ minLength: 16, maxLength: 96 });
    const secret = fc.uint8Array({ minLength: size / 8, maxLength: size / 8 });
    const start = fc.uint8Array({ minLength: 16, maxLength: 16 });
    fc.assert(
      fc.property(secret, start, blocks, (key, iv, bytes) => {
        const text = mode === "ctr" ? bytes : bytes.subarray(0, bytes.length & ~15);
        const peer = createCipheriv(`aes-${size}-${mode}`, key, mode === "ecb" ? null : iv);
        peer.setAutoPadding(false);
        const expected = Buffer.concat([peer.update(text), peer.final()]);
        const make = () =>
          call(aes, new ByteArray(key), modes[mode], mode === "ecb" ? null : new ByteArray(iv));
        const encrypted = invoke(make(), "encrypt", new ByteArray(text));
        expect(Buffer.from(encrypted).equals(expected)).toBe(true);
        const decrypted = invoke(make(), "decrypt", encrypted);
        expect(Buffer.from(decrypted).equals(Buffer.from(text))).toBe(true);
      }),
      { numRuns: 30 },
    );
  });
});

test.each([
  ["md5", md5],
  ["sha1", sha1],
  ["sha256", sha256],
] as const)("hashlib.%s", (name, make) => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 150 }), { maxLength: 4 }), (pieces) => {
      const peer = createHash(name);
      const hash = call(make);
      for (const piece of pieces) {
        peer.update(piece);
        invoke(hash, "update", new ByteArray(piece));
      }
      expect(Buffer.from(invoke(hash, "digest")).toString("hex")).toBe(peer.digest("hex"));
    }),
    { numRuns: 60 },
  );
});
