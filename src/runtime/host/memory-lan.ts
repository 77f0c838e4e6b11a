/**
 * A network in memory between several boards: each has an address, by which the others reach it, and may
 * have a name. Made by `simulateTogether()`; what goes on at each address is in memory-network.ts.
 */

import { MemoryNetwork } from "./memory-network.js";

/** The addresses of the boards, in the order in which they join: what a simulated WLAN gets too. */
const NET = "192.168.4.";
const FIRST = 2;

export class MemoryLan {
  private readonly machines: MemoryNetwork[] = [];
  private readonly names = new Map<string, MemoryNetwork>();

  /** The network as the next board sees it. The others find that under `name` and `name.local`. */
  join(name: string): MemoryNetwork {
    const machine = new MemoryNetwork(`${NET}${FIRST + this.machines.length}`, this);
    this.machines.push(machine);
    this.names.set(name, machine);
    return machine;
  }

  /** The machine with this address. */
  at(address: string): MemoryNetwork | undefined {
    return this.machines.find((machine) => machine.has(address));
  }

  /** The address of a name. */
  lookup(name: string): string | undefined {
    return this.names.get(name.replace(/\.local$/, ""))?.address;
  }

  /** Those that get a datagram: one machine, or all for an address that means many. */
  receivers(address: string): readonly MemoryNetwork[] {
    if (isBroadcast(address) || isMulticast(address)) return this.machines;
    const machine = this.at(address);
    return machine === undefined ? [] : [machine];
  }
}

function isBroadcast(address: string): boolean {
  return address === "255.255.255.255" || address === `${NET}255`;
}

/** 224.0.0.0 to 239.255.255.255. */
export function isMulticast(address: string): boolean {
  const first = Number.parseInt(address, 10);
  return first >= 224 && first <= 239;
}
