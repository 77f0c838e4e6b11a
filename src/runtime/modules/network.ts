/** The `network` module: the board's radio. */

import { perContext } from "../core/context.js";
import { def } from "../core/signature.js";
import type { Value } from "../core/values.js";
import { currentBoard } from "../machine/bus-unit.js";

export { WLAN } from "../network/wlan.js";

export const STA_IF = 0;
export const AP_IF = 1;
export const STAT_IDLE = 1000;
export const STAT_CONNECTING = 1001;
export const STAT_GOT_IP = 1010;
export const STAT_NO_AP_FOUND = 201;
export const STAT_WRONG_PASSWORD = 202;
export const STAT_CONNECT_FAIL = 203;
export const AUTH_OPEN = 0;
export const AUTH_WEP = 1;
export const AUTH_WPA_PSK = 2;
export const AUTH_WPA2_PSK = 3;
export const AUTH_WPA_WPA2_PSK = 4;

const names = perContext(() => ({ host: `mpy-${currentBoard().data.name}`, country: "XX" }));

/** The name of the board in the network; with an argument: sets it. */
export const hostname = def(
  (name?: Value) => {
    if (name === undefined) return names().host;
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
    names().country = code;
    return null;
  },
  "code=, /",
  "country",
);
