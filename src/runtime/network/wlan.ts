/**
 * `network.WLAN`: a simulated radio. A station that is active connects to whatever network it is told,
 * after a second; sockets go through the host either way.
 */

import { bytesOf } from "../core/buffer.js";
import { Bytes } from "../core/bytes.js";
import { define } from "../core/class.js";
import { current, perContext } from "../core/context.js";
import { Dict } from "../core/dict.js";
import { OSError, TypeError, ValueError } from "../core/exceptions.js";
import { index } from "../core/numbers.js";
import { PyObject } from "../core/object.js";
import { truth } from "../core/operators.js";
import { requirePort } from "../core/port-names.js";
import { PRINT } from "../core/slots.js";
import { decodeUtf8, encodeUtf8 } from "../core/utf8.js";
import { asTuple, BARE, tup, type Value } from "../core/values.js";
import type { Host } from "../host/host.js";
import { currentBoard } from "../machine/bus-unit.js";
import type { Board } from "../machine/hal.js";
import { notSimulated } from "../machine/not-simulated.js";
import { portMembers } from "../machine/port-members.js";
import { hardwareAddress } from "./air.js";
import { radioOf } from "./radio.js";
import { type WlanState, wlanStatus } from "./wlan-status.js";

const STATION = 0;
const ACCESS_POINT = 1;
const ADDRESS = "192.168.4.2";
const OWN_ADDRESS = "192.168.4.1";
const MASK = "255.255.255.0";
/** From connect() to a connection, in milliseconds. */
const CONNECTING = 1000;
const PARAMETERS = [
  "ssid",
  "essid",
  "key",
  "password",
  "channel",
  "hostname",
  "hidden",
  "security",
  "authmode",
  "pm",
  "txpower",
  "reconnects",
  "country",
  "dhcp_hostname",
  "protocol",
  "bandwidth",
  "max_clients",
  "beacon_interval",
];

const interfaces = perContext(() => new Map<number, WLAN>());

export class WLAN extends PyObject {
  declare static readonly IF_STA: number;
  declare static readonly IF_AP: number;
  declare static readonly PM_NONE: number;
  declare static readonly PM_PERFORMANCE: number;
  declare static readonly PM_POWERSAVE: number;
  declare static readonly SEC_OPEN: number;
  declare static readonly SEC_WEP: number;
  declare static readonly SEC_WPA: number;
  declare static readonly SEC_WPA2: number;
  declare static readonly SEC_WPA_WPA2: number;
  declare static readonly SEC_WPA2_ENT: number;
  declare static readonly SEC_WPA3: number;
  declare static readonly SEC_WPA2_WPA3: number;
  declare static readonly SEC_WAPI: number;
  declare static readonly SEC_OWE: number;
  declare static readonly SEC_WPA3_ENT_192: number;
  declare static readonly SEC_WPA3_EXT_PSK: number;
  declare static readonly SEC_WPA3_EXT_PSK_MIXED_MODE: number;
  declare static readonly SEC_DPP: number;
  declare static readonly SEC_WPA3_ENT: number;
  declare static readonly SEC_WPA2_WPA3_ENT: number;
  declare static readonly SEC_WPA_ENT: number;
  declare static readonly PROTOCOL_DEFAULT: number;
  declare static readonly PROTOCOL_LR: number;
  declare static readonly BANDWIDTH_20: number;
  declare static readonly BANDWIDTH_40: number;
  declare static readonly BANDWIDTH_80: number;
  declare static readonly BANDWIDTH_160: number;
  declare static readonly BANDWIDTH_80_80: number;

  declare private $kind: number;
  declare private $on: boolean;
  declare private $state: WlanState;
  declare private $addresses: Value[];
  declare private $settings: Map<string, Value>;
  declare private $attempt: number;
  /** The address that a network gives it. */
  declare private $lease: string;

  constructor(...args: Value[]) {
    super(BARE);
    requirePort("network", "WLAN");
    // biome-ignore lint/correctness/noConstructorReturn: there is one object for each interface.
    if (args[0] !== BARE) return interfaceOf(args[0]);
  }

