/**
 * `espnow.ESPNow`: short messages between boards without a network. A message to a peer that nobody
 * answers for is not acknowledged. What the methods do is in espnow-radio.ts.
 */

import { runToEnd, type Waiting } from "../core/blocking.js";
import { bytesOf, writableBytes } from "../core/buffer.js";
import { ByteArray } from "../core/bytearray.js";
import { Bytes } from "../core/bytes.js";
import { define } from "../core/class.js";
import { perContext } from "../core/context.js";
import { Dict } from "../core/dict.js";
import { ValueError } from "../core/exceptions.js";
import { index } from "../core/numbers.js";
import { PyObject } from "../core/object.js";
import { truth } from "../core/unary.js";
import { asTuple, BARE, tup, type Value } from "../core/values.js";
import { interrupts } from "../host/interrupts.js";
import { POLLABLE, POLLIN, POLLOUT, type Pollable } from "../io/pollable.js";
import { unhex } from "../network/air.js";
import { type EspNowRadio, espNowRadio, type Message } from "./espnow-radio.js";
import { addressOf, failure, KEY_LEN } from "./peers.js";

export { ADDR_LEN, KEY_LEN, MAX_TOTAL_PEER_NUM } from "./peers.js";
export const MAX_DATA_LEN = 250;
export const MAX_ENCRYPT_PEER_NUM = 6;
/** What asking counts as work (Host.work). */
const READ_WORK = 50;

export class ESPNow extends PyObject {
  declare peers_table: Value;
  declare $radio: EspNowRadio;

  constructor(...args: Value[]) {
    const plain = new.target === ESPNow && args[0] !== BARE;
    super(...(plain ? [BARE] : args));
    // biome-ignore lint/correctness/noConstructorReturn: there is one object on a board.
    if (plain) return theOne();
  }

  /** Objects of a program's own class share the radio of the board. */
  override __init__(): Value {
    this.$radio = espNowRadio();
    this.peers_table = this.$radio.heard;
    return null;
  }

  active(flag: Value = undefined): boolean {
    if (flag !== undefined) this.$radio.active = truth(flag);
    return this.$radio.active;
  }

  /** `config("rxbuf")` asks, `config(rxbuf=..., timeout_ms=..., rate=...)` sets. */
  config(param: Value = undefined, settings: Value = undefined): Value {
    if (settings instanceof Dict) {
      for (const [name, value] of settings.entries()) {
        if (name === "rxbuf") this.$radio.capacity = index(value);
        else if (name === "timeout_ms") this.$radio.timeout = index(value);
        else if (name !== "rate") throw new ValueError("unknown config param");
      }
    }
    if (param === undefined) return null;
    if (param === "rxbuf") return this.$radio.capacity;
    if (param === "timeout_ms") return this.$radio.timeout;
    throw new ValueError("unknown config param");
  }

  /** Called with this object when a message arrives; None: no longer. */
  irq(callback: Value): null {
    this.$radio.handler = callback === null ? null : { call: callback, object: this };
    return null;
  }

  /** (sent, answered, lost, received, dropped) */
  stats(): Value {
    const { sent, answered, lost, got, dropped } = this.$radio.counts;
    return tup(sent, answered, lost, got, dropped);
  }

  set_pmk(pmk: Value): null {
    if (bytesOf(pmk).length !== KEY_LEN) throw new ValueError("invalid buffer length");
    return null;
  }

  add_peer(mac: Value, ...settings: Value[]): null {
    this.$radio.check();
    this.$radio.peers.add(mac, settings);
    return null;
  }

  mod_peer(mac: Value, ...settings: Value[]): null {
    this.$radio.check();
    this.$radio.peers.change(mac, settings);
    return null;
  }

  del_peer(mac: Value): null {
    this.$radio.check();
    this.$radio.peers.remove(mac);
    return null;
  }

  /** (address, key, channel, interface, encrypted) */
  get_peer(mac: Value): Value {
    return this.$radio.peers.describe(addressOf(mac));
  }

  get_peers(): Value {
    const { peers } = this.$radio;
    return asTuple(peers.addresses.map((address) => peers.describe(address)));
  }

  /** (all, encrypted) */
  peer_count(): Value {
    return this.$radio.peers.count();
  }

  /** `send(mac, message)`, or `send(message)` to all peers; false when one did not answer. */
  *send(mac: Value, msg: Value = undefined, sync: Value = true): Waiting {
    const { $radio: radio } = this;
    radio.check();
    const one = msg !== undefined && mac !== null;
    const data = bytesOf(msg === undefined ? mac : msg).slice();
    if (data.length > MAX_DATA_LEN) throw failure(-12390, "ARG");
    const { addresses } = radio.peers;
    const targets = one ? [addressOf(mac)] : addresses;
    if (targets.some((target) => !addresses.includes(target)) || targets.length === 0) {
      throw failure(-12393, "NOT_FOUND");
    }
    return yield* radio.send(targets, data, truth(sync));
  }

  any(): boolean {
    interrupts().worked(READ_WORK);
    return this.$radio.hasMessages;
  }

  /** [address, message]; (None, None) when none comes in time. */
  *recv(timeout_ms: Value = null): Waiting {
    const message = yield* this.$radio.receive(timeout_ms);
    if (message === null) return tup(null, null);
    return [new Bytes(unhex(message.from)), new Bytes(message.data)];
  }

  /** The same with a buffer instead of new bytes. */
  *irecv(timeout_ms: Value = null): Waiting {
    const message = yield* this.$radio.receive(timeout_ms);
    if (message === null) return tup(null, null);
    return [new Bytes(unhex(message.from)), new ByteArray(message.data)];
  }

  /** Fills `data`, a list of an address and a buffer; how long the message is. */
  *recvinto(data: Value, timeout_ms: Value = null): Waiting {
    const message = yield* this.$radio.receive(timeout_ms);
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
    const message = runToEnd<Message | null>(this.$radio.receive(null));
    if (message === null) return tup(null, null);
    return [new Bytes(unhex(message.from)), new ByteArray(message.data)];
  }

  get [POLLABLE](): Pollable {
    return {
      poll: (flags) => (this.$radio.hasMessages ? flags & POLLIN : 0) | (flags & POLLOUT),
      watch: (notify) => this.$radio.watch(notify),
    };
  }
}
define(ESPNow, {
  fields: ["peers_table"],
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

/** What `ESPNow()` gives. */
const theOne = perContext((): ESPNow => {
  const espnow = new ESPNow(BARE);
  espnow.__init__();
  return espnow;
});
