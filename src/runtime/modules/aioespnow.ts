/** The `aioespnow` module: `ESPNow` for tasks, which others may run beside while it waits. */

import { core } from "../asyncio/core.js";
import { invokeWait } from "../core/blocking/blocking.js";
import { define } from "../core/class/class.js";
import type { Coroutine } from "../core/iteration/generators.js";
import type { Value } from "../core/values.js";
import { ESPNow as Base } from "../espnow/espnow.js";

export class AIOESPNow extends Base {
  *arecv(): Coroutine {
    yield core().ioQueue.queue_read(this);
    return yield* invokeWait(this, "recv", 0);
  }

  *airecv(): Coroutine {
    yield core().ioQueue.queue_read(this);
    return yield* invokeWait(this, "irecv", 0);
  }

  *asend(mac: Value, msg: Value = undefined, sync: Value = true): Coroutine {
    yield core().ioQueue.queue_write(this);
    const message = msg === undefined ? [mac] : [mac, msg, sync];
    return yield* invokeWait(this, "send", ...message);
  }

  __aiter__(): Value {
    return this;
  }

  __anext__(): Coroutine {
    return this.airecv();
  }
}
define(AIOESPNow, {
  methods: {
    arecv: "",
    airecv: "",
    asend: "mac, msg=, sync=",
    __aiter__: "",
    __anext__: "",
  },
});