  static override __new__(_cls: Value, interface_id: Value = STATION): Value {
    return interfaceOf(interface_id);
  }

  /** For the one object of an interface. */
  $begin(kind: number): this {
    this.$kind = kind;
    this.$on = false;
    this.$state = "idle";
    this.$attempt = 0;
    this.$lease = (current().host as Host).network?.address ?? ADDRESS;
    this.$addresses = ["0.0.0.0", "0.0.0.0", "0.0.0.0", "0.0.0.0"];
    this.$settings = new Map<string, Value>([
      ["ssid", kind === ACCESS_POINT ? `MPY-${currentBoard().data.name}` : ""],
      ["channel", 1],
      ["hostname", `mpy-${currentBoard().data.name}`],
    ]);
    return this;
  }

  active(is_active: Value = undefined): boolean {
    if (is_active === undefined) return this.$on;
    this.$on = truth(is_active);
    if (!this.$on) WLAN.prototype.disconnect.call(this);
    else if (this.$kind === ACCESS_POINT) {
      this.$addresses = [OWN_ADDRESS, MASK, OWN_ADDRESS, "0.0.0.0"];
      (current().host as Host).network?.claim?.(OWN_ADDRESS);
    }
    return this.$on;
  }

  connect(ssid: Value = null, key: Value = null, _bssid: Value = null): null {
    if (this.$kind !== STATION) throw new OSError("STA required");
    if (!this.$on) {
      if (espressif()) throw new OSError("Wifi Not Started");
      return null;
    }
    if (ssid !== null) this.$settings.set("ssid", text(ssid));
    if (key !== null) this.$settings.set("key", text(key));
    this.$state = "connecting";
    const attempt = ++this.$attempt;
    const board = currentBoard();
    board.at(board.now + CONNECTING, () => {
      if (this.$attempt === attempt && this.$state === "connecting") this.$arrive(board);
    });
    return null;
  }

  /** The network answers, or there is none, or it does not like the key. */
  private $arrive(board: Board): void {
    const ssid = String(this.$settings.get("ssid"));
    const result = radioOf(board).join(ssid, String(this.$settings.get("key") ?? ""));
    board.report("wlan", result, ssid);
    this.$state = result;
    if (result !== "connected") return;
    if (this.$addresses[0] === "0.0.0.0") {
      this.$addresses = [this.$lease, MASK, OWN_ADDRESS, OWN_ADDRESS];
    }
    // A network that goes away takes the connection with it.
    const end = radioOf(board).watch(() => {
      if (radioOf(board).find(ssid) !== undefined) return;
      end();
      WLAN.prototype.disconnect.call(this);
      board.report("wlan", "lost", ssid);
    });
    board.onReset(end);
  }

  disconnect(): null {
    this.$attempt += 1;
    this.$state = "idle";
    this.$addresses = ["0.0.0.0", "0.0.0.0", "0.0.0.0", "0.0.0.0"];
    return null;
  }

  deinit(): null {
    WLAN.prototype.active.call(this, false);
    return null;
  }

  isconnected(): boolean {
    return this.$kind === STATION ? this.$state === "connected" : false;
  }

  status(param: Value = undefined): Value {
    if (param === undefined) return wlanStatus(this.$state);
    if (param === "rssi") {
      return radioOf(currentBoard()).find(String(this.$settings.get("ssid")))?.rssi ?? 0;
    }
    if (param === "stations" && this.$kind === ACCESS_POINT) return [];
    throw new ValueError("unknown status param");
  }

  /** The networks around: (ssid, bssid, channel, RSSI, security, hidden). */
  scan(): Value {
    if (!this.$on) {
      if (espressif()) throw new OSError("Wifi Not Started");
      return [];
    }
    return radioOf(currentBoard()).visible.map(({ ssid, bssid, channel, rssi, key }) =>
      tup(new Bytes(encodeUtf8(ssid)), new Bytes(bssid), channel, rssi, key === "" ? 0 : 3, false),
    );
  }

