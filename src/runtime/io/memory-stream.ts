/** `io.StringIO` and `io.BytesIO`: streams in memory. Both hold bytes; StringIO gives them as text. */

import { define } from "../core/class/class.js";
import { identity } from "../core/class/identity.js";
import { OSError, ValueError } from "../core/exception/exceptions.js";
import { bytesOf } from "../core/memory/buffer.js";
import { PRINT } from "../core/slots.js";
import { isInt, type Value } from "../core/values.js";
import { Stream } from "./stream.js";

const EINVAL = 22;

abstract class MemoryStream extends Stream {
  /** null when closed. */
  declare private $bytes: Uint8Array | null;
  declare private $size: number;
  declare private $position: number;

  override __init__(initial: Value = undefined): Value {
    const data = initial === undefined || isInt(initial) ? new Uint8Array(0) : bytesOf(initial);
    this.$bytes = data.slice();
    this.$size = data.length;
    this.$position = 0;
    return null;
  }

  private $open(): Uint8Array {
    if (this.$bytes === null) throw new ValueError("I/O operation on closed file");
    return this.$bytes;
  }

  override $readRaw(buffer: Uint8Array): number {
    const bytes = this.$open();
    const count = Math.max(0, Math.min(buffer.length, this.$size - this.$position));
    buffer.set(bytes.subarray(this.$position, this.$position + count));
    this.$position += count;
    return count;
  }

  override $ahead(): Uint8Array {
    return this.$open().subarray(Math.min(this.$position, this.$size), this.$size);
  }

  override $writeRaw(data: Uint8Array): number {
    const end = this.$position + data.length;
    if (end > this.$open().length) {
      const grown = new Uint8Array(Math.max(end, 2 * this.$size, 16));
      grown.set(this.$open().subarray(0, this.$size));
      this.$bytes = grown;
    }
    this.$open().set(data, this.$position);
    this.$position = end;
    this.$size = Math.max(this.$size, end);
    return data.length;
  }

  override $seekRaw(offset: number, whence: 0 | 1 | 2): number {
    this.$open();
    const base = whence === 0 ? 0 : whence === 1 ? this.$position : this.$size;
    if (!Number.isSafeInteger(base + offset)) throw new OSError(EINVAL);
    this.$position = Math.max(0, base + offset);
    return this.$position;
  }

  override $closeRaw(): void {
    this.$bytes = null;
  }

  getvalue(): Value {
    return this.$result(this.$open().slice(0, this.$size));
  }

  protected $printed(name: string): string {
    return `<io.${name} 0x${identity(this).toString(16)}>`;
  }
}
define(MemoryStream, {
  builtin: true,
  methods: { __init__: "initial=, /, *rest, **", getvalue: "" },
});

export class StringIO extends MemoryStream {
  override get $isText(): boolean {
    return true;
  }

  [PRINT](): string {
    return this.$printed("StringIO");
  }
}
define(StringIO, { builtin: true });

export class BytesIO extends MemoryStream {
  override get $isText(): boolean {
    return false;
  }

  [PRINT](): string {
    return this.$printed("BytesIO");
  }
}
define(BytesIO, { builtin: true });
