/**
 * `WLAN.scan()`: the networks around as (ssid, bssid, channel, RSSI, security, hidden), and which interfaces
 * have to be active for a port's radio to look for them.
 */

import { OSError, TypeError } from "../core/exception/exceptions.js";
import { bytesOf } from "../core/memory/buffer.js";
import { Bytes } from "../core/text/bytes.js";
import { decodeUtf8, encodeUtf8 } from "../core/text/utf8.js";
import { tup, type Value } from "../core/values.js";
import { currentBoard } from "../machine/bus-unit.js";
import { EPERM } from "../machine/errno.js";
import { type RadioNetwork, radioOf } from "./radio.js";
import { type WlanInterface, wlanInterfaces } from "./wlan-interface.js";
import { STATION } from "./wlan-settings.js";

/** What the ports call the way that networks are closed. */
const CYW43_WPA2 = 5;
const WPA2 = 3;

/** The keyword arguments; undefined: not given. */
interface Named {
  readonly passive: Value;
  readonly ssid: Value;
  readonly essid: Value;
  readonly bssid: Value;
}

export function wlanScan(own: WlanInterface, others: readonly Value[], named: Named): Value {
  const { port } = currentBoard().data;
  const wanted = named.essid ?? named.ssid ?? null;
  if (port !== "rp2") {
    if (others.length > 0) {
      const count = 1 + others.length;
      throw new TypeError(`function takes 1 positional arguments but ${count} were given`);
    }
    if (Object.values(named).some((each) => each !== undefined)) {
      throw new TypeError("function doesn't take keyword arguments");
    }
    return scanEspressif(own);
  }
  if (others.length > 0) throw new TypeError("extra positional arguments given");
  const only = wanted === null ? null : decodeUtf8(bytesOf(wanted));
  if (!Object.values(wlanInterfaces()).some(({ active }) => active)) throw new OSError(EPERM);
  return radioOf(currentBoard())
    .visible.filter((network) => only === null || network.ssid === only)
    .map((network) => found(network, CYW43_WPA2, 1));
}

function scanEspressif(own: WlanInterface): Value {
  const { port } = currentBoard().data;
  if (port === "esp8266") own.require(STATION);
  const stations = wlanInterfaces().station;
  const started = wlanInterfaces().accessPoint.active;
  if (!stations.active) {
    if (port === "esp8266" || started) throw new OSError("STA must be active");
    return [];
  }
  const hidden = port === "esp8266" ? 0 : false;
  return radioOf(currentBoard()).visible.map((network) => found(network, WPA2, hidden));
}

function found(
  { ssid, bssid, channel, rssi, key }: RadioNetwork,
  closed: number,
  last: Value,
): Value {
  const security = key === "" ? 0 : closed;
  return tup(new Bytes(encodeUtf8(ssid)), new Bytes(bssid), channel, rssi, security, last);
}
