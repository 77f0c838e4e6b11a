/**
 * `network.WLAN`: a simulated radio. A station that is active connects to whatever network it is told,
 * after a second; sockets go through the host either way.
 */

import { define } from "../core/class/class.js";
import { PyObject } from "../core/class/object.js";
import { perContext } from "../core/context.js";
import { OSError } from "../core/exception/exceptions.js";
import { requirePort } from "../core/module/port-names.js";
import { index } from "../core/number/numbers.js";
import { truth } from "../core/operator/operators.js";
import { PRINT } from "../core/slots.js";
import { BARE, type Value } from "../core/values.js";
import { currentBoard } from "../machine/bus-unit.js";
import { notSimulated } from "../machine/not-simulated.js";
import { portMembers, portTypeName } from "../machine/port/port-members.js";
import { wlanConfig } from "./wlan-config.js";
import { type WlanInterface, wlanInterface, wlanInterfaces } from "./wlan-interface.js";
import { wlanJoin } from "./wlan-join.js";
import { wlanScan } from "./wlan-scan.js";
import { STATION } from "./wlan-settings.js";
import { type WlanState, wlanStatus } from "./wlan-status.js";

/** How a CYW43 shows a state. */
const CYW43_STATES: Readonly<Record<WlanState, string>> = {
  idle: "down",
  connecting: "join",
  connected: "up",
  "no network": "nonet",
  "wrong key": "badauth",
  failed: "fail",
};

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
    this.$interface = wlanInterface(interface_id);
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
    ssid: Value = undefined,
    key: Value = undefined,
    bssid: Value = null,
    auth: Value = undefined,
    security: Value = undefined,
    channel: Value = undefined,
  ): null {
    const numbers = [auth, security, channel];
    wlanJoin(this.$interface, given, { ssid, key, bssid, numbers });
    return null;
  }

  disconnect(): null {
    const { port } = currentBoard().data;
    if (port === "esp8266") {
      this.$interface.require(STATION);
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
    return wlanStatus(this.$interface, param);
  }

  /** The networks around: (ssid, bssid, channel, RSSI, security, hidden). */
  scan(
    others: Value[] = [],
    passive: Value = undefined,
    ssid: Value = undefined,
    essid: Value = undefined,
    bssid: Value = undefined,
  ): Value {
    return wlanScan(this.$interface, others, { passive, ssid, essid, bssid });
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
    return wlanConfig(this.$interface, params, settings);
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

/** What `WLAN(id)` gives. */
function objectOf(id: Value): WLAN {
  const own = wlanInterface(id);
  let known = objects().get(own);
  if (known === undefined) {
    known = new WLAN(BARE);
    known.__init__(own.kind);
    objects().set(own, known);
  }
  return known;
}
