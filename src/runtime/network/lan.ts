/** `network.LAN`: a wired interface, which is plugged in as soon as it is active. */

import { Bytes } from "../core/bytes.js";
import { define } from "../core/class.js";
import { current } from "../core/context.js";
import { Dict } from "../core/dict.js";
import { ValueError } from "../core/exceptions.js";
import { PyObject } from "../core/object.js";
import { requirePort } from "../core/port-names.js";
import { truth } from "../core/unary.js";
import { asTuple, tup, type Value } from "../core/values.js";
import type { Host } from "../host/host.js";

const NOTHING = ["0.0.0.0", "0.0.0.0", "0.0.0.0", "0.0.0.0"];
const ADDRESS = "192.168.4.2";
const GATEWAY = "192.168.4.1";
const MASK = "255.255.255.0";
const LINK_DOWN = 0;
const GOT_IP = 3;

export class LAN extends PyObject {
  declare private $on: boolean;
  declare private $addresses: Value[];

  override __init__(_id: Value = 0, ..._settings: Value[]): Value {
    requirePort("network", "LAN");
    this.$on = false;
    this.$addresses = [...NOTHING];
    return null;
  }

  active(state: Value = undefined): boolean {
    if (state === undefined) return this.$on;
    this.$on = truth(state);
    const address = (current().host as Host).network?.address ?? ADDRESS;
    this.$addresses = this.$on ? [address, MASK, GATEWAY, GATEWAY] : [...NOTHING];
    return this.$on;
  }

  isconnected(): boolean {
    return this.$on;
  }

  status(_param: Value = undefined): number {
    return this.$on ? GOT_IP : LINK_DOWN;
  }

  ifconfig(config: Value = undefined): Value {
    if (config === undefined) return asTuple([...this.$addresses]);
    if (config === "dhcp") return null;
    const items: Value[] = [...config];
    if (items.length !== 4) throw new ValueError();
    this.$addresses = items;
    return null;
  }

  ipconfig(param: Value = undefined, _settings: Value = undefined): Value {
    const [address, mask, gateway] = this.$addresses;
    if (param === undefined) return null;
    if (param === "addr4") return tup(address, mask);
    if (param === "gw4") return gateway;
    if (param === "dhcp4" || param === "has_dhcp4") return this.$on;
    throw new ValueError("unknown config param");
  }

  config(param: Value = undefined, settings: Value = undefined): Value {
    const given = settings instanceof Dict ? [...settings.keys()] : [];
    const known = ["mac", "trace", "low_power"];
    for (const name of [...given, ...(param === undefined ? [] : [param])]) {
      if (!known.includes(String(name))) throw new ValueError("unknown config param");
    }
    return param === "mac" ? new Bytes([0x02, 0x4d, 0x50, 0x59, 1, 0]) : null;
  }
}
define(LAN, {
  builtin: true,
  methods: {
    __init__:
      "id=, *, mdc=, mdio=, power=, ref_clk=, phy_addr=, phy_type=, ref_clk_mode=, spi=, cs=, int=",
    active: "state=, /",
    isconnected: "",
    status: "param=, /",
    ifconfig: "config=, /",
    ipconfig: "param=, **settings",
    config: "param=, **settings",
  },
});
