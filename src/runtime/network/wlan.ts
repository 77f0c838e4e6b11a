/**
 * `network.WLAN`: a simulated radio. A station that is active connects to whatever network it is told,
 * after a second; sockets go through the host either way.
 */

import { bytesOf } from "../core/buffer.js";
import { Bytes } from "../core/bytes.js";
import { define } from "../core/class.js";
import { perContext } from "../core/context.js";
import { Dict } from "../core/dict.js";
import { OSError, TypeError, ValueError } from "../core/exceptions.js";
import { index } from "../core/numbers.js";
import { PyObject } from "../core/object.js";
import { truth } from "../core/operators.js";
import { requirePort } from "../core/port-names.js";
import { PRINT } from "../core/slots.js";
import { decodeUtf8, encodeUtf8 } from "../core/utf8.js";
import { BARE, tup, type Value } from "../core/values.js";
import { currentBoard } from "../machine/bus-unit.js";
import { EPERM } from "../machine/errno.js";
import { notSimulated } from "../machine/not-simulated.js";
import { portMembers, portTypeName } from "../machine/port-members.js";
import { textOf } from "./names.js";
import { type RadioNetwork, radioOf } from "./radio.js";
import { type WlanInterface, wlanInterfaces } from "./wlan-interface.js";
import { ACCESS_POINT, STATION } from "./wlan-settings.js";
import { type WlanState, wlanStatus } from "./wlan-status.js";

const ADDRESS_BYTES = 6;
/** How a CYW43 shows a state, and what it calls the way that networks are closed. */
const CYW43_STATES: Readonly<Record<WlanState, string>> = {
  idle: "down",
  connecting: "join",
  connected: "up",
  "no network": "nonet",
  "wrong key": "badauth",
  failed: "fail",
};
const CYW43_WPA2 = 5;
const WPA2 = 3;

