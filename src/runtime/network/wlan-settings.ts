/**
 * What `WLAN.config` knows on each port: extmod/network_cyw43.c, ports/esp32/network_wlan.c and
 * ports/esp8266/network_wlan.c. The generic board knows what an ESP32 does, and some more.
 */

import { OSError, ValueError } from "../core/exception/exceptions.js";
import { bytesOf } from "../core/memory/buffer.js";
import { portConstant } from "../core/module/port-names.js";
import { asNumber, index } from "../core/number/numbers.js";
import { truth } from "../core/operator/unary.js";
import { Bytes } from "../core/text/bytes.js";
import { toFloat, type Value } from "../core/values.js";
import { currentBoard } from "../machine/bus-unit.js";
import { networkNames, setHostName, setPhyMode, textOf } from "./names.js";
import { setSleepType, sleepType } from "./sleep-type.js";

export const STATION = 0;
export const ACCESS_POINT = 1;
const ADDRESS_BYTES = 6;
const CHANNELS = 14;

interface Setting {
  /** What a program may set it to; without it, it can only be asked for. */
  takes?: (value: Value) => Value;
  /** What it is at first; without it, it can only be set. */
  starts?: Value;
  /** The interface that has it: to set, and to ask for. */
  setOn?: number;
  askedOn?: number;
}

type Settings = Readonly<Record<string, Setting>>;

const number = (starts?: Value): Setting => ({ takes: index, starts });
const ofAccessPoint = { setOn: ACCESS_POINT, askedOn: ACCESS_POINT } as const;

/** Two names for one thing. */
const ALIASES: Readonly<Record<string, string>> = {
  essid: "ssid",
  password: "key",
  authmode: "security",
  dhcp_hostname: "hostname",
};
/** What a CYW43 knows of them. */
const CYW43_ALIASES: Readonly<Record<string, string>> = { essid: "ssid", password: "key" };

function settingNamed(given: string): string {
  const aliases = currentBoard().data.port === "rp2" ? CYW43_ALIASES : ALIASES;
  return aliases[given] ?? given;
}

const ESPRESSIF: Settings = {
  mac: { takes: hardware, starts: null },
  ssid: { takes: textOf, starts: "", setOn: ACCESS_POINT },
  hidden: { takes: truth, starts: false, ...ofAccessPoint },
  security: { ...number(0), ...ofAccessPoint },
  key: { takes: textOf, setOn: ACCESS_POINT },
  channel: number(1),
  hostname: { takes: textOf, starts: "", askedOn: STATION },
  protocol: number(7),
  txpower: { takes: (value) => toFloat(asNumber(value)), starts: toFloat(20) },
  pm: number(0),
};

const ESP32: Settings = {
  ...ESPRESSIF,
  bandwidth: number(1),
  ifname: { starts: "" },
  max_clients: { ...number(4), setOn: ACCESS_POINT },
  reconnects: { ...number(-1), setOn: STATION, askedOn: STATION },
};

/** Its first firmware gives the access point a key: modules/inisetup.py. */
const ESP8266: Settings = {
  ...ESPRESSIF,
  security: { ...number(4), ...ofAccessPoint },
  protocol: number(3),
  txpower: { takes: asNumber },
};

const CYW43: Settings = {
  mac: { starts: null },
  antenna: number(0),
  ssid: { takes: textOf, starts: "" },
  security: number(0x00400004),
  key: { takes: textOf },
  channel: number(1),
  hostname: { takes: textOf, starts: "" },
  monitor: number(),
  trace: number(),
  txpower: number(20),
  pm: number(0),
};

const BY_PORT: Readonly<Record<string, Settings>> = {
  rp2: CYW43,
  esp32: ESP32,
  esp8266: ESP8266,
  generic: {
    ...ESP32,
    antenna: number(0),
    monitor: number(),
    trace: number(),
    country: { takes: textOf, starts: "XX" },
    beacon_interval: number(100),
  },
};

export class WlanSettings {
  private readonly values = new Map<string, Value>();

  constructor(
    private readonly kind: number,
    private readonly address: readonly number[],
  ) {
    this.values.set("mac", new Bytes(address));
    this.values.set("ssid", kind === ACCESS_POINT ? this.firstName() : "");
    this.values.set("ifname", kind === ACCESS_POINT ? "ap2" : "st1");
  }

  get ssid(): string {
    return String(this.values.get("ssid"));
  }

  get key(): string {
    return String(this.values.get("key") ?? "");
  }

  /** What a station is told to connect to. */
  join(ssid: string | null, key: string | null): void {
    if (ssid !== null) this.values.set("ssid", ssid);
    if (key !== null) this.values.set("key", key);
  }

  set(given: Value, value: Value): void {
    const name = settingNamed(String(given));
    const setting = settings()[name];
    if (setting?.takes === undefined) throw new ValueError("unknown config param");
    const taken = setting.takes(value);
    this.require(setting.setOn);
    const { port } = currentBoard().data;
    if (port === "esp8266" && name === "channel" && !(taken >= 1 && taken <= CHANNELS)) {
      throw new OSError("can't set channel");
    }
    if (name === "hostname") setHostName(taken);
    else if (port === "esp8266" && name === "pm") setSleepType(taken);
    else if (port === "esp8266" && name === "protocol") setPhyMode(taken);
    else this.values.set(name, taken);
  }

  get(asked: Value): Value {
    const text = textOf(asked);
    const name = settingNamed(text);
    const setting = settings()[name];
    if (setting?.starts === undefined) throw new ValueError("unknown config param");
    this.require(setting.askedOn);
    if (name === "hostname") return networkNames().host;
    const { port } = currentBoard().data;
    if (port === "esp8266" && name === "pm") return sleepType();
    if (port === "esp8266" && name === "protocol") return networkNames().phy;
    if (this.values.has(name)) return this.values.get(name);
    if (name === "pm") return portConstant("network.WLAN", "PM_PERFORMANCE") ?? 0;
    return setting.starts;
  }

  private require(kind: number | undefined): void {
    if (kind === undefined || kind === this.kind) return;
    throw new OSError(kind === STATION ? "STA required" : "AP required");
  }

  /** What an access point is called before it is told a name. */
  private firstName(): string {
    const { port, name, uniqueId } = currentBoard().data;
    const digits = this.address.slice(-3).map((byte) => byte.toString(16).padStart(2, "0"));
    if (port === "esp32") return `ESP_${digits.join("").toUpperCase()}`;
    if (port === "esp8266") return `MicroPython-${digits.join("")}`;
    if (port !== "rp2") return `MPY-${name}`;
    const id = (at: number, shift: number): string =>
      (((uniqueId[at] as number) >> shift) & 15).toString(16).toUpperCase();
    return `PICO${id(7, 4)}${id(6, 0)}${id(5, 4)}${id(4, 0)}`;
  }
}

function settings(): Settings {
  return BY_PORT[currentBoard().data.port] ?? ESP32;
}

function hardware(value: Value): Value {
  const bytes = bytesOf(value);
  if (bytes.length !== ADDRESS_BYTES) throw new ValueError("invalid buffer length");
  return new Bytes(bytes);
}
