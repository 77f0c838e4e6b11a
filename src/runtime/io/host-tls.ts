/** The TLS of the running program's host. */

import { current } from "../core/context.js";
import { NotImplementedError } from "../core/exception/exceptions.js";
import type { Host } from "../host/host.js";
import type { Tls } from "../host/tls.js";

/** NotImplementedError where the host has none. */
export function hostTls(): Tls {
  const { tls, virtual } = current().host as Host;
  if (tls !== null) return tls;
  throw new NotImplementedError(
    virtual ? "TLS needs real time: there is none in virtual time" : "this host has no TLS",
  );
}
