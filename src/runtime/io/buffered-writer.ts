/** `io.BufferedWriter`: collects bytes and writes them to a stream in blocks of one size, as py/modio.c. */

import { invoke } from "../core/call/call.js";
import { define } from "../core/class/class.js";
import { PyObject } from "../core/class/object.js";
import { ValueError } from "../core/exception/exceptions.js";
import { bytesOf } from "../core/memory/buffer.js";
import { index } from "../core/number/numbers.js";
import { Bytes } from "../core/text/bytes.js";
import type { Value } from "../core/values.js";

export class BufferedWriter extends PyObject {
  declare private $stream: Value;
  declare private $block: Uint8Array;
  declare private $used: number;

  override __init__(stream: Value, size: Value): Value {
    const length = index(size);
    if (length < 1) throw new ValueError();
    this.$stream = stream;
    this.$block = new Uint8Array(length);
    this.$used = 0;
    return null;
  }

  /** A full block goes to the stream at once; the rest waits. */
  write(buf: Value): number {
    const data = bytesOf(buf);
    for (let at = 0; at < data.length; ) {
      const part = data.subarray(at, at + this.$block.length - this.$used);
      this.$block.set(part, this.$used);
      this.$used += part.length;
      at += part.length;
      if (this.$used === this.$block.length) BufferedWriter.prototype.flush.call(this);
    }
    return data.length;
  }

  flush(): null {
    const waiting = this.$block.slice(0, this.$used);
    if (this.$used > 0) invoke(this.$stream, "write", new Bytes(waiting));
    this.$used = 0;
    return null;
  }
}
define(BufferedWriter, {
  builtin: true,
  methods: { __init__: "stream, size, /", write: "buf, /", flush: "" },
});
