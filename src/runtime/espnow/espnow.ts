/**
 * `espnow.ESPNow`: short messages between boards without a network. Boards on one host hear each
 * other; a message to a peer that nobody answers for is not acknowledged.
 */

import { runToEnd, type Waiting } from "../core/blocking.js";
import { bytesOf, writableBytes } from "../core/buffer.js";
import { ByteArray } from "../core/bytearray.js";
import { Bytes } from "../core/bytes.js";
import { define } from "../core/class.js";
import { current, perContext } from "../core/context.js";
import { Dict } from "../core/dict.js";
import { OSError, ValueError } from "../core/exceptions.js";
import { index } from "../core/numbers.js";
import { PyObject } from "../core/object.js";
import { truth } from "../core/unary.js";
import { asTuple, BARE, tup, type Value } from "../core/values.js";
import { Wait } from "../core/wait.js";
import type { Host } from "../host/host.js";
import { type Interrupts, interrupts } from "../host/interrupts.js";
import { POLLABLE, POLLIN, POLLOUT, type Pollable } from "../io/pollable.js";
import { currentBoard } from "../machine/bus-unit.js";
import { type Air, airOf, hardwareAddress, hex, type Station, unhex } from "../network/air.js";

export const MAX_DATA_LEN = 250;
export const ADDR_LEN = 6;
export const KEY_LEN = 16;
export const MAX_TOTAL_PEER_NUM = 20;
export const MAX_ENCRYPT_PEER_NUM = 6;
const BROADCAST = "ffffffffffff";
const RXBUF = 526;
/** Bytes that a message takes in the buffer beside its data. */
const OVERHEAD = 12;
const TIMEOUT = 300_000;
const SIGNAL = -50;
/** From sending to receiving (milliseconds). */
const FLIGHT = 1;
const READ_WORK = 50;

function failure(code: number, name: string): OSError {
  return new OSError(code, `ESP_ERR_ESPNOW_${name}`);
}

interface Peer {
  lmk: Value;
  channel: number;
  ifidx: number;
  encrypt: boolean;
}

interface Message {
  from: string;
  data: Uint8Array;
}

const objects = perContext((): { now: ESPNow | null } => ({ now: null }));

export class ESPNow extends PyObject {
  declare peers_table: Value;
  declare private $air: Air;
  declare private $queue: Interrupts;
  declare private $station: Station;
  declare private $on: boolean;
  declare private $peers: Map<string, Peer>;
  declare private $inbox: Message[];
  declare private $capacity: number;
  declare private $timeout: number;
  declare private $handler: Value;
  declare private $listeners: Set<() => void>;
  declare private $counts: {
    sent: number;
    answered: number;
    lost: number;
    got: number;
    dropped: number;
  };

  constructor(...args: Value[]) {
    super(BARE);
    // biome-ignore lint/correctness/noConstructorReturn: there is one object on a board.
    if (args[0] !== BARE) return singleton();
  }

  static override __new__(_cls: Value): Value {
    return singleton();
  }

  override __init__(): Value {
    return null;
  }

  /** For the one object of the board. */
  $begin(): this {
    const host = current().host as Host;
    const board = currentBoard();
    this.$air = airOf(host);
    this.$queue = interrupts();
    this.$on = false;
    this.$peers = new Map();
    this.$inbox = [];
    this.$capacity = RXBUF;
    this.$timeout = TIMEOUT;
    this.$handler = null;
    this.$listeners = new Set();
    this.$counts = { sent: 0, answered: 0, lost: 0, got: 0, dropped: 0 };
    this.peers_table = new Dict();
    this.$station = {
      address: hex(hardwareAddress(host, board, 0)),
      receive: (from, data) => this.$take(from, data),
    };
    board.onReset(() => this.$air.stations.delete(this.$station));
    return this;
  }

  active(flag: Value = undefined): boolean {
    if (flag === undefined) return this.$on;
    this.$on = truth(flag);
    if (this.$on) this.$air.stations.add(this.$station);
    else {
      this.$air.stations.delete(this.$station);
      this.$inbox = [];
      this.$peers.clear();
    }
    return this.$on;
  }

  /** `config("rxbuf")` asks, `config(rxbuf=..., timeout_ms=..., rate=...)` sets. */
  config(param: Value = undefined, settings: Value = undefined): Value {
    if (settings instanceof Dict) {
      for (const [name, value] of settings.entries()) {
        if (name === "rxbuf") this.$capacity = index(value);
        else if (name === "timeout_ms") this.$timeout = index(value);
        else if (name !== "rate") throw new ValueError("unknown config param");
      }
    }
    if (param === undefined) return null;
    if (param === "rxbuf") return this.$capacity;
    if (param === "timeout_ms") return this.$timeout;
    throw new ValueError("unknown config param");
  }

