/**
 * What the pollers of a stream over the network watch, whatever stands behind it at the time. Sockets and
 * TLS streams tell it what to follow.
 */

import type { Watched } from "../host/network.js";
import { Watchers } from "../host/watchers.js";

export class Attention extends Watchers {
  private end: (() => void) | null = null;

  follow(source: Watched | null): void {
    this.end?.();
    this.end = source?.watch(() => this.changed()) ?? null;
    this.changed();
  }
}
