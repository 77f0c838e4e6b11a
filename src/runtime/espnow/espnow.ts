/** `espnow.ESPNow`: what the ports write in Python on top of ESPNowBase (modules/espnow.py). */

import { runToEnd, type Waiting } from "../core/blocking/blocking.js";
import { define } from "../core/class/class.js";
import { ByteArray } from "../core/text/bytearray.js";
import { Bytes } from "../core/text/bytes.js";
import { tup, type Value } from "../core/values.js";
import { unhex } from "../network/air.js";
import { ESPNowBase } from "./espnow-base.js";
import type { Message } from "./espnow-radio.js";

export class ESPNow extends ESPNowBase {
  /** Called with this object when a message arrives; None: no longer. */
  override irq(callback: Value): null {
    return super.irq(callback, this);
  }

  /** [address, message]; (None, None) when none comes in time. */
  *recv(timeout_ms: Value = null): Waiting {
    const message = yield* this.$radio.receive(timeout_ms);
    if (message === null) return tup(null, null);
    return [new Bytes(unhex(message.from)), new Bytes(message.data)];
  }

  /** The same with a buffer instead of new bytes. */
  *irecv(timeout_ms: Value = null): Waiting {
    const message = yield* this.$radio.receive(timeout_ms);
    if (message === null) return tup(null, null);
    return [new Bytes(unhex(message.from)), new ByteArray(message.data)];
  }

  __iter__(): Value {
    return this;
  }

  /** As irecv() does; a loop over this object never ends. */
  __next__(): Value {
    const message = runToEnd<Message | null>(this.$radio.receive(null));
    if (message === null) return tup(null, null);
    return [new Bytes(unhex(message.from)), new ByteArray(message.data)];
  }
}
define(ESPNow, {
  methods: {
    irq: "callback",
    recv: "timeout_ms=",
    irecv: "timeout_ms=",
    __iter__: "",
    __next__: "",
  },
  blocking: ["recv", "irecv"],
});
