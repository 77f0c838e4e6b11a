/**
 * The `umqtt.robust` module: a client that connects again when the connection breaks, and does again what
 * broke with it.
 */

import { invokeWait, type Waiting } from "../../core/blocking/blocking.js";
import { getattr } from "../../core/class/attributes.js";
import { define } from "../../core/class/class.js";
import { current } from "../../core/context.js";
import { OSError } from "../../core/exception/exceptions.js";
import { index } from "../../core/number/numbers.js";
import { truth } from "../../core/operator/unary.js";
import { printed } from "../../core/repr.js";
import type { Value } from "../../core/values.js";
import type { Host } from "../../host/host.js";
import { sleep } from "../time.js";
import { MQTTClient as SimpleClient } from "./simple.js";

/** Seconds between attempts. */
const DELAY = 2;

type Step = (this: SimpleClient, ...args: Value[]) => Waiting;
/** What the class that it extends does, as something that can wait. */
const publishOnce = waiting("publish");
const waitOnce = waiting("wait_msg");

function waiting(name: string): Step {
  return SimpleClient.prototype[name].wait as Step;
}

class RobustClient extends SimpleClient {
  *delay(_i: Value): Waiting {
    return yield* sleep.wait(getattr(this, "DELAY"));
  }

  log(in_reconnect: Value, e: Value): null {
    if (!truth(getattr(this, "DEBUG"))) return null;
    const what = truth(in_reconnect) ? "mqtt reconnect" : "mqtt";
    (current().host as Host).write(`${what}: ${printed(e, "repr")}\n`);
    return null;
  }

  /** Tries until it is connected; the session goes on where the broker has kept it. */
  *reconnect(): Waiting {
    for (let attempt = 1; ; attempt++) {
      try {
        return yield* invokeWait(this, "connect", false);
      } catch (error) {
        if (!(error instanceof OSError)) throw error;
        yield* invokeWait(this, "log", true, error);
        yield* invokeWait(this, "delay", attempt);
      }
    }
  }

  override *publish(topic: Value, msg: Value, retain: Value = false, qos: Value = 0): Waiting {
    return yield* this.$persist(() => publishOnce.call(this, topic, msg, retain, qos));
  }

  override *wait_msg(): Waiting {
    return yield* this.$persist(() => waitOnce.call(this));
  }

  /** As often as `attempts` says. */
  override *check_msg(attempts: Value = 2): Waiting {
    for (let left = index(attempts); left > 0; left--) {
      this.sock.setblocking(false);
      try {
        return yield* waitOnce.call(this);
      } catch (error) {
        yield* this.$repair(error);
      }
    }
    return null;
  }

  private *$persist(step: () => Waiting): Waiting {
    for (;;) {
      try {
        return yield* step();
      } catch (error) {
        yield* this.$repair(error);
      }
    }
  }

  private *$repair(error: unknown): Waiting<void> {
    if (!(error instanceof OSError)) throw error;
    yield* invokeWait(this, "log", false, error);
    yield* invokeWait(this, "reconnect");
  }
}
define(RobustClient, {
  name: "MQTTClient",
  attrs: { DELAY, DEBUG: false },
  methods: {
    delay: "i",
    log: "in_reconnect, e",
    reconnect: "",
    publish: "topic, msg, retain=, qos=",
    wait_msg: "",
    check_msg: "attempts=",
  },
  blocking: ["delay", "reconnect", "publish", "wait_msg", "check_msg"],
});

export { RobustClient as MQTTClient };

export const __version__ = "1.0.3";
