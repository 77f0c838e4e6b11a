/**
 * `espnow.ESPNowBase`: short messages between boards without a network, as ports/esp32/modespnow.c has them.
 * A message to a peer that nobody answers for is not acknowledged. What the methods do is in espnow-radio.ts.
 */

import type { Waiting } from "../core/blocking/blocking.js";
import { define } from "../core/class/class.js";
import { PyObject } from "../core/class/object.js";
import { isCallable } from "../core/class/type.js";
import { perContext } from "../core/context.js";
import { OSError, TypeError, ValueError } from "../core/exception/exceptions.js";
import { bytesOf, writableBytes } from "../core/memory/buffer.js";
import { index } from "../core/number/numbers.js";
import { truth } from "../core/operator/unary.js";
import { ByteArray } from "../core/text/bytearray.js";
import { Bytes } from "../core/text/bytes.js";
import { asTuple, BARE, isList, tup, type Value } from "../core/values.js";
import { interrupts } from "../host/interrupts.js";
import { POLLABLE, POLLIN, POLLOUT, type Pollable } from "../io/pollable.js";
import { ENOENT } from "../machine/errno.js";
import { portMembers } from "../machine/port/port-members.js";
import { unhex } from "../network/air.js";
import { checkConfig, checkPeer, checkSend, checkTargets, isEsp8266 } from "./esp8266-calls.js";
import { type EspNowRadio, espNowRadio, longestData, SIGNAL } from "./espnow-radio.js";
import { addressOf, failure, KEY_LEN, peerOf } from "./peers.js";

export { ADDR_LEN, KEY_LEN, MAX_TOTAL_PEER_NUM } from "./peers.js";
export const MAX_ENCRYPT_PEER_NUM = 6;
/** What asking counts as work (Host.work). */
const READ_WORK = 50;

export class ESPNowBase extends PyObject {
  declare peers_table: Value;
  declare $radio: EspNowRadio;

  constructor(...args: Value[]) {
    const plain = new.target === ESPNowBase && args[0] !== BARE;
    super(...(plain ? [BARE] : args));
    // biome-ignore lint/correctness/noConstructorReturn: there is one object on a board.
    if (plain) return theOne();
  }

  static override __new__(cls: Value): Value {
    return cls === ESPNowBase ? theOne() : new cls(BARE);
  }

  /** Objects of other classes share the radio of the board. */
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
  config(
    param: Value = undefined,
    rxbuf: Value = -1,
    timeout_ms: Value = undefined,
    rate: Value = -1,
  ): Value {
    if (isEsp8266()) checkConfig(param, rate);
    const [size, speed] = [index(rxbuf), index(rate)];
    const limit = timeout_ms === undefined ? this.$radio.timeout : index(timeout_ms);
    if (size >= 0) this.$radio.capacity = size;
    this.$radio.timeout = limit;
    if (speed >= 0 && !this.$radio.hasWifi) throw new OSError(ENOENT);
    if (param === undefined) return null;
    if (param === "rxbuf") return this.$radio.capacity;
    if (param === "timeout_ms") return this.$radio.timeout;
    throw new ValueError("unknown config param");
  }

  /** (sent, answered, lost, received, dropped) */
  stats(): Value {
    const { sent, answered, lost, got, dropped } = this.$radio.counts;
    return tup(sent, answered, lost, got, dropped);
  }

  set_pmk(pmk: Value): null {
    if (bytesOf(pmk).length !== KEY_LEN) throw new ValueError("invalid buffer length");
    if (!isEsp8266()) this.$radio.check();
    return null;
  }

  add_peer(mac: Value, ...settings: Value[]): null {
    const address = addressOf(mac);
    if (isEsp8266()) checkPeer(settings);
    else this.$radio.check();
    const peer = peerOf(settings);
    this.$radio.peers.add(address, peer);
    return null;
  }

  mod_peer(mac: Value, ...settings: Value[]): null {
    const address = addressOf(mac);
    this.$radio.check();
    this.$radio.peers.change(address, settings);
    return null;
  }

