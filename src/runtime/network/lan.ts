/** `network.LAN`: a wired interface, which is plugged in as soon as it is active. */

import { define } from "../core/class/class.js";
import { SoleObject } from "../core/class/sole-object.js";
import { Dict } from "../core/container/dict.js";
import { current } from "../core/context.js";
import { TypeError, ValueError } from "../core/exception/exceptions.js";
import { bytesOf } from "../core/memory/buffer.js";
import { portConstant, portConstants, requirePort } from "../core/module/port-names.js";
import { index } from "../core/number/numbers.js";
import { truth } from "../core/operator/unary.js";
import { Bytes } from "../core/text/bytes.js";
import type { Value } from "../core/values.js";
import type { Host } from "../host/host.js";
import { currentBoard } from "../machine/bus-unit.js";
import { lineOf } from "../machine/pin/pin.js";
import { Addresses } from "./addresses.js";
import { textOf } from "./names.js";

const ADDRESS_BYTES = 6;
const ADDRESS = "192.168.4.2";
const GATEWAY = "192.168.4.1";
const MASK = "255.255.255.0";
const LINK_DOWN = 0;
const GOT_IP = 3;
const LAST_PHY = 0x1f;

export class LAN extends SoleObject {
  declare private $on: boolean;
  declare private $addresses: Addresses;
  declare private $mac: Bytes;

  override __init__(
    id: Value = null,
    mdc: Value = null,
    mdio: Value = null,
    reset: Value = null,
    power: Value = null,
    phy_addr: Value = undefined,
    phy_type: Value = undefined,
    _spi: Value = null,
    cs: Value = null,
    int: Value = null,
    ref_clk_mode: Value = -1,
    ref_clk: Value = null,
  ): Value {
    requirePort("network", "LAN");
    // Once it is set up, nothing is looked at any more.
    if (this.$mac !== undefined) return null;
    if (currentBoard().data.port === "esp32") {
      checkLine(id, phy_addr, phy_type);
      for (const pin of [mdc, mdio, reset, power, cs, int, ref_clk]) {
        if (pin !== null) lineOf(pin);
      }
      index(ref_clk_mode);
      if (mdc === null || mdio === null) throw new ValueError("mdc and mdio must be specified");
    }
    this.$on = false;
    this.$addresses = new Addresses(true);
    this.$mac = new Bytes([0x02, 0x4d, 0x50, 0x59, 1, 0]);
    return null;
  }

  active(state: Value = undefined): boolean {
    if (state === undefined) return this.$on;
    this.$on = truth(state);
    const address = (current().host as Host).network?.address ?? ADDRESS;
    if (this.$on) this.$addresses.take({ address, mask: MASK, gateway: GATEWAY });
    else this.$addresses.clear();
    return this.$on;
  }

  isconnected(): boolean {
    return this.$on;
  }

  status(): number {
    if (this.$on) return portConstant("network", "ETH_GOT_IP") ?? GOT_IP;
    return portConstant("network", "ETH_INITIALIZED") ?? LINK_DOWN;
  }

  ifconfig(config: Value = undefined): Value {
    return this.$addresses.ifconfig(config);
  }

  ipconfig(params: Value[] = [], settings: Value = undefined): Value {
    return this.$addresses.ipconfig(params, settings);
  }

  config(params: Value[] = [], settings: Value = undefined): Value {
    const given = settings instanceof Dict ? [...settings.entries()] : [];
    if (given.length === 0) {
      if (params.length !== 1) throw new TypeError("can query only one param");
      const name = textOf(params[0]);
      if (name === "mac") return this.$mac;
      if (name === "ifname") return "en1";
      throw new ValueError("unknown config param");
    }
    if (params.length > 0) throw new TypeError("either pos or kw args are allowed");
    for (const [name, value] of given) {
      if (name !== "mac") continue;
      const bytes = bytesOf(value);
      if (bytes.length !== ADDRESS_BYTES) throw new ValueError("invalid buffer length");
      this.$mac = new Bytes(bytes);
    }
    return null;
  }
}
define(LAN, {
  builtin: true,
  methods: {
    __init__:
      "id=, *, mdc=, mdio=, reset=, power=, phy_addr=, phy_type=, spi=, cs=, int=, ref_clk_mode=, ref_clk=",
    active: "state=, /",
    isconnected: "",
    status: "",
    ifconfig: "config=, /",
    ipconfig: "*params, **settings",
    config: "*params, **settings",
  },
});

/** The checks of ports/esp32/network_lan.c. */
function checkLine(id: Value, address: Value, kind: Value): void {
  if (address === undefined) throw new TypeError("'phy_addr' argument required");
  if (kind === undefined) throw new TypeError("'phy_type' argument required");
  const at = index(address);
  const chip = index(kind);
  if (id !== null && index(id) !== 0) throw new ValueError("invalid LAN interface identifier");
  if (at < 0 || at > LAST_PHY) throw new ValueError("invalid phy address");
  const known = Object.entries(portConstants("network")).some(
    ([name, number]) => name.startsWith("PHY_") && number === chip,
  );
  if (!known) throw new ValueError("invalid phy type");
}
