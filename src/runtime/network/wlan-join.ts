/**
 * `WLAN.connect()`: what the drivers of a port ask of its arguments and of the interfaces before the station
 * looks for the network.
 */

import { OSError, TypeError, ValueError } from "../core/exception/exceptions.js";
import { bytesOf } from "../core/memory/buffer.js";
import { index } from "../core/number/numbers.js";
import { decodeUtf8 } from "../core/text/utf8.js";
import type { Value } from "../core/values.js";
import { currentBoard } from "../machine/bus-unit.js";
import { EPERM } from "../machine/errno.js";
import { textOf } from "./names.js";
import { type WlanInterface, wlanInterfaces } from "./wlan-interface.js";
import { STATION } from "./wlan-settings.js";

const ADDRESS_BYTES = 6;

/** The keyword arguments; undefined: not given. */
interface Named {
  readonly ssid: Value;
  readonly key: Value;
  readonly bssid: Value;
  /** Numbers that a CYW43 takes. */
  readonly numbers: readonly Value[];
}

export function wlanJoin(
  own: WlanInterface,
  given: readonly Value[],
  { ssid: named, key: secretly, bssid, numbers }: Named,
): void {
  if (given.length > 2) throw new TypeError("extra positional arguments given");
  const { port } = currentBoard().data;
  // The network and its key have no names on the ports of Espressif.
  if (port.startsWith("esp") && (named !== undefined || secretly !== undefined)) {
    throw new TypeError("extra keyword arguments given");
  }
  const [ssid = named, key = secretly ?? null] = given;
  if (port === "rp2") {
    joinCyw43(ssid, key, bssid, numbers);
    return;
  }
  if (numbers.some((each) => each !== undefined)) {
    throw new TypeError("extra keyword arguments given");
  }
  if (port === "esp8266") own.require(STATION);
  const name = ssid === undefined || ssid === null ? null : textOf(ssid);
  const secret = key === null ? null : textOf(key);
  if (bssid !== null && textOf(bssid).length !== ADDRESS_BYTES) throw new ValueError();
  const station = port === "esp32" ? wlanInterfaces().station : own;
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
}

/** Either interface of a CYW43 lets the station join. */
function joinCyw43(ssid: Value, key: Value, bssid: Value, numbers: readonly Value[]): void {
  if (ssid === undefined) throw new TypeError("'ssid' argument required");
  for (const each of numbers) if (each !== undefined) index(each);
  const name = decodeUtf8(bytesOf(ssid));
  const secret = key === null ? null : decodeUtf8(bytesOf(key));
  if (bssid !== null && bytesOf(bssid).length !== ADDRESS_BYTES) throw new ValueError();
  const station = wlanInterfaces().station;
  if (!station.active) throw new OSError(EPERM);
  station.connect(name, secret);
}
