/** The coroutine of `Stream.drain()`: sends what write() has left. */

import { Stepwise } from "../core/iteration/stepwise.js";
import { bytesOf } from "../core/memory/buffer.js";
import { type Bytes, toBytes } from "../core/text/bytes.js";
import { core } from "./core.js";
import { NOTHING } from "./pieces.js";
import { sleep_ms } from "./sleep.js";
import type { Stream } from "./stream.js";

export class Draining extends Stepwise {
  declare private readonly stream: Stream;
  /** What is to be sent; null where write() has sent everything. */
  declare private rest: Bytes | null;

  constructor(stream: Stream) {
    super();
    this.stream = stream;
    this.rest = null;
  }

  protected step(isFirst: boolean): boolean {
    const { stream } = this;
    if (isFirst) {
      if (stream.$hasSentAll()) {
        // It suspends in any case, so that a loop of write and drain leaves room for other tasks.
        sleep_ms(0).next();
        return true;
      }
      this.rest = toBytes(bytesOf(stream.out_buf));
    } else if (this.rest !== null) {
      const count = stream.$writeNow(this.rest);
      if (count !== null) this.rest = toBytes(this.rest.subarray(count));
    }
    const { rest } = this;
    if (rest === null) return false;
    if (rest.length === 0) {
      stream.out_buf = NOTHING;
      return false;
    }
    core().ioQueue.queue_write(stream.s);
    return true;
  }

  protected end(): null {
    return null;
  }
}
