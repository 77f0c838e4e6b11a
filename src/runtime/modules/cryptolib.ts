/** The `cryptolib` module: AES in the modes ECB, CBC and CTR (numbered as in PEP 272). */

import { define } from "../core/class/class.js";
import { PyObject } from "../core/class/object.js";
import { ValueError } from "../core/exception/exceptions.js";
import { requireBuffer } from "../core/memory/buffer.js";
import { index } from "../core/number/numbers.js";
import { Bytes } from "../core/text/bytes.js";
import type { Value } from "../core/values.js";
import { Aes, BLOCK } from "../crypto/aes.js";

const ECB = 1;
const CBC = 2;
const CTR = 6;

/** An object encrypts or decrypts, as its first use says, and goes on where it was. */
export class aes extends PyObject {
  declare private $cipher: Aes;
  declare private $mode: number;
  /** The block before (CBC), or the counter (CTR). */
  declare private $chain: Uint8Array;
  /** CTR: what is left of the encrypted counter. */
  declare private $stream: Uint8Array;
  declare private $encrypts: boolean | undefined;

  override __init__(key: Value, mode: Value, iv: Value = null): Value {
    this.$mode = index(mode);
    if (![ECB, CBC, CTR].includes(this.$mode)) throw new ValueError("mode");
    const secret = requireBuffer(key).bytes;
    if (secret.length !== 16 && secret.length !== 32) throw new ValueError("key");
    if (iv === null && this.$mode !== ECB) throw new ValueError("IV");
    this.$chain = iv === null ? new Uint8Array(BLOCK) : requireBuffer(iv).bytes.slice();
    if (this.$chain.length !== BLOCK) throw new ValueError("IV");
    this.$cipher = new Aes(secret);
    this.$stream = new Uint8Array(0);
    this.$encrypts = undefined;
    return null;
  }

  encrypt(in_buf: Value, out_buf: Value = undefined): Value {
    return this.$process(in_buf, out_buf, true);
  }

  decrypt(in_buf: Value, out_buf: Value = undefined): Value {
    return this.$process(in_buf, out_buf, false);
  }

  private $process(source: Value, target: Value, encrypts: boolean): Value {
    const input = requireBuffer(source).bytes;
    if (this.$mode !== CTR && input.length % BLOCK !== 0) throw new ValueError("blksize % 16");
    const result = target === undefined ? new Bytes(input.length) : null;
    const output = result ?? requireBuffer(target, true).bytes;
    if (output.length < input.length) throw new ValueError("output too small");
    this.$encrypts ??= encrypts;
    if (this.$encrypts !== encrypts) throw new ValueError("can't encrypt & decrypt");
    if (this.$mode === CTR) this.$count(input, output);
    else this.$blocks(input, output, encrypts);
    return result ?? target;
  }

  private $blocks(input: Uint8Array, output: Uint8Array, encrypts: boolean): void {
    const mixed = new Uint8Array(BLOCK);
    for (let at = 0; at < input.length; at += BLOCK) {
      // A copy: the output may be where the input is.
      const block = input.slice(at, at + BLOCK);
      const to = output.subarray(at, at + BLOCK);
      if (this.$mode === ECB) {
        if (encrypts) this.$cipher.encrypt(block, to);
        else this.$cipher.decrypt(block, to);
      } else if (encrypts) {
        combine(block, this.$chain, mixed);
        this.$cipher.encrypt(mixed, to);
        this.$chain = to.slice();
      } else {
        this.$cipher.decrypt(block, mixed);
        combine(mixed, this.$chain, to);
        this.$chain = block;
      }
    }
  }

  private $count(input: Uint8Array, output: Uint8Array): void {
    input.forEach((byte, at) => {
      if (this.$stream.length === 0) {
        const next = new Uint8Array(BLOCK);
        this.$cipher.encrypt(this.$chain, next);
        this.$stream = next;
        increment(this.$chain);
      }
      output[at] = byte ^ (this.$stream[0] as number);
      this.$stream = this.$stream.subarray(1);
    });
  }
}
define(aes, {
  builtin: true,
  methods: {
    __init__: "key, mode, IV=, /",
    encrypt: "in_buf, out_buf=, /",
    decrypt: "in_buf, out_buf=, /",
  },
});

function combine(left: Uint8Array, right: Uint8Array, result: Uint8Array): void {
  for (let at = 0; at < BLOCK; at++) result[at] = (left[at] as number) ^ (right[at] as number);
}

/** Adds 1 to the number that is written with its highest byte first. */
function increment(counter: Uint8Array): void {
  for (let at = BLOCK - 1; at >= 0; at--) {
    counter[at] = (counter[at] as number) + 1;
    if (counter[at] !== 0) return;
  }
}