  /** Called with this object when a message arrives; None: no longer. */
  irq(callback: Value): null {
    this.$handler = callback;
    return null;
  }

  /** (sent, answered, lost, received, dropped) */
  stats(): Value {
    const { sent, answered, lost, got, dropped } = this.$counts;
    return tup(sent, answered, lost, got, dropped);
  }

  set_pmk(pmk: Value): null {
    if (bytesOf(pmk).length !== KEY_LEN) throw new ValueError("invalid buffer length");
    return null;
  }

  add_peer(mac: Value, ...settings: Value[]): null {
    this.$check();
    const address = addressOf(mac);
    if (this.$peers.has(address)) throw failure(-12395, "EXIST");
    if (this.$peers.size >= MAX_TOTAL_PEER_NUM) throw failure(-12392, "FULL");
    this.$peers.set(address, { lmk: false, channel: 0, ifidx: 0, encrypt: false });
    return this.$change(address, settings);
  }

  mod_peer(mac: Value, ...settings: Value[]): null {
    this.$check();
    return this.$change(addressOf(mac), settings);
  }

  del_peer(mac: Value): null {
    this.$check();
    if (!this.$peers.delete(addressOf(mac))) throw failure(-12393, "NOT_FOUND");
    return null;
  }

  /** (address, key, channel, interface, encrypted) */
  get_peer(mac: Value): Value {
    const address = addressOf(mac);
    const peer = this.$peers.get(address);
    if (peer === undefined) throw failure(-12393, "NOT_FOUND");
    const { lmk, channel, ifidx, encrypt } = peer;
    return tup(new Bytes(unhex(address)), lmk, channel, ifidx, encrypt);
  }

  get_peers(): Value {
    return asTuple(
      [...this.$peers.keys()].map((address) => this.get_peer(new Bytes(unhex(address)))),
    );
  }

  /** (all, encrypted) */
  peer_count(): Value {
    const encrypted = [...this.$peers.values()].filter(({ encrypt }) => encrypt).length;
    return tup(this.$peers.size, encrypted);
  }

  /** `send(mac, message)`, or `send(message)` to all peers; false when one did not answer. */
  *send(mac: Value, msg: Value = undefined, sync: Value = true): Waiting {
    this.$check();
    const one = msg !== undefined && mac !== null;
    const data = bytesOf(msg === undefined ? mac : msg).slice();
    if (data.length > MAX_DATA_LEN) throw failure(-12390, "ARG");
    const targets = one ? [addressOf(mac)] : [...this.$peers.keys()];
    if (targets.some((target) => !this.$peers.has(target)) || targets.length === 0) {
      throw failure(-12393, "NOT_FOUND");
    }
    const host = current().host as Host;
    let missing = targets.length;
    let answered = true;
    let wake = (): void => {};
    this.$counts.sent += targets.length;
    currentBoard().report("espnow", "sent", [targets.join(","), hex(data)]);
    host.agenda.at(host.now() + FLIGHT, () => {
      for (const target of targets) {
        const taken = this.$deliver(target, data);
        this.$counts[taken ? "answered" : "lost"] += 1;
        answered &&= taken;
        missing -= 1;
      }
      wake();
    });
    if (!truth(sync)) return true;
    while (missing > 0) {
      yield new Wait(null, (notify) => {
        wake = notify;
        return () => {};
      });
    }
    return answered;
  }

  any(): boolean {
    this.$queue.worked(READ_WORK);
    return this.$inbox.length > 0;
  }

  /** [address, message]; (None, None) when none comes in time. */
  *recv(timeout_ms: Value = null): Waiting {
    const message = yield* this.$next(timeout_ms);
    if (message === null) return tup(null, null);
    return [new Bytes(unhex(message.from)), new Bytes(message.data)];
  }

  /** The same with a buffer instead of new bytes. */
  *irecv(timeout_ms: Value = null): Waiting {
    const message = yield* this.$next(timeout_ms);
    if (message === null) return tup(null, null);
    return [new Bytes(unhex(message.from)), new ByteArray(message.data)];
  }

