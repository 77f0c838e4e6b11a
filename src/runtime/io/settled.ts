/**
 * Waits until the host knows whether a port is taken, as `bind()` and what sends datagrams do; where
 * waiting is impossible it is assumed.
 */

import type { Waiting } from "../core/blocking/blocking.js";
import { Wait } from "../core/blocking/wait.js";
import { RuntimeError } from "../core/exception/exceptions.js";
import type { DatagramPort, Listener } from "../host/network.js";

export function* settled(opened: Listener | DatagramPort): Waiting<void> {
  while (!opened.settled) {
    try {
      yield new Wait(null, (wake) => opened.watch(wake));
    } catch (error) {
      if (error instanceof RuntimeError) return;
      throw error;
    }
  }
}
