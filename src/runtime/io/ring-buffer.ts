/** `micropython.RingIO`: bytes in a fixed memory, first in, first out, as a stream. */

import { define } from "../core/class/class.js";
import { without } from "../core/class/varying.js";
import { ValueError } from "../core/exception/exceptions.js";
import { bufferOf } from "../core/memory/buffer.js";
import { index } from "../core/number/numbers.js";
import type { Value } from "../core/values.js";
import { POLLABLE, POLLIN, POLLOUT, type Pollable } from "./pollable.js";
import { Stream } from "./stream.js";

const LARGEST = 0xffff;

export class RingIO extends Stream {
  /** One byte of it stays unused, to tell a full buffer from an empty one. */
  declare private $ring: Uint8Array;
  declare private $first: number;
  declare private $end: number;

  /** Of a size, or in memory that is given. */
  override __init__(size: Value): Value {
    const memory = typeof size === "string" ? null : bufferOf(size, true);
    const length = memory === null ? index(size) + 1 : memory.bytes.length;
    if (length < 2 || length > LARGEST) throw new ValueError();
    this.$ring = memory?.bytes ?? new Uint8Array(length);
    this.$first = 0;
    this.$end = 0;
    return null;
  }

  override get $isText(): boolean {
    return false;
  }

  /** How many bytes can be read. */
  any(): number {
    const { length } = this.$ring;
    return (this.$end - this.$first + length) % length;
  }

  private get $room(): number {
    return this.$ring.length - 1 - RingIO.prototype.any.call(this);
  }

  override $readRaw(buffer: Uint8Array): number {
    const count = Math.min(buffer.length, RingIO.prototype.any.call(this));
    for (let at = 0; at < count; at++) {
      buffer[at] = this.$ring[this.$first] as number;
      this.$first = (this.$first + 1) % this.$ring.length;
    }
    return count;
  }

  override $writeRaw(data: Uint8Array): number {
    const count = Math.min(data.length, this.$room);
    for (let at = 0; at < count; at++) {
      this.$ring[this.$end] = data[at] as number;
      this.$end = (this.$end + 1) % this.$ring.length;
    }
    return count;
  }

  get [POLLABLE](): Pollable {
    return {
      poll: (flags) => {
        const ready =
          (RingIO.prototype.any.call(this) > 0 ? POLLIN : 0) | (this.$room > 0 ? POLLOUT : 0);
        return flags & ready;
      },
    };
  }
}
define(RingIO, { builtin: true, methods: { __init__: "size, /", any: "" } });
without(RingIO, ["__enter__", "__exit__", "flush", "seek", "tell"]);
