/**
 * The addresses of an interface, as `ifconfig` and `ipconfig` read and set them: extmod/network_lwip.c,
 * shared/netutils/netutils.c, ports/esp32/network_common.c and ports/esp8266/network_wlan.c.
 */

import { Dict } from "../core/container/dict.js";
import { OSError, TypeError, ValueError } from "../core/exception/exceptions.js";
import { asArrayOf } from "../core/iteration/iteration.js";
import { index } from "../core/number/numbers.js";
import { parseInteger } from "../core/number/parse-number.js";
import { truth } from "../core/operator/unary.js";
import { asTuple, isInt, tup, type Value } from "../core/values.js";
import { currentBoard } from "../machine/bus-unit.js";
import { textOf } from "./names.js";

const NONE = "0.0.0.0";
const PARTS = 4;
const BYTE = 256;
const BITS = 32;

export interface Lease {
  address: string;
  mask: string;
  gateway: string;
}

export class Addresses {
  private address = NONE;
  private mask = NONE;
  private gateway = NONE;
  private server = NONE;
  private dhcp = true;
  private leased = false;

  /** `client`: it can ask a server for its address. */
  constructor(private readonly client: boolean) {}

  /** The network gives them, unless they were set. */
  take(lease: Lease): void {
    if (this.address !== NONE) return;
    this.address = lease.address;
    this.mask = lease.mask;
    this.gateway = lease.gateway;
    this.server = this.client ? lease.gateway : NONE;
    this.leased = this.client;
  }

  clear(): void {
    this.address = NONE;
    this.mask = NONE;
    this.gateway = NONE;
    this.server = NONE;
    this.leased = false;
  }

  get shown(): string {
    return this.address;
  }

  ifconfig(config: Value): Value {
    if (config === undefined) {
      return asTuple([this.address, this.mask, this.gateway, this.server]);
    }
    if (config === "dhcp") this.ask();
    else this.set(config);
    return null;
  }

  /** Asks the network for an address again. */
  private ask(): void {
    const { port } = currentBoard().data;
    if (!this.client && port === "esp8266") throw new OSError("STA required");
    if (!this.client && port === "esp32") throw new ValueError("invalid arguments");
    this.dhcp = true;
  }

  private set(config: Value): void {
    const { port } = currentBoard().data;
    if (port === "esp32" && !Array.isArray(config)) {
      textOf(config);
      throw new ValueError("invalid arguments");
    }
    const [address, mask, gateway, server] = asArrayOf(config, PARTS);
    this.address = parsed(address);
    this.mask = isInt(mask) && port.startsWith("esp") ? maskOf(index(mask)) : parsed(mask);
    this.gateway = parsed(gateway);
    this.server = parsed(server);
    this.dhcp = false;
    this.leased = false;
  }

  ipconfig(params: readonly Value[], settings: Value): Value {
    const given = settings instanceof Dict ? [...settings.entries()] : [];
    if (given.length === 0) {
      if (params.length !== 1) throw new TypeError("must query one param");
      return this.asked(textOf(params[0]));
    }
    if (params.length > 0) throw new TypeError("can't specify pos and kw args");
    const [[first]] = given as [[Value, Value]];
    for (const [name, value] of given) {
      if (name === "addr4" && first !== "addr4" && this.misread(value)) continue;
      this.change(String(name), value);
    }
    return null;
  }

  /** What lwIP's own takes for the name of the setting is that of the first one: then it is no `addr4`. */
  private misread(value: Value): boolean {
    if (currentBoard().data.port !== "rp2") return false;
    if (typeof value !== "string") return true;
    parsed(value.split("/")[0]);
    throw new ValueError("invalid address type");
  }

  private asked(name: string): Value {
    const { port } = currentBoard().data;
    if (name === "addr4") return tup(this.address, this.mask);
    if (name === "gw4") return this.gateway;
    if (name === "dhcp4" && (this.client || port !== "esp32")) return this.dhcp;
    if (name === "has_dhcp4" && !port.startsWith("esp")) return this.leased;
    throw new ValueError("unexpected key");
  }

  private change(name: string, value: Value): void {
    const espressif = currentBoard().data.port.startsWith("esp");
    if (name === "dhcp4" && (this.client || !espressif)) this.dhcp = truth(value);
    else if (name === "gw4") this.gateway = parsed(value);
    else if (name === "addr4") {
      if (typeof value === "string") {
        const [address, bits] = value.split("/") as [string, string | undefined];
        this.address = parsed(address);
        if (bits !== undefined) this.mask = maskOf(Number(parseInteger(bits, 10)));
      } else if (value !== null) {
        const [address, mask] = asArrayOf(value, 2);
        this.address = parsed(address);
        this.mask = parsed(mask);
      } else if (!espressif) {
        this.address = NONE;
        this.mask = NONE;
      }
      this.dhcp = false;
    } else throw new ValueError("unexpected key");
  }
}

/** The address as it is written; nothing is no address, and what follows it does not count. */
export function parsed(address: Value): string {
  const text = textOf(address);
  if (text === "") return NONE;
  const parts = (/^[0-9.]*/.exec(text)?.[0] ?? "").split(".");
  if (parts.length !== PARTS) throw new ValueError("invalid arguments");
  return parts.map((part) => Number(part) % BYTE).join(".");
}

function maskOf(bits: number): string {
  const mask = bits === 0 ? 0 : (-1 << (BITS - bits)) >>> 0;
  return [24, 16, 8, 0].map((shift) => (mask >>> shift) & (BYTE - 1)).join(".");
}
