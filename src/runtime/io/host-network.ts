/** The network of the host that a program runs on. A host without one raises what a kernel without it does. */

import { current } from "../core/context.js";
import { osError } from "../core/exception/errno-name.js";
import type { Host } from "../host/host.js";
import type { Network } from "../host/network.js";

const EAFNOSUPPORT = 97;

export function hostNetwork(): Network {
  const { network } = current().host as Host;
  if (network === null) throw osError(EAFNOSUPPORT);
  return network;
}
