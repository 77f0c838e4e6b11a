/** Standard input that an embedding program feeds: `send()` what is typed, `end()` it. */

import { encodeUtf8 } from "../core/text/utf8.js";
import { ByteQueue } from "./byte-queue.js";
import type { InputSource } from "./host.js";
import { Watchers } from "./watchers.js";

export class TextInput extends Watchers implements InputSource {
  private readonly bytes = new ByteQueue();
  private ended = false;

  send(data: string | Uint8Array): void {
    this.bytes.push(typeof data === "string" ? encodeUtf8(data) : data.slice());
    this.changed();
  }

  /** Reads after what was sent find the end of the input. */
  end(): void {
    this.ended = true;
    this.changed();
  }

  read(max: number): Uint8Array | null {
    if (this.bytes.length === 0) return this.ended ? new Uint8Array(0) : null;
    return this.bytes.take(max, false);
  }

  readable(): boolean {
    return this.ended || this.bytes.length > 0;
  }
}
