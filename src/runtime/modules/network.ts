/** The `network` module: the board's radio and its other ways into a network. */

import { perContext } from "../core/context.js";
import { Dict } from "../core/dict.js";
import { ValueError } from "../core/exceptions.js";
import { index } from "../core/numbers.js";
import { portConstant } from "../core/port-names.js";
import { def } from "../core/signature.js";
import type { Value } from "../core/values.js";
import { currentBoard } from "../machine/bus-unit.js";
import { networkDriver } from "../machine/unsimulated-drivers.js";

export { LAN } from "../network/lan.js";
export { WLAN } from "../network/wlan.js";

/** The station and the access point, for `WLAN(...)`: the same numbers on all ports. */
export const STA_IF = 0;
export const AP_IF = 1;

export const PPP = networkDriver(
  "PPP",
  "config connect disconnect ifconfig ipconfig isconnected poll status",
  { SEC_NONE: 0, SEC_PAP: 1, SEC_CHAP: 2 },
);
export type PPP = Value;
export const WIZNET5K = networkDriver("WIZNET5K");
export type WIZNET5K = Value;
export const USBD_NCM = networkDriver("USBD_NCM");
export type USBD_NCM = Value;

const names = perContext(() => ({
  host: `mpy-${currentBoard().data.name}`,
  country: "XX",
  dns: "192.168.4.1" as Value,
  phy: ["B", "G", "N"].reduce(
    (all, each) => all | (portConstant("network", `MODE_11${each}`) ?? 0),
    0,
  ),
}));
const LONGEST_NAME = 32;

/** The name of the board in the network; with an argument: sets it. */
export const hostname = def(
  (name?: Value) => {
    if (name === undefined) return names().host;
    if (String(name).length > LONGEST_NAME) throw new ValueError();
    names().host = name;
    return null;
  },
  "name=, /",
  "hostname",
);

/** The country whose rules the radio follows; with an argument: sets it. */
export const country = def(
  (code?: Value) => {
    if (code === undefined) return names().country;
    if (String(code).length !== 2) throw new ValueError();
    names().country = code;
    return null;
  },
  "code=, /",
  "country",
);

/** Settings of all interfaces: `ipconfig("dns")` asks, `ipconfig(dns=...)` sets. */
export const ipconfig = def(
  (param?: Value, settings?: Value) => {
    const given = settings instanceof Dict ? [...settings.entries()] : [];
    for (const [name, value] of given) {
      if (name === "dns") names().dns = value;
      else if (name !== "prefer") throw new ValueError("unexpected key");
    }
    if (param === undefined) return null;
    if (param === "dns") return names().dns;
    if (param === "prefer") return 4;
    throw new ValueError("unexpected key");
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
    if (mode === undefined) return names().phy;
    names().phy = index(mode);
    return null;
  },
  "mode=, /",
  "phy_mode",
);
