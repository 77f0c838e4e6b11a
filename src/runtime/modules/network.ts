/** The `network` module: the board's radio and its other ways into a network. */

import { def } from "../core/call/signature.js";
import { Dict } from "../core/container/dict.js";
import { perContext } from "../core/context.js";
import { TypeError, ValueError } from "../core/exception/exceptions.js";
import { index } from "../core/number/numbers.js";
import type { Value } from "../core/values.js";
import { currentBoard } from "../machine/bus-unit.js";
import { networkDriver, onStream } from "../machine/unsimulated-drivers.js";

import { isAddress, networkNames, setHostName, setPhyMode, textOf } from "../network/names.js";

export { LAN } from "../network/lan.js";
export { WLAN } from "../network/wlan.js";

/** The station and the access point, for `WLAN(...)`: the same numbers on all ports. */
export const STA_IF = 0;
export const AP_IF = 1;

export const PPP = networkDriver(
  "PPP",
  "config connect disconnect ifconfig ipconfig isconnected poll status",
  { SEC_NONE: 0, SEC_PAP: 1, SEC_CHAP: 2 },
  onStream,
);
export type PPP = Value;
export const WIZNET5K = networkDriver("WIZNET5K");
export type WIZNET5K = Value;
export const USBD_NCM = networkDriver("USBD_NCM");
export type USBD_NCM = Value;

/** The name of the board in the network; with an argument: sets it. */
export const hostname = def(
  (name?: Value) => {
    if (name === undefined) return networkNames().host;
    setHostName(name);
    return null;
  },
  "name=, /",
  "hostname",
);

/** The country whose rules the radio follows; with an argument: sets it. */
export const country = def(
  (code?: Value) => {
    if (code === undefined) return networkNames().country;
    const text = textOf(code);
    if (text.length !== 2) throw new ValueError();
    networkNames().country = text;
    return null;
  },
  "code=, /",
  "country",
);

/** The ports of Espressif have one kind of address. */
function hasPreference(): boolean {
  return !currentBoard().data.port.startsWith("esp");
}

/** Settings of all interfaces: `ipconfig("dns")` asks, `ipconfig(dns=...)` sets. */
export const ipconfig = def(
  (param?: Value, settings?: Value) => {
    const given = settings instanceof Dict ? [...settings.entries()] : [];
    const names = networkNames();
    if (given.length === 0) {
      if (param === undefined) throw new TypeError("must query one param");
      const name = textOf(param);
      if (name === "dns") return names.dns;
      if (name === "prefer" && hasPreference()) return names.prefer;
      throw new ValueError("unexpected key");
    }
    if (param !== undefined) throw new TypeError("can't specify pos and kw args");
    for (const [name, value] of given) {
      if (name === "dns") {
        const address = textOf(value);
        if (!isAddress(address)) throw new ValueError("invalid arguments as dns server");
        names.dns = address;
      } else if (name === "prefer" && hasPreference()) {
        const version = index(value);
        if (version !== 4 && version !== 6) throw new ValueError("invalid prefer argument");
        names.prefer = version;
      } else throw new ValueError("unexpected key");
    }
    return null;
  },
  "param=, **settings",
  "ipconfig",
);

const registered = perContext((): Value[] => []);

/** The list that drivers of network chips enter their interfaces in; a radio does not. */
export function route(): Value {
  return registered();
}

/** The generation of the radio; with an argument: sets it. */
export const phy_mode = def(
  (mode?: Value) => {
    // An ESP32 takes it and says nothing: ports/esp32/network_common.c.
    if (currentBoard().data.port === "esp32") return null;
    if (mode === undefined) return networkNames().phy;
    setPhyMode(index(mode));
    return null;
  },
  "mode=, /",
  "phy_mode",
);
