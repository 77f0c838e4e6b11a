/**
 * `bluetooth.BLE`: the radio of a board as peripheral, central, broadcaster and observer. Pairing and L2CAP
 * channels are not simulated. What the methods do is in ble-radio.ts and its parts.
 */

import { define } from "../core/class/class.js";
import { PyObject } from "../core/class/object.js";
import { isCallable } from "../core/class/type.js";
import { Dict } from "../core/container/dict.js";
import { perContext } from "../core/context.js";
import { OSError, TypeError, ValueError } from "../core/exception/exceptions.js";
import { index } from "../core/number/numbers.js";
import { truth } from "../core/operator/unary.js";
import { BARE, type Value } from "../core/values.js";
import { EINVAL, ENOENT } from "../machine/errno.js";
import { notSimulated } from "../machine/not-simulated.js";
import { portMembers } from "../machine/port/port-members.js";
import { textOf } from "../network/names.js";
import { type BleRadio, bleRadio } from "./ble-radio.js";
import { bleSetting, setBleSetting } from "./ble-settings.js";

/** How often an advertisement is sent, unless the program says so. */
const ADVERTISING_US = 500_000;
/** Input, display and comparison of a passkey. */
const PASSKEY_ACTIONS = new Set([2, 3, 4]);

export class BLE extends PyObject {
  declare $radio: BleRadio;

  constructor(...args: Value[]) {
    const plain = new.target === BLE && args[0] !== BARE;
    super(...(plain ? [BARE] : args));
    // biome-ignore lint/correctness/noConstructorReturn: there is one object on a board.
    if (plain) return theOne();
  }

  static override __new__(cls: Value): Value {
    return cls === BLE ? theOne() : new cls(BARE);
  }

  /** Objects of a program's own class share the radio of the board. */
  override __init__(): Value {
    this.$radio = bleRadio();
    return null;
  }

  active(active: Value = undefined): boolean {
    const { $radio: radio } = this;
    if (active !== undefined) radio.active = truth(active);
    return radio.active;
  }

  /** `config("mac")` asks, `config(gap_name=...)` sets. */
  config(params: Value[] = [], settings: Value = undefined): Value {
    const given = settings instanceof Dict ? [...settings.entries()] : [];
    if (given.length === 0) {
      if (params.length !== 1) throw new TypeError("must query one param");
      return bleSetting(this.$radio, textOf(params[0]));
    }
    if (params.length > 0) throw new TypeError("can't specify pos and kw args");
    for (const [name, value] of given) setBleSetting(this.$radio, String(name), value);
    return null;
  }

  /** `handler(event, data)`; None: no longer. */
  irq(handler: Value): null {
    if (handler !== null && !isCallable(handler)) throw new ValueError("invalid handler");
    this.$radio.handler = handler;
    return null;
  }

  gap_advertise(
    interval_us: Value = ADVERTISING_US,
    adv_data: Value = null,
    resp_data: Value = null,
    connectable: Value = true,
  ): null {
    return this.$radio.gap.advertise(interval_us, adv_data, resp_data, connectable);
  }

  gap_scan(
    duration_ms: Value = undefined,
    interval_us: Value = 0,
    window_us: Value = 0,
    active: Value = false,
  ): null {
    if (duration_ms !== undefined && duration_ms !== null) index(duration_ms);
    index(interval_us);
    index(window_us);
    return this.$radio.gap.scan(duration_ms, active);
  }

  gap_connect(addr_type: Value, addr: Value = undefined, scan_duration_ms: Value = 2000): null {
    return this.$radio.gap.connect(addr_type, addr, scan_duration_ms);
  }

  gap_disconnect(conn_handle: Value): boolean {
    return this.$radio.gap.disconnect(conn_handle);
  }

  /** Tuples of handles: of the values of characteristics, each followed by those of its descriptors. */
  gatts_register_services(services_definition: Value): Value {
    return this.$radio.server.register(services_definition);
  }

  gatts_read(value_handle: Value): Value {
    return this.$radio.server.read(value_handle);
  }

  /** The number of bytes. */
  gatts_write(value_handle: Value, data: Value, send_update: Value = false): number {
    return this.$radio.server.write(value_handle, data, send_update);
  }

  gatts_notify(conn_handle: Value, value_handle: Value, data: Value = null): null {
    return this.$radio.server.send(conn_handle, value_handle, data, false);
  }

  gatts_indicate(conn_handle: Value, value_handle: Value, data: Value = null): null {
    return this.$radio.server.send(conn_handle, value_handle, data, true);
  }

  gatts_set_buffer(value_handle: Value, len: Value, append: Value = false): null {
    return this.$radio.server.setBuffer(value_handle, len, append);
  }

  gattc_discover_services(conn_handle: Value, uuid: Value = null): null {
    return this.$radio.client.discoverServices(conn_handle, uuid);
  }

  gattc_discover_characteristics(
    conn_handle: Value,
    start_handle: Value,
    end_handle: Value,
    uuid: Value = null,
  ): null {
    return this.$radio.client.discoverCharacteristics(conn_handle, start_handle, end_handle, uuid);
  }

  gattc_discover_descriptors(conn_handle: Value, start_handle: Value, end_handle: Value): null {
    return this.$radio.client.discoverDescriptors(conn_handle, start_handle, end_handle);
  }

  gattc_read(conn_handle: Value, value_handle: Value): null {
    return this.$radio.client.read(conn_handle, value_handle);
  }

  /** `mode` 1 waits for an answer. */
  gattc_write(conn_handle: Value, value_handle: Value, data: Value, mode: Value = 0): null {
    return this.$radio.client.write(conn_handle, value_handle, data, mode);
  }

  gattc_exchange_mtu(conn_handle: Value): null {
    return this.$radio.client.exchangeMtu(conn_handle);
  }

  // What the simulated air has not.

  gap_pair(conn_handle: Value): Value {
    this.$radio.link(conn_handle);
    return notSimulated("BLE.gap_pair");
  }

  gap_passkey(conn_handle: Value, action: Value, passkey: Value): Value {
    const number = index(conn_handle);
    const kind = index(action);
    index(passkey);
    if (!PASSKEY_ACTIONS.has(kind)) throw new OSError(EINVAL);
    if (!this.$radio.device.links.has(number)) throw new OSError(ENOENT);
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
}
define(BLE, {
  builtin: true,
  statics: { __new__: "cls, *ignored, **more" },
  methods: {
    __init__: "*ignored, **more",
    active: "active=, /",
    config: "*params, **settings",
    irq: "handler, /",
    gap_advertise: "interval_us=, adv_data=, *, resp_data=, connectable=",
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

/** What `BLE()` gives. */
const theOne = perContext((): BLE => {
  const ble = new BLE(BARE);
  ble.__init__();
  return ble;
});
