/** The coroutine of `Stream.readline()`, where the stream is a connection. */

import { Stepwise } from "../core/iteration/stepwise.js";
import { adoptBytes } from "../core/text/bytes.js";
import type { Value } from "../core/values.js";
import type { ConnectionStream } from "../io/connection-stream.js";
import { core } from "./core.js";
import { append, endsLine, NOTHING } from "./pieces.js";

export class LineReading extends Stepwise {
  declare private readonly stream: ConnectionStream;
  /** The line so far. */
  declare private line: Value;

  constructor(stream: ConnectionStream) {
    super();
    this.stream = stream;
    this.line = NOTHING;
  }

  protected step(isFirst: boolean): boolean {
    const { stream } = this;
    if (!isFirst) {
      const piece = stream.$takeLine();
      if (piece !== null) {
        this.line = append(this.line, adoptBytes(piece));
        if (piece.length === 0 || endsLine(this.line)) return false;
      }
    }
    core().ioQueue.queue_read(stream);
    return true;
  }

  protected end(): Value {
    return this.line;
  }
}
