/** What all interfaces of a board have in common: its name, its country, its name server. */

import { typeName } from "../core/class/type.js";
import { perContext } from "../core/context.js";
import { TypeError, ValueError } from "../core/exception/exceptions.js";
import { bytesOf } from "../core/memory/buffer.js";
import { portConstant } from "../core/module/port-names.js";
import { Bytes } from "../core/text/bytes.js";
import { decodeUtf8 } from "../core/text/utf8.js";
import type { Value } from "../core/values.js";
import { currentBoard } from "../machine/bus-unit.js";

const LONGEST_NAME = 32;
/** MODE_11N. */
const LAST_PHY_MODE = 3;

export const networkNames = perContext(() => ({
  host: currentBoard().data.hostName ?? `mpy-${currentBoard().data.name}`,
  country: "XX",
  dns: "192.168.4.1",
  prefer: 4,
  phy: ["B", "G", "N"].reduce(
    (all, each) => all | (portConstant("network", `MODE_11${each}`) ?? 0),
    0,
  ),
}));

/** The kinds of radio that it may use; a number that is none of an ESP8266's changes nothing. */
export function setPhyMode(mode: number): void {
  if (currentBoard().data.port === "esp8266" && !(mode >= 1 && mode <= LAST_PHY_MODE)) return;
  networkNames().phy = mode;
}

export function setHostName(name: Value): void {
  const text = textOf(name);
  if (text.length > LONGEST_NAME) throw new ValueError();
  networkNames().host = text;
}

/** What C takes from a `str` or `bytes`. */
export function textOf(value: Value): string {
  if (typeof value === "string") return value;
  if (value instanceof Bytes) return decodeUtf8(bytesOf(value));
  throw new TypeError(`can't convert '${typeName(value)}' object to str implicitly`);
}

/** What `ipaddr_aton` understands, as far as it is written in full. */
export function isAddress(text: string): boolean {
  return /^\d{1,3}(\.\d{1,3}){3}$/.test(text) || /^[0-9a-f]*(:[0-9a-f]*){2,7}$/i.test(text);
}