const objects = perContext(() => new Map<WlanInterface, WLAN>());

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

  declare $interface: WlanInterface;

  constructor(...args: Value[]) {
    const plain = new.target === WLAN && args[0] !== BARE;
    super(...(plain ? [BARE] : args));
    requirePort("network", "WLAN");
    // biome-ignore lint/correctness/noConstructorReturn: there is one object for each interface.
    if (plain) return objectOf(args[0]);
  }

  static override __new__(cls: Value, interface_id: Value = STATION): Value {
    return cls === WLAN ? objectOf(interface_id) : new cls(BARE);
  }

  /** Objects of a program's own class share the interface. */
  override __init__(interface_id: Value = STATION): Value {
    requirePort("network", "WLAN");
    this.$interface = interfaceOf(interface_id);
    return null;
  }

  active(is_active: Value = undefined): Value {
    if (is_active === undefined) return this.$interface.active;
    const { port } = currentBoard().data;
    this.$interface.active = port === "esp8266" ? index(is_active) !== 0 : truth(is_active);
    return port === "rp2" || port === "esp8266" ? null : this.$interface.active;
  }

  connect(
    given: Value[] = [],
    named: Value = undefined,
    secretly: Value = undefined,
    bssid: Value = null,
    auth: Value = undefined,
    security: Value = undefined,
    channel: Value = undefined,
  ): null {
    if (given.length > 2) throw new TypeError("extra positional arguments given");
    const { port } = currentBoard().data;
    // The first two have no names on the ports of Espressif.
    if (port.startsWith("esp") && (named !== undefined || secretly !== undefined)) {
      throw new TypeError("extra keyword arguments given");
    }
    const [ssid = named, key = secretly ?? null] = given;
    if (port === "rp2") return this.$joinCyw43(ssid, key, bssid, [auth, security, channel]);
    if ([auth, security, channel].some((each) => each !== undefined)) {
      throw new TypeError("extra keyword arguments given");
    }
    if (port === "esp8266") this.$require(STATION);
    const name = ssid === undefined || ssid === null ? null : textOf(ssid);
    const secret = key === null ? null : textOf(key);
    if (bssid !== null && textOf(bssid).length !== ADDRESS_BYTES) throw new ValueError();
    const station = port === "esp32" ? wlanInterfaces().station : this.$interface;
    if (station.kind !== STATION) throw new OSError("STA required");
    if (!station.active) {
      if (port === "esp8266") {
        throw new OSError(name === null ? "Cannot connect to AP" : "Cannot set STA config");
      }
      throw new OSError(
        wlanInterfaces().accessPoint.active ? "Wifi Invalid Mode" : "Wifi Not Started",
      );
    }
    station.connect(name, secret);
    return null;
  }

  /** Either interface of a CYW43 lets the station join. */
  private $joinCyw43(ssid: Value, key: Value, bssid: Value, numbers: Value[]): null {
    if (ssid === undefined) throw new TypeError("'ssid' argument required");
    for (const each of numbers) if (each !== undefined) index(each);
    const name = decodeUtf8(bytesOf(ssid));
    const secret = key === null ? null : decodeUtf8(bytesOf(key));
    if (bssid !== null && bytesOf(bssid).length !== ADDRESS_BYTES) throw new ValueError();
    const station = wlanInterfaces().station;
    if (!station.active) throw new OSError(EPERM);
    station.connect(name, secret);
    return null;
  }

  private $require(kind: number): void {
    if (this.$interface.kind === kind) return;
    throw new OSError(kind === STATION ? "STA required" : "AP required");
  }

  disconnect(): null {
    const { port } = currentBoard().data;
    if (port === "esp8266") {
      this.$require(STATION);
      if (!this.$interface.active) throw new OSError("Cannot disconnect from AP");
    }
    if (port === "esp32") wlanInterfaces().station.leave();
    else this.$interface.leave();
    return null;
  }

  deinit(): null {
    this.$interface.active = false;
    return null;
  }

  isconnected(): boolean {
    return this.$interface.kind === STATION ? this.$interface.state === "connected" : false;
  }

  status(param: Value = undefined): Value {
    const { port } = currentBoard().data;
    const station = this.$interface.kind === STATION;
    if (param === undefined) {
      if (station) return wlanStatus(this.$interface.state);
      if (port === "esp32") return null;
      return port === "esp8266" ? -1 : wlanStatus(this.$interface.active ? "connected" : "idle");
    }
    // The ESP32's compares objects, and so knows no other type.
    if (port !== "esp32") textOf(param);
    if (param === "rssi") {
      if (station) return this.$strength();
      if (port === "rp2") throw new ValueError("STA required");
      if (port !== "esp8266") throw new OSError("STA required");
    }
    if (param === "stations") {
      if (!station) return [];
      if (port === "rp2") throw new ValueError("AP required");
      if (port !== "esp8266") throw new OSError("AP required");
    }
    throw new ValueError("unknown status param");
  }

  private $strength(): number {
    if (this.$interface.state !== "connected") {
      if (currentBoard().data.port === "esp32") throw new OSError("Wifi Not Connected");
    }
    return radioOf(currentBoard()).find(this.$interface.settings.ssid)?.rssi ?? 0;
  }

  /** The networks around: (ssid, bssid, channel, RSSI, security, hidden). */
  scan(
    others: Value[] = [],
    passive: Value = undefined,
    ssid: Value = undefined,
    essid: Value = undefined,
    bssid: Value = undefined,
  ): Value {
    const { port } = currentBoard().data;
    const wanted = essid ?? ssid ?? null;
    if (port !== "rp2") {
      if (others.length > 0) {
        const count = 1 + others.length;
        throw new TypeError(`function takes 1 positional arguments but ${count} were given`);
      }
      if ([passive, ssid, essid, bssid].some((each) => each !== undefined)) {
        throw new TypeError("function doesn't take keyword arguments");
      }
      return this.$scanEspressif();
    }
    if (others.length > 0) throw new TypeError("extra positional arguments given");
    const only = wanted === null ? null : decodeUtf8(bytesOf(wanted));
    if (!Object.values(wlanInterfaces()).some(({ active }) => active)) throw new OSError(EPERM);
    return radioOf(currentBoard())
      .visible.filter((network) => only === null || network.ssid === only)
      .map((network) => found(network, CYW43_WPA2, 1));
  }

  private $scanEspressif(): Value {
    const { port } = currentBoard().data;
    if (port === "esp8266") this.$require(STATION);
    const stations = wlanInterfaces().station;
    const started = wlanInterfaces().accessPoint.active;
    if (!stations.active) {
      if (port === "esp8266" || started) throw new OSError("STA must be active");
      return [];
    }
    const hidden = port === "esp8266" ? 0 : false;
    return radioOf(currentBoard()).visible.map((network) => found(network, WPA2, hidden));
  }

  /** (address, mask, gateway, name server); with an argument: sets them. */
  ifconfig(config: Value = undefined): Value {
    return this.$interface.addresses.ifconfig(config);
  }

  ipconfig(params: Value[] = [], settings: Value = undefined): Value {
    return this.$interface.addresses.ipconfig(params, settings);
  }

  /** `config("mac")` asks, `config(ssid=..., key=...)` sets. */
  config(params: Value[] = [], settings: Value = undefined): Value {
    const given = settings instanceof Dict ? [...settings.entries()] : [];
    const { port } = currentBoard().data;
    const cyw43 = port === "rp2";
    if (given.length === 0) {
      const query = cyw43 ? "must query one param" : "can query only one param";
      if (params.length !== 1) throw new TypeError(query);
      return this.$interface.settings.get(params[0]);
    }
    if (params.length > 0) {
      const both = cyw43 ? "can't specify pos and kw args" : "either pos or kw args are allowed";
      throw new TypeError(both);
    }
    for (const [name, value] of given) this.$interface.settings.set(name, value);
    // An ESP8266 is told all of it at last, which it takes of interfaces that are there.
    if (port === "esp8266" && !this.$interface.active) {
      throw new OSError(`can't set ${this.$interface.kind === STATION ? "STA" : "AP"} config`);
    }
    return null;
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
    if (currentBoard().data.port !== "rp2") return "<WLAN>";
    const kind = this.$interface.kind === STATION ? "STA" : "AP";
    const up = kind === "AP" && this.$interface.active ? "connected" : this.$interface.state;
    return `<CYW43 ${kind} ${CYW43_STATES[up]} ${this.$interface.addresses.shown}>`;
  }
}
define(WLAN, {
  builtin: true,
  statics: { __new__: "cls, interface_id=, /" },
  methods: {
    __init__: "interface_id=, /",
    active: "is_active=, /",
    connect: "*given, ssid=, key=, bssid=, auth=, security=, channel=",
    disconnect: "",
    deinit: "",
    isconnected: "",
    status: "param=, /",
    scan: "*others, passive=, ssid=, essid=, bssid=",
    ifconfig: "config=, /",
    ipconfig: "*params, **settings",
    config: "*params, **settings",
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
portTypeName(WLAN, { rp2: "CYW43" });

function interfaceOf(id: Value): WlanInterface {
  const { station, accessPoint } = wlanInterfaces();
  const kind = interfaceKind(id === undefined ? STATION : index(id));
  return kind === STATION ? station : accessPoint;
}

/** What `WLAN(id)` gives. */
function objectOf(id: Value): WLAN {
  const own = interfaceOf(id);
  let known = objects().get(own);
  if (known === undefined) {
    known = new WLAN(BARE);
    known.__init__(own.kind);
    objects().set(own, known);
  }
  return known;
}

/** On an RP2 every other number is the access point. */
function interfaceKind(id: number): number {
  if (id === STATION || id === ACCESS_POINT) return id;
  const { port } = currentBoard().data;
  if (port === "rp2") return ACCESS_POINT;
  throw port === "esp32" ? new ValueError("invalid WLAN interface identifier") : new ValueError();
}

function found(
  { ssid, bssid, channel, rssi, key }: RadioNetwork,
  closed: number,
  last: Value,
): Value {
  const security = key === "" ? 0 : closed;
  return tup(new Bytes(encodeUtf8(ssid)), new Bytes(bssid), channel, rssi, security, last);
}
