/** Whom a board sends messages to: the table behind `ESPNow.add_peer` and its like. */

import { bytesOf } from "../core/buffer.js";
import { Bytes } from "../core/bytes.js";
import { OSError, ValueError } from "../core/exceptions.js";
import { index } from "../core/numbers.js";
import { truth } from "../core/unary.js";
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
  lmk: Value;
  channel: number;
  ifidx: number;
  encrypt: boolean;
}

export class Peers {
  private readonly peers = new Map<string, Peer>();

  get addresses(): readonly string[] {
    return [...this.peers.keys()];
  }

  clear(): void {
    this.peers.clear();
  }

  add(mac: Value, settings: readonly Value[]): void {
    const address = addressOf(mac);
    if (this.peers.has(address)) throw failure(-12395, "EXIST");
    if (this.peers.size >= MAX_TOTAL_PEER_NUM) throw failure(-12392, "FULL");
    this.peers.set(address, { lmk: false, channel: 0, ifidx: 0, encrypt: false });
    this.change(mac, settings);
  }

  change(mac: Value, [lmk, channel, ifidx, encrypt]: readonly Value[]): void {
    const peer = this.find(addressOf(mac));
    if (lmk !== undefined && lmk !== null && truth(lmk)) {
      if (bytesOf(lmk).length !== KEY_LEN) throw new ValueError("invalid buffer length");
      peer.lmk = new Bytes(bytesOf(lmk));
      peer.encrypt = true;
    }
    if (channel !== undefined) peer.channel = index(channel);
    if (ifidx !== undefined) peer.ifidx = index(ifidx);
    if (encrypt !== undefined) peer.encrypt = truth(encrypt);
  }

  remove(mac: Value): void {
    if (!this.peers.delete(addressOf(mac))) throw failure(-12393, "NOT_FOUND");
  }

  /** (address, key, channel, interface, encrypted) */
  describe(address: string): Value {
    const { lmk, channel, ifidx, encrypt } = this.find(address);
    return tup(new Bytes(unhex(address)), lmk, channel, ifidx, encrypt);
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
