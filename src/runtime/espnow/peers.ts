/** Whom a board sends messages to: the table behind `ESPNow.add_peer` and its like. */

import { OSError, ValueError } from "../core/exception/exceptions.js";
import { bytesOf } from "../core/memory/buffer.js";
import { index } from "../core/number/numbers.js";
import { truth } from "../core/operator/unary.js";
import { Bytes } from "../core/text/bytes.js";
import { tup, type Value } from "../core/values.js";
import { hex, unhex } from "../network/air.js";

export const ADDR_LEN = 6;
export const KEY_LEN = 16;
export const MAX_TOTAL_PEER_NUM = 20;

export function failure(code: number, name: string): OSError {
  return new OSError(code, `ESP_ERR_ESPNOW_${name}`);
}

/** Six bytes as the air knows them. */
export function addressOf(mac: Value): string {
  const bytes = bytesOf(mac);
  if (bytes.length !== ADDR_LEN) throw new ValueError("invalid buffer length");
  return hex(bytes);
}

interface Peer {
  lmk: Uint8Array;
  channel: number;
  ifidx: number;
  encrypt: boolean;
}

/** What `add_peer` was told; None leaves things as they are. */
export function peerOf(settings: readonly Value[], peer: Peer = fresh()): Peer {
  const [lmk = null, channel = null, ifidx = null, encrypt = null] = settings;
  if (lmk !== null) {
    peer.encrypt = truth(lmk);
    if (peer.encrypt) {
      const key = bytesOf(lmk);
      if (key.length !== KEY_LEN) throw new ValueError("invalid buffer length");
      peer.lmk = key.slice();
    }
  }
  if (channel !== null) peer.channel = index(channel);
  if (ifidx !== null) peer.ifidx = index(ifidx);
  if (encrypt !== null) peer.encrypt = truth(encrypt);
  return peer;
}

const fresh = (): Peer => ({
  lmk: new Uint8Array(KEY_LEN),
  channel: 0,
  ifidx: 0,
  encrypt: false,
});

export class Peers {
  private readonly peers = new Map<string, Peer>();

  /** Without the addresses that many listen to. */
  get unicast(): readonly string[] {
    return [...this.peers.keys()].filter((address) => ((unhex(address)[0] ?? 0) & 1) === 0);
  }

  has(address: string): boolean {
    return this.peers.has(address);
  }

  clear(): void {
    this.peers.clear();
  }

  add(address: string, peer: Peer): void {
    if (this.peers.has(address)) throw failure(-12395, "EXIST");
    if (this.peers.size >= MAX_TOTAL_PEER_NUM) throw failure(-12392, "FULL");
    this.peers.set(address, peer);
  }

  change(address: string, settings: readonly Value[]): void {
    this.peers.set(address, peerOf(settings, { ...this.find(address) }));
  }

  remove(address: string): void {
    if (!this.peers.delete(address)) throw failure(-12393, "NOT_FOUND");
  }

  /** (address, key, channel, interface, encrypted) */
  describe(address: string): Value {
    const { lmk, channel, ifidx, encrypt } = this.find(address);
    return tup(new Bytes(unhex(address)), new Bytes(lmk), channel, ifidx, encrypt);
  }

  /** (all, encrypted) */
  count(): Value {
    const encrypted = [...this.peers.values()].filter(({ encrypt }) => encrypt).length;
    return tup(this.peers.size, encrypted);
  }

  private find(address: string): Peer {
    const peer = this.peers.get(address);
    if (peer === undefined) throw failure(-12393, "NOT_FOUND");
    return peer;
  }
}