  del_peer(mac: Value): null {
    const address = addressOf(mac);
    if (isEsp8266() && !this.$radio.peers.has(address)) return null;
    if (!isEsp8266()) this.$radio.check();
    this.$radio.peers.remove(address);
    return null;
  }

  /** (address, key, channel, interface, encrypted) */
  get_peer(mac: Value): Value {
    const address = addressOf(mac);
    this.$radio.check();
    return this.$radio.peers.describe(address);
  }

  get_peers(): Value {
    this.$radio.check();
    const { peers } = this.$radio;
    return asTuple(peers.unicast.map((address) => peers.describe(address)));
  }

  /** (all, encrypted) */
  peer_count(): Value {
    this.$radio.check();
    return this.$radio.peers.count();
  }

  /** `send(mac, message)`, or `send(message)` to all peers; false when one did not answer. */
  *send(mac: Value, msg: Value = undefined, sync: Value = true): Waiting {
    const { $radio: radio } = this;
    radio.check();
    if (isEsp8266()) checkSend(mac, msg);
    const one = msg !== undefined && mac !== null ? addressOf(mac) : null;
    const data = bytesOf(msg === undefined ? mac : msg).slice();
    if (data.length === 0 || data.length > longestData()) throw failure(-12390, "ARG");
    const { peers } = radio;
    // Those that many listen to are not among "all".
    const targets = one === null ? peers.unicast : [one];
    if (targets.length === 0 || (one !== null && !peers.has(one))) {
      throw failure(-12393, "NOT_FOUND");
    }
    return yield* radio.send(targets, data, sync === null || truth(sync));
  }

  any(): boolean {
    if (!isEsp8266()) this.$radio.check();
    interrupts().worked(READ_WORK);
    return this.$radio.hasMessages;
  }

  /** Fills `data`, a list of an address and a buffer; how long the message is. */
  *recvinto(data: Value, timeout_ms: Value = null): Waiting {
    this.$radio.check();
    if (timeout_ms !== null) index(timeout_ms);
    if (!isList(data)) throw new TypeError();
    if (data.length < 2) throw new ValueError();
    if (isEsp8266()) checkTargets(data);
    const target = data[1];
    const room = writableBytes(target).length;
    const message = yield* this.$radio.receive(timeout_ms);
    if (message === null) return 0;
    if (message.data.length > room) throw new ValueError("ESPNow.recv(): buffer error");
    data[0] = new Bytes(unhex(message.from));
    if (target instanceof ByteArray) data[1] = new ByteArray(message.data);
    else writableBytes(target).set(message.data);
    if (data.length >= 4) {
      data[2] = SIGNAL;
      data[3] = message.at;
    }
    return message.data.length;
  }

  /** `recv_cb(arg)` is called when a message arrives; None: no longer. */
  irq(recv_cb: Value, arg: Value = null): null {
    if (recv_cb !== null && !isCallable(recv_cb)) throw new ValueError("invalid handler");
    this.$radio.handler = recv_cb === null ? null : { call: recv_cb, argument: arg };
    return null;
  }

  get [POLLABLE](): Pollable {
    return {
      poll: (flags) => (this.$radio.hasMessages ? flags & POLLIN : 0) | (flags & POLLOUT),
      watch: (notify) => this.$radio.watch(notify),
    };
  }
}
define(ESPNowBase, {
  builtin: true,
  fields: ["peers_table"],
  statics: { __new__: "cls, *ignored, **more" },
  methods: {
    __init__: "*ignored, **more",
    active: "flag=, /",
    config: "param=, *, rxbuf=, timeout_ms=, rate=",
    irq: "recv_cb, arg=, /",
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
    recvinto: "data, timeout_ms=, /",
  },
  blocking: ["send", "recvinto"],
});
portMembers(ESPNowBase, "espnow.ESPNowBase");

/** What `ESPNowBase()` gives. */
const theOne = perContext((): ESPNowBase => {
  const espnow = new ESPNowBase(BARE);
  espnow.__init__();
  return espnow;
});
