/**
 * What the boards of one host share: the air. ESP-NOW messages and Bluetooth pass through it, from
 * board to board where several run on one host, and to and from the devices of a test.
 */

import type { BleDevice } from "../bluetooth/ble-device.js";
import type { Host } from "../host/host.js";
import type { Board } from "../machine/hal.js";

/** Who takes part in ESP-NOW. */
export interface Station {
  /** Six bytes, as hexadecimal digits. */
  readonly address: string;
  /** True when it took the message. */
  receive(from: string, data: Uint8Array): boolean;
}

export class Air {
  readonly stations = new Set<Station>();
  readonly devices = new Set<BleDevice>();
  private readonly boards: Board[] = [];

  constructor(readonly host: Host) {}

  /** Boards are numbered as they come on the air: their addresses follow from that. */
  numberOf(board: Board): number {
    const known = this.boards.indexOf(board);
    return known >= 0 ? known : this.boards.push(board) - 1;
  }
}

const airs = new WeakMap<object, Air>();

/** The air around a host; hosts on one clock breathe the same. */
export function airOf(host: Host): Air {
  const { agenda } = host;
  const air = airs.get(agenda) ?? new Air(host);
  airs.set(agenda, air);
  return air;
}

/** The hardware address of an interface of a board: a station is 0, an access point 1. */
export function hardwareAddress(host: Host, board: Board, kind: number): number[] {
  return [0x02, 0x4d, 0x50, 0x59, airOf(host).numberOf(board), kind];
}

export function hex(bytes: Iterable<number>): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function unhex(text: string): Uint8Array {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
