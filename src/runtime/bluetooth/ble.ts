/**
 * `bluetooth.BLE`: the radio of a board as peripheral, central, broadcaster and observer. Boards of one
 * host and the devices of a test meet on the air; pairing and L2CAP channels are not simulated.
 */

import { bufferOf, bytesOf } from "../core/buffer.js";
import { Bytes } from "../core/bytes.js";
import { call } from "../core/call.js";
import { define } from "../core/class.js";
import { type Context, current, enter, perContext } from "../core/context.js";
import { Dict } from "../core/dict.js";
import { OSError, TypeError, ValueError } from "../core/exceptions.js";
import { asArray } from "../core/iteration.js";
import { MemoryView } from "../core/memoryview.js";
import { index } from "../core/numbers.js";
import { PyObject } from "../core/object.js";
import { truth } from "../core/unary.js";
import { asTuple, BARE, tup, type Value } from "../core/values.js";
import type { Host } from "../host/host.js";
import { type Interrupts, interrupts } from "../host/interrupts.js";
import { currentBoard } from "../machine/bus-unit.js";
import { EINVAL, ENODEV } from "../machine/errno.js";
import type { Board } from "../machine/hal.js";
import { notSimulated } from "../machine/not-simulated.js";
import { portMembers } from "../machine/port-members.js";
import { type Air, airOf, hardwareAddress } from "../network/air.js";
import { Attributes, FLAG_INDICATE, FLAG_NOTIFY } from "./attributes.js";
import { BleDevice, type BleLink } from "./ble-device.js";
import { UUID, uuidKey } from "./uuid.js";

const ENOTCONN = 107;
const ETIMEDOUT = 110;

const IRQ = {
  CENTRAL_CONNECT: 1,
  CENTRAL_DISCONNECT: 2,
  GATTS_WRITE: 3,
  GATTS_READ_REQUEST: 4,
  SCAN_RESULT: 5,
  SCAN_DONE: 6,
  PERIPHERAL_CONNECT: 7,
  PERIPHERAL_DISCONNECT: 8,
  GATTC_SERVICE_RESULT: 9,
  GATTC_SERVICE_DONE: 10,
  GATTC_CHARACTERISTIC_RESULT: 11,
  GATTC_CHARACTERISTIC_DONE: 12,
  GATTC_DESCRIPTOR_RESULT: 13,
  GATTC_DESCRIPTOR_DONE: 14,
  GATTC_READ_RESULT: 15,
  GATTC_READ_DONE: 16,
  GATTC_WRITE_DONE: 17,
  GATTC_NOTIFY: 18,
  GATTC_INDICATE: 19,
  GATTS_INDICATE_DONE: 20,
  MTU_EXCHANGED: 21,
} as const;

const BLE_KIND = 2;
/** Milliseconds: between packets of an advertisement, to a connection, for a question and its answer. */
const ADVERTISING = 100;
const CONNECTING = 50;
const ROUND_TRIP = 30;
const SIGNAL = -60;
const PUBLIC = 0;
const MTU = 256;

const objects = perContext((): { now: BLE | null } => ({ now: null }));