  /** Fills `data`, a list of an address and a buffer; how long the message is. */
  *recvinto(data: Value, timeout_ms: Value = null): Waiting {
    const message = yield* this.$next(timeout_ms);
    if (message === null) return 0;
    data[0] = new Bytes(unhex(message.from));
    const target = data[1];
    if (target instanceof ByteArray) data[1] = new ByteArray(message.data);
    else writableBytes(target).set(message.data);
    return message.data.length;
  }

  __iter__(): Value {
    return this;
  }

  /** As irecv() does; a loop over this object never ends. */
  __next__(): Value {
    const message = runToEnd<Message | null>(this.$next(null));
    if (message === null) return tup(null, null);
    return [new Bytes(unhex(message.from)), new ByteArray(message.data)];
  }

  get [POLLABLE](): Pollable {
    return {
      poll: (flags) => (this.$inbox.length > 0 ? flags & POLLIN : 0) | (flags & POLLOUT),
      watch: (notify) => {
        this.$listeners.add(notify);
        return () => this.$listeners.delete(notify);
      },
    };
  }

  private $check(): void {
    if (!this.$on) throw failure(-12389, "NOT_INIT");
  }

  private $change(address: string, [lmk, channel, ifidx, encrypt]: Value[]): null {
    const peer = this.$peers.get(address);
    if (peer === undefined) throw failure(-12393, "NOT_FOUND");
    if (lmk !== undefined && lmk !== null && truth(lmk)) {
      if (bytesOf(lmk).length !== KEY_LEN) throw new ValueError("invalid buffer length");
      peer.lmk = new Bytes(bytesOf(lmk));
      peer.encrypt = true;
    }
    if (channel !== undefined) peer.channel = index(channel);
    if (ifidx !== undefined) peer.ifidx = index(ifidx);
    if (encrypt !== undefined) peer.encrypt = truth(encrypt);
    return null;
  }

  private $deliver(target: string, data: Uint8Array): boolean {
    const { address } = this.$station;
    const others = [...this.$air.stations].filter((station) => station !== this.$station);
    if (target === BROADCAST) {
      for (const station of others) station.receive(address, data);
      return true;
    }
    const station = others.find((other) => other.address === target);
    return station?.receive(address, data) ?? false;
  }

  /** The air brings a message. */
  private $take(from: string, data: Uint8Array): boolean {
    const used = this.$inbox.reduce((sum, message) => sum + message.data.length + OVERHEAD, 0);
    if (used + data.length + OVERHEAD > this.$capacity) {
      this.$counts.dropped += 1;
      return true;
    }
    this.$counts.got += 1;
    this.$inbox.push({ from, data });
    this.peers_table.set(new Bytes(unhex(from)), [SIGNAL, Math.floor(this.$air.host.now())]);
    for (const listener of [...this.$listeners]) listener();
    if (this.$handler !== null) this.$queue.schedule(this.$handler, this);
    return true;
  }

  private *$next(timeout_ms: Value): Waiting<Message | null> {
    this.$check();
    const host = current().host as Host;
    const limit =
      timeout_ms === null || timeout_ms === undefined ? this.$timeout : index(timeout_ms);
    const deadline = limit < 0 ? null : host.now() + limit;
    while (this.$inbox.length === 0 && (deadline === null || host.now() < deadline)) {
      yield new Wait(deadline, (wake) => {
        this.$listeners.add(wake);
        return () => this.$listeners.delete(wake);
      });
    }
    return this.$inbox.shift() ?? null;
  }
}
define(ESPNow, {
  fields: ["peers_table"],
  statics: { __new__: "cls" },
  methods: {
    __init__: "",
    active: "flag=, /",
    config: "param=, **settings",
    irq: "callback",
    stats: "",
    set_pmk: "pmk, /",
    add_peer: "mac, lmk=, channel=, ifidx=, encrypt=",
    mod_peer: "mac, lmk=, channel=, ifidx=, encrypt=",
    del_peer: "mac, /",
    get_peer: "mac, /",
    get_peers: "",
    peer_count: "",
    send: "mac, msg=, sync=, /",
    any: "",
    recv: "timeout_ms=",
    irecv: "timeout_ms=",
    recvinto: "data, timeout_ms=",
    __iter__: "",
    __next__: "",
  },
  blocking: ["send", "recv", "irecv", "recvinto"],
});

function singleton(): ESPNow {
  const known = objects();
  known.now ??= new ESPNow(BARE).$begin();
  return known.now;
}

function addressOf(mac: Value): string {
  const bytes = bytesOf(mac);
  if (bytes.length !== ADDR_LEN) throw new ValueError("invalid buffer length");
  return hex(bytes);
}