  /** (address, mask, gateway, name server); with an argument: sets them. */
  ifconfig(config: Value = undefined): Value {
    if (config === undefined) return asTuple([...this.$addresses]);
    if (config === "dhcp") return null;
    const items = [...config];
    if (items.length !== 4) throw new ValueError();
    this.$addresses = items;
    return null;
  }

  ipconfig(param: Value = undefined, ...settings: Value[]): Value {
    const [address, mask, gateway] = this.$addresses;
    const known: Record<string, Value> = {
      addr4: tup(address, mask),
      gw4: gateway,
      dhcp4: true,
      has_dhcp4: WLAN.prototype.isconnected.call(this),
    };
    if (typeof param !== "string") {
      if (settings.length === 0) return null;
      throw new TypeError("");
    }
    if (!(param in known)) throw new ValueError("unknown config param");
    return known[param];
  }

  /** `config("mac")` asks, `config(ssid=..., key=...)` sets. */
  config(param: Value = undefined, settings: Value = undefined): Value {
    const given = settings instanceof Dict ? [...settings.entries()] : [];
    if (param !== undefined && given.length > 0) {
      throw new TypeError("either pos or kw args are allowed");
    }
    for (const [name, value] of given) {
      if (!PARAMETERS.includes(name)) throw new ValueError("unknown config param");
      this.$settings.set(name === "essid" ? "ssid" : name, value);
    }
    if (param === undefined) return null;
    if (param === "mac")
      return new Bytes(hardwareAddress(current().host as Host, currentBoard(), this.$kind));
    const name = param === "essid" ? "ssid" : param;
    const value = this.$settings.get(name);
    if (value === undefined && !PARAMETERS.includes(name)) {
      throw new ValueError("unknown config param");
    }
    return value ?? null;
  }

  // Channel state information is what the real air does to a signal.

  csi_enable(_buffer_size: Value = 16): Value {
    return notSimulated("WLAN.csi_enable");
  }

  csi_disable(): null {
    return null;
  }

  csi_read(_result: Value = null): null {
    return null;
  }

  csi_available(): number {
    return 0;
  }

  csi_dropped(): number {
    return 0;
  }

  /** A command for the driver of the radio's chip. */
  ioctl(_cmd: Value, _buf: Value): Value {
    return notSimulated("WLAN.ioctl");
  }

  /** A frame of Ethernet, as it is. */
  send_ethernet(_frame: Value): Value {
    return notSimulated("WLAN.send_ethernet");
  }

  [PRINT](): string {
    return `<WLAN ${this.$kind === STATION ? "STA" : "AP"} ${this.$state}>`;
  }
}
define(WLAN, {
  builtin: true,
  statics: { __new__: "cls, interface_id=" },
  methods: {
    __init__: "interface_id=",
    active: "is_active=, /",
    connect: "ssid=, key=, *, bssid=",
    disconnect: "",
    deinit: "",
    isconnected: "",
    status: "param=, /",
    scan: "",
    ifconfig: "config=, /",
    ipconfig: "param=",
    config: "param=, **settings",
    csi_enable: "buffer_size=",
    csi_disable: "",
    csi_read: "result=, /",
    csi_available: "",
    csi_dropped: "",
    ioctl: "cmd, buf, /",
    send_ethernet: "frame, /",
  },
});
portMembers(WLAN, "network.WLAN");

function interfaceOf(id: Value): WLAN {
  const kind = id === undefined ? STATION : index(id);
  if (kind !== STATION && kind !== ACCESS_POINT) throw new ValueError();
  let found = interfaces().get(kind);
  if (found === undefined) {
    found = new WLAN(BARE).$begin(kind);
    interfaces().set(kind, found);
  }
  return found as WLAN;
}

function espressif(): boolean {
  return currentBoard().data.port.startsWith("esp");
}

function text(value: Value): string {
  return typeof value === "string" ? value : decodeUtf8(bytesOf(value));
}
