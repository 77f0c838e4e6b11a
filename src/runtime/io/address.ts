/** Socket addresses as programs write them, `(host, port)`, and the names in them. */

import type { Waiting } from "../core/blocking/blocking.js";
import { Wait } from "../core/blocking/wait.js";
import { current } from "../core/context.js";
import { OSError, TypeError } from "../core/exception/exceptions.js";
import { index } from "../core/number/numbers.js";
import { isTuple, type Tuple, tup, type Value } from "../core/values.js";
import type { Host } from "../host/host.js";
import { addressFamily, type Endpoint } from "../host/network.js";
import { AF_INET6 } from "./socket-constants.js";

const ENODEV = 19;
/** What getaddrinfo() raises for a name that nobody knows. */
const UNKNOWN_NAME = -2;

/** The addresses of a name. */
export function* addressesOf(name: string, family: 0 | 4 | 6): Waiting<readonly string[]> {
  const { network } = current().host as Host;
  if (network === null) throw new OSError(ENODEV);
  const lookup = network.lookup(name, family);
  while (!lookup.settled) yield new Wait(null, (wake) => lookup.watch(wake));
  if (lookup.addresses.length === 0) throw new OSError(UNKNOWN_NAME);
  return lookup.addresses;
}

/** The endpoint that an address argument means. */
export function* endpointOf(address: Value, family: number): Waiting<Endpoint> {
  if (!isTuple(address) && !Array.isArray(address)) {
    throw new TypeError("address must be a tuple of host and port");
  }
  const [host, port] = address;
  if (typeof host !== "string") throw new TypeError("can't convert to str implicitly");
  const any = family === AF_INET6 ? "::" : "0.0.0.0";
  if (host === "") return { host: any, port: index(port) };
  if (addressFamily(host) !== 0) return { host, port: index(port) };
  const [found] = yield* addressesOf(host, family === AF_INET6 ? 6 : 4);
  return { host: found as string, port: index(port) };
}

/** An endpoint as programs see it. */
export function addressTuple({ host, port }: Endpoint, family: number): Tuple {
  return family === AF_INET6 ? tup(host, port, 0, 0) : tup(host, port);
}