export class BLE extends PyObject {
  declare private $context: Context;
  declare private $board: Board;
  declare private $queue: Interrupts;
  declare private $air: Air;
  declare private $device: BleDevice;
  declare private $on: boolean;
  declare private $handler: Value;
  declare private $settings: Map<string, Value>;
  /** Counts scans: a new one, or none, ends the one before. */
  declare private $scan: number;

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
    this.$context = current();
    this.$board = currentBoard();
    this.$queue = interrupts();
    this.$air = airOf(host);
    this.$on = false;
    this.$handler = null;
    this.$scan = 0;
    this.$settings = new Map<string, Value>([
      ["gap_name", "MPY ESP32"],
      ["rxbuf", 512],
      ["mtu", MTU],
      ["bond", false],
      ["mitm", false],
      ["io", 3],
      ["le_secure", false],
      ["addr_mode", PUBLIC],
    ]);
    const address = Uint8Array.from(hardwareAddress(host, this.$board, BLE_KIND));
    this.$device = new BleDevice(this.$air, address, new Attributes(), {
      connected: (link) => this.$linkEvent(link, IRQ.CENTRAL_CONNECT, IRQ.PERIPHERAL_CONNECT),
      disconnected: (link) =>
        this.$linkEvent(link, IRQ.CENTRAL_DISCONNECT, IRQ.PERIPHERAL_DISCONNECT),
      written: (link, handle) => {
        this.$event(IRQ.GATTS_WRITE, tup(link.numberFor(this.$device), handle));
      },
      asked: (link, handle) => this.$ask(link, handle),
      told: (link, handle, data, indicates) => {
        const kind = indicates ? IRQ.GATTC_INDICATE : IRQ.GATTC_NOTIFY;
        this.$event(kind, tup(link.numberFor(this.$device), handle, view(data)));
      },
    });
    this.$board.onReset(() => this.$device.leave());
    return this;
  }

  active(active: Value = undefined): boolean {
    if (active === undefined) return this.$on;
    this.$on = truth(active);
    if (this.$on) this.$air.devices.add(this.$device);
    else this.$device.leave();
    return this.$on;
  }

  /** `config("mac")` asks, `config(gap_name=...)` sets. */
  config(param: Value = undefined, settings: Value = undefined): Value {
    const given = settings instanceof Dict ? [...settings.entries()] : [];
    if (given.length === 0) {
      if (param === undefined) throw new TypeError("must query one param");
      if (param === "mac") return tup(PUBLIC, new Bytes(this.$device.address));
      if (param === "gap_name") return new Bytes(bytesOf(this.$settings.get("gap_name")));
      const value = this.$settings.get(param);
      if (value === undefined) throw new ValueError("unknown config param");
      return value;
    }
    if (param !== undefined) throw new TypeError("can't specify pos and kw args");
    for (const [name, value] of given) {
      if (!this.$settings.has(name)) throw new ValueError("unknown config param");
      this.$settings.set(name, value);
    }
    return null;
  }

  /** `handler(event, data)`; None: no longer. */
  irq(handler: Value): null {
    this.$handler = handler;
    return null;
  }

  // Broadcaster and observer.

  gap_advertise(
    interval_us: Value,
    adv_data: Value = null,
    resp_data: Value = null,
    connectable: Value = true,
  ): null {
    this.$check();
    const { $device: device } = this;
    if (interval_us === null) {
      device.advertisement = null;
      return null;
    }
    index(interval_us);
    const before = this.$settings.get("advertised") as [Uint8Array, Uint8Array] | undefined;
    const data = adv_data === null ? (before?.[0] ?? new Uint8Array(0)) : bytesOf(adv_data).slice();
    const response = resp_data === null ? new Uint8Array(0) : bytesOf(resp_data).slice();
    if (data.length > 31 || response.length > 31) throw new OSError(EINVAL);
    this.$settings.set("advertised", [data, response]);
    device.advertisement = { data, response, connectable: truth(connectable) };
    this.$board.report("ble", "advertising", [...data]);
    return null;
  }

  gap_scan(
    duration_ms: Value = undefined,
    _interval_us: Value = undefined,
    _window_us: Value = undefined,
    active: Value = false,
  ): null {
    this.$check();
    const scan = ++this.$scan;
    if (duration_ms === null) {
      this.$event(IRQ.SCAN_DONE, tup());
      return null;
    }
    const duration = duration_ms === undefined ? 0 : index(duration_ms);
    const responses = truth(active);
    const look = (): void => {
      if (scan !== this.$scan) return;
      for (const device of this.$air.devices) {
        if (device !== this.$device) this.$hear(device, responses);
      }
      this.$board.at(this.$board.now + ADVERTISING, look);
    };
    this.$board.at(this.$board.now + ADVERTISING / 2, look);
    if (duration > 0) {
      this.$board.at(this.$board.now + duration, () => {
        if (scan !== this.$scan) return;
        this.$scan += 1;
        this.$event(IRQ.SCAN_DONE, tup());
      });
    }
    return null;
  }

  // Central.

  gap_connect(addr_type: Value, addr: Value = undefined, scan_duration_ms: Value = 2000): null {
    this.$check();
    if (addr_type === null) return null;
    const wanted = bytesOf(addr).slice();
    if (wanted.length !== 6) throw new ValueError("invalid addr");
    const deadline = this.$board.now + index(scan_duration_ms);
    const attempt = (): void => {
      const found = [...this.$air.devices].find(
        ({ address, advertisement }) =>
          advertisement?.connectable === true && wanted.every((byte, i) => byte === address[i]),
      );
      if (found !== undefined) this.$device.connect(found);
      else if (this.$board.now < deadline) this.$board.at(this.$board.now + CONNECTING, attempt);
      else this.$event(IRQ.PERIPHERAL_DISCONNECT, tup(0xffff, addr_type, view(wanted)));
    };
    this.$board.at(this.$board.now + CONNECTING, attempt);
    return null;
  }

  gap_disconnect(conn_handle: Value): boolean {
    this.$check();
    const link = this.$device.links.get(index(conn_handle));
    if (link === undefined) return false;
    this.$later(() => link.close());
    return true;
  }

  // Server of attributes.

  /** Tuples of handles: of the values of characteristics, each followed by those of its descriptors. */
  gatts_register_services(services_definition: Value): Value {
    this.$check();
    const services = asArray(services_definition).map((service) => {
      const [uuid, characteristics] = asArray(service);
      if (!(uuid instanceof UUID)) throw new ValueError("invalid service UUID");
      return [uuid, asArray(characteristics).map(characteristicOf)] as const;
    });
    const { attributes } = this.$device;
    attributes.clear();
    return asTuple(services.map(([uuid, list]) => asTuple(attributes.add(uuid, list))));
  }

  gatts_read(value_handle: Value): Value {
    this.$check();
    const attribute = this.$attribute(value_handle);
    const value = new Bytes(attribute.value);
    if (attribute.append) attribute.value = new Uint8Array(0);
    return value;
  }

  gatts_write(value_handle: Value, data: Value, send_update: Value = false): null {
    this.$check();
    const attribute = this.$attribute(value_handle);
    attribute.value = bytesOf(data).slice();
    attribute.capacity = Math.max(attribute.capacity, attribute.value.length);
    this.$board.report("ble", "value", [attribute.handle, ...attribute.value]);
    if (!truth(send_update)) return null;
    const characteristic = this.$device.attributes.characteristic(attribute.handle);
    for (const [number, wanted] of characteristic?.subscribers ?? []) {
      const link = this.$device.links.get(number);
      if (link !== undefined) this.$tell(link, attribute.handle, attribute.value, wanted === 2);
    }
    return null;
  }

  gatts_notify(conn_handle: Value, value_handle: Value, data: Value = null): null {
    return this.$send(conn_handle, value_handle, data, false);
  }

  gatts_indicate(conn_handle: Value, value_handle: Value, data: Value = null): null {
    return this.$send(conn_handle, value_handle, data, true);
  }

  gatts_set_buffer(value_handle: Value, len: Value, append: Value = false): null {
    this.$check();
    const attribute = this.$attribute(value_handle);
    attribute.capacity = index(len);
    attribute.append = truth(append);
    return null;
  }

  // Client of attributes.

  gattc_discover_services(conn_handle: Value, uuid: Value = null): null {
    const link = this.$link(conn_handle);
    const number = index(conn_handle);
    this.$later(() => {
      for (const service of link.other(this.$device).attributes.services) {
        if (uuid !== null && uuidKey(uuid) !== service.key) continue;
        const { start, end } = service;
        this.$event(IRQ.GATTC_SERVICE_RESULT, tup(number, start, end, service.uuid));
      }
      this.$event(IRQ.GATTC_SERVICE_DONE, tup(number, 0));
    });
    return null;
  }

  gattc_discover_characteristics(
    conn_handle: Value,
    start_handle: Value,
    end_handle: Value,
    uuid: Value = null,
  ): null {
    const link = this.$link(conn_handle);
    const number = index(conn_handle);
    const [first, last] = [index(start_handle), index(end_handle)];
    this.$later(() => {
      const services = link.other(this.$device).attributes.services;
      for (const { value, end } of services.flatMap(({ characteristics }) => characteristics)) {
        if (value.handle < first || value.handle > last) continue;
        if (uuid !== null && uuidKey(uuid) !== value.key) continue;
        const found = tup(number, end, value.handle, value.flags, value.uuid);
        this.$event(IRQ.GATTC_CHARACTERISTIC_RESULT, found);
      }
      this.$event(IRQ.GATTC_CHARACTERISTIC_DONE, tup(number, 0));
    });
    return null;
  }

  gattc_discover_descriptors(conn_handle: Value, start_handle: Value, end_handle: Value): null {
    const link = this.$link(conn_handle);
    const number = index(conn_handle);
    const [first, last] = [index(start_handle), index(end_handle)];
    this.$later(() => {
      const services = link.other(this.$device).attributes.services;
      for (const { value, descriptors } of services.flatMap((service) => service.characteristics)) {
        const own = descriptors.map(({ handle, uuid }): [number, Value] => [handle, uuid]);
        if (value.flags & (FLAG_NOTIFY | FLAG_INDICATE)) own.unshift([value.handle + 1, CCCD()]);
        for (const [handle, uuid] of own) {
          if (handle < first || handle > last) continue;
          this.$event(IRQ.GATTC_DESCRIPTOR_RESULT, tup(number, handle, uuid));
        }
      }
      this.$event(IRQ.GATTC_DESCRIPTOR_DONE, tup(number, 0));
    });
    return null;
  }

  gattc_read(conn_handle: Value, value_handle: Value): null {
    const link = this.$link(conn_handle);
    const [number, handle] = [index(conn_handle), index(value_handle)];
    this.$later(() => {
      const found = link.open ? link.read(this.$device, handle) : ENOTCONN;
      if (typeof found !== "number") {
        this.$event(IRQ.GATTC_READ_RESULT, tup(number, handle, view(found)));
      }
      const status = typeof found === "number" ? found : 0;
      this.$event(IRQ.GATTC_READ_DONE, tup(number, handle, status));
    });
    return null;
  }

  /** `mode` 1 waits for an answer. */
  gattc_write(conn_handle: Value, value_handle: Value, data: Value, mode: Value = 0): null {
    const link = this.$link(conn_handle);
    const [number, handle] = [index(conn_handle), index(value_handle)];
    const bytes = bytesOf(data).slice();
    const answers = index(mode) === 1;
    this.$later(() => {
      const status = link.open ? link.write(this.$device, handle, bytes) : ENOTCONN;
      if (answers) this.$event(IRQ.GATTC_WRITE_DONE, tup(number, handle, status));
    });
    return null;
  }

  gattc_exchange_mtu(conn_handle: Value): null {
    const link = this.$link(conn_handle);
    this.$later(() => {
      link.mtu = index(this.$settings.get("mtu"));
      this.$event(IRQ.MTU_EXCHANGED, tup(index(conn_handle), link.mtu));
    });
    return null;
  }

  // What the simulated air has not.

  gap_pair(_conn_handle: Value): Value {
    return notSimulated("BLE.gap_pair");
  }

  gap_passkey(_conn_handle: Value, _action: Value, _passkey: Value): Value {
    return notSimulated("BLE.gap_passkey");
  }

  l2cap_listen(_psm: Value, _mtu: Value): Value {
    return notSimulated("BLE.l2cap_listen");
  }

  l2cap_connect(_conn_handle: Value, _psm: Value, _mtu: Value): Value {
    return notSimulated("BLE.l2cap_connect");
  }

  l2cap_disconnect(_conn_handle: Value, _cid: Value): Value {
    return notSimulated("BLE.l2cap_disconnect");
  }

  l2cap_send(_conn_handle: Value, _cid: Value, _buf: Value): Value {
    return notSimulated("BLE.l2cap_send");
  }

  l2cap_recvinto(_conn_handle: Value, _cid: Value, _buf: Value): Value {
    return notSimulated("BLE.l2cap_recvinto");
  }

  hci_cmd(_ogf: Value, _ocf: Value, _request: Value, _response: Value): Value {
    return notSimulated("BLE.hci_cmd");
  }

  private $check(): void {
    if (!this.$on) throw new OSError(ENODEV);
  }

  private $link(conn_handle: Value): BleLink {
    this.$check();
    const link = this.$device.links.get(index(conn_handle));
    if (link === undefined) throw new OSError(ENOTCONN);
    return link;
  }

  private $attribute(value_handle: Value) {
    const attribute = this.$device.attributes.get(index(value_handle));
    if (attribute === undefined) throw new OSError(EINVAL);
    return attribute;
  }

  private $send(conn_handle: Value, value_handle: Value, data: Value, indicates: boolean): null {
    const link = this.$link(conn_handle);
    const attribute = this.$attribute(value_handle);
    const bytes =
      data === null ? attribute.value : (bufferOf(data)?.bytes.slice() ?? bytesOf(data));
    this.$tell(link, attribute.handle, bytes, indicates);
    return null;
  }

  private $tell(link: BleLink, handle: number, data: Uint8Array, indicates: boolean): void {
    this.$board.report("ble", indicates ? "indicated" : "notified", [handle, ...data]);
    this.$later(() => {
      if (link.open) link.tell(this.$device, handle, data, indicates);
      const status = link.open ? 0 : ETIMEDOUT;
      const number = link.numberFor(this.$device);
      if (indicates) this.$event(IRQ.GATTS_INDICATE_DONE, tup(number, handle, status));
    });
  }

  private $hear({ address, advertisement }: BleDevice, responses: boolean): void {
    if (advertisement === null) return;
    const { data, response, connectable } = advertisement;
    const result = (kind: number, bytes: Uint8Array): void =>
      this.$event(IRQ.SCAN_RESULT, tup(PUBLIC, view(address), kind, SIGNAL, view(bytes)));
    result(connectable ? 0 : 3, data);
    if (responses) result(4, response);
  }

  private $linkEvent(link: BleLink, asPeripheral: number, asCentral: number): void {
    const other = link.other(this.$device);
    const kind = link.peripheral === this.$device ? asPeripheral : asCentral;
    this.$event(kind, tup(link.numberFor(this.$device), PUBLIC, view(other.address)));
  }

  private $ask(link: BleLink, handle: number): number {
    const { $handler: handler } = this;
    if (handler === null) return 0;
    const previous = enter(this.$context);
    try {
      const answer = call(
        handler,
        IRQ.GATTS_READ_REQUEST,
        tup(link.numberFor(this.$device), handle),
      );
      return answer === null ? 0 : index(answer);
    } finally {
      enter(previous);
    }
  }

  private $later(action: () => void): void {
    this.$board.at(this.$board.now + ROUND_TRIP, action);
  }

  private $event(kind: number, data: Value): void {
    if (this.$handler === null) return;
    this.$queue.post(() => {
      const { $handler: handler } = this;
      if (handler !== null) call(handler, kind, data);
    });
  }
}
define(BLE, {
  builtin: true,
  statics: { __new__: "cls" },
  methods: {
    __init__: "",
    active: "active=, /",
    config: "param=, **settings",
    irq: "handler",
    gap_advertise: "interval_us, adv_data=, *, resp_data=, connectable=",
    gap_scan: "duration_ms=, interval_us=, window_us=, active=, /",
    gap_connect:
      "addr_type, addr=, scan_duration_ms=, min_conn_interval_us=, max_conn_interval_us=, /",
    gap_disconnect: "conn_handle, /",
    gap_pair: "conn_handle, /",
    gap_passkey: "conn_handle, action, passkey, /",
    gatts_register_services: "services_definition, /",
    gatts_read: "value_handle, /",
    gatts_write: "value_handle, data, send_update=, /",
    gatts_notify: "conn_handle, value_handle, data=, /",
    gatts_indicate: "conn_handle, value_handle, data=, /",
    gatts_set_buffer: "value_handle, len, append=, /",
    gattc_discover_services: "conn_handle, uuid=, /",
    gattc_discover_characteristics: "conn_handle, start_handle, end_handle, uuid=, /",
    gattc_discover_descriptors: "conn_handle, start_handle, end_handle, /",
    gattc_read: "conn_handle, value_handle, /",
    gattc_write: "conn_handle, value_handle, data, mode=, /",
    gattc_exchange_mtu: "conn_handle, /",
    l2cap_listen: "psm, mtu, /",
    l2cap_connect: "conn_handle, psm, mtu, /",
    l2cap_disconnect: "conn_handle, cid, /",
    l2cap_send: "conn_handle, cid, buf, /",
    l2cap_recvinto: "conn_handle, cid, buf, /",
    hci_cmd: "ogf, ocf, request, response, /",
  },
});
portMembers(BLE, "bluetooth.BLE");

function singleton(): BLE {
  const known = objects();
  known.now ??= new BLE(BARE).$begin();
  return known.now;
}

/** The descriptor that switches notifications on. */
function CCCD(): Value {
  return new UUID(0x2902);
}

function view(bytes: Uint8Array): Value {
  return new MemoryView(bytes.slice(), "B", false);
}

type Definition = readonly [Value, number, readonly (readonly [Value, number])[]];

function characteristicOf(definition: Value): Definition {
  const [uuid, flags, descriptors = []] = asArray(definition);
  if (uuid === undefined || flags === undefined)
    throw new ValueError("invalid characteristic tuple");
  if (!(uuid instanceof UUID)) throw new ValueError("invalid characteristic UUID");
  const others = asArray(descriptors).map((descriptor) => {
    const [own, bits] = asArray(descriptor);
    if (!(own instanceof UUID)) throw new ValueError("invalid descriptor UUID");
    return [own as Value, index(bits)] as const;
  });
  return [uuid, index(flags), others];
}
