/**
 * The radio of a board as ESP-NOW uses it: what all `ESPNow` objects of a program share. Boards on one host
 * hear each other.
 */

import type { Waiting } from "../core/blocking/blocking.js";
import { Wait } from "../core/blocking/wait.js";
import { Dict } from "../core/container/dict.js";
import { current, perContext } from "../core/context.js";
import { portConstant } from "../core/module/port-names.js";
import { index } from "../core/number/numbers.js";
import { Bytes } from "../core/text/bytes.js";
import type { Value } from "../core/values.js";
import type { Host } from "../host/host.js";
import { type Interrupts, interrupts } from "../host/interrupts.js";
import { currentBoard } from "../machine/bus-unit.js";
import { type Air, airOf, hardwareAddress, hex, type Station, unhex } from "../network/air.js";
import { wlanInterfaces } from "../network/wlan-interface.js";
import { isEsp8266, notActive } from "./esp8266-calls.js";
import { failure, Peers } from "./peers.js";

const BROADCAST = "ffffffffffff";
/** Bytes that a message takes in the buffer beside its data, and those that stay free. */
const OVERHEAD = 14;
const SPARE = 1;
/** What version 1 of the protocol can hold; constants of ports that know version 2 say otherwise. */
const DATA = 250;
const TIMEOUT = 300_000;
export const SIGNAL = -50;
/** From sending to receiving (milliseconds). */
const FLIGHT = 1;

export interface Message {
  readonly from: string;
  readonly data: Uint8Array;
  /** When it came, in milliseconds. */
  readonly at: number;
}

/** Bytes of a message. */
export function longestData(): number {
  return portConstant("espnow", "MAX_DATA_LEN") ?? DATA;
}

/** The one of the board that the program runs on. */
export const espNowRadio = perContext(() => new EspNowRadio());

export class EspNowRadio {
  readonly peers = new Peers();
  /** Who has been heard: by address, the strength of the signal and when. */
  readonly heard = new Dict();
  readonly counts = { sent: 0, answered: 0, lost: 0, got: 0, dropped: 0 };
  /** How many bytes of messages wait to be read at most, and how long reading waits. */
  capacity = 2 * (longestData() + OVERHEAD);
  timeout = TIMEOUT;
  /** Called when a message arrives, with what was asked for. */
  handler: { readonly call: Value; readonly argument: Value } | null = null;
  private on = false;
  private inbox: Message[] = [];
  private readonly listeners = new Set<() => void>();
  private readonly air: Air;
  private readonly queue: Interrupts = interrupts();
  private readonly station: Station;

  constructor() {
    const host = current().host as Host;
    const board = currentBoard();
    this.air = airOf(host);
    this.station = {
      address: hex(hardwareAddress(host, board, 0)),
      receive: (from, data) => this.take(from, data),
    };
    board.onReset(() => this.air.stations.delete(this.station));
  }

  get active(): boolean {
    return this.on;
  }

  set active(on: boolean) {
    this.on = on;
    if (on) this.air.stations.add(this.station);
    else {
      this.air.stations.delete(this.station);
      this.inbox = [];
      this.peers.clear();
    }
  }

  /** Whether a WLAN of the board is active. */
  get hasWifi(): boolean {
    const { station, accessPoint } = wlanInterfaces();
    return station.active || accessPoint.active;
  }

  /** Raises OSError where the radio is off. */
  check(): void {
    if (!this.on) throw isEsp8266() ? notActive() : failure(-12389, "NOT_INIT");
  }

  get hasMessages(): boolean {
    return this.inbox.length > 0;
  }

  /** Sends to each; whether all of them answered, where somebody waits for that. */
  *send(targets: readonly string[], data: Uint8Array, waits: boolean): Waiting<boolean> {
    const { host } = this.air;
    let missing = targets.length;
    let answered = true;
    let wake = (): void => {};
    this.counts.sent += targets.length;
    currentBoard().report("espnow", "sent", [targets.join(","), hex(data)]);
    host.agenda.at(host.now() + FLIGHT, () => {
      for (const target of targets) {
        const taken = this.deliver(target, data);
        this.counts.answered += 1;
        if (!taken) this.counts.lost += 1;
        answered &&= taken;
        missing -= 1;
      }
      wake();
    });
    while (waits && missing > 0) {
      yield new Wait(null, (notify) => {
        wake = notify;
        return () => {};
      });
    }
    return answered;
  }

  /** The next message; null when none comes in time. */
  *receive(timeout_ms: Value): Waiting<Message | null> {
    this.check();
    const { host } = this.air;
    const limit =
      timeout_ms === null || timeout_ms === undefined ? this.timeout : index(timeout_ms);
    const deadline = limit < 0 ? null : host.now() + limit;
    while (this.inbox.length === 0 && (deadline === null || host.now() < deadline)) {
      yield new Wait(deadline, (wake) => this.watch(wake));
    }
    return this.inbox.shift() ?? null;
  }

  /** Calls `notify` when a message has arrived; returns what ends that. */
  watch(notify: () => void): () => void {
    this.listeners.add(notify);
    return () => this.listeners.delete(notify);
  }

  private deliver(target: string, data: Uint8Array): boolean {
    const { address } = this.station;
    const others = [...this.air.stations].filter((station) => station !== this.station);
    if (target === BROADCAST) {
      for (const station of others) station.receive(address, data);
      return true;
    }
    const station = others.find((other) => other.address === target);
    return station?.receive(address, data) ?? false;
  }

  /** The air brings a message. */
  private take(from: string, data: Uint8Array): boolean {
    const used = this.inbox.reduce((sum, message) => sum + message.data.length + OVERHEAD, 0);
    if (used + data.length + OVERHEAD + SPARE >= this.capacity) {
      this.counts.dropped += 1;
      return true;
    }
    this.counts.got += 1;
    const at = Math.floor(this.air.host.now());
    this.inbox.push({ from, data, at });
    this.heard.set(new Bytes(unhex(from)), [SIGNAL, at]);
    for (const listener of [...this.listeners]) listener();
    if (this.handler !== null) this.queue.schedule(this.handler.call, this.handler.argument);
    return true;
  }
}
