/**
 * An interface of the simulated radio, station or access point: what all `WLAN` objects for it share. A
 * station that is active connects to whatever network it is told, after a second.
 */

import { current, perContext } from "../core/context.js";
import { OSError, ValueError } from "../core/exception/exceptions.js";
import { index } from "../core/number/numbers.js";
import type { Value } from "../core/values.js";
import type { Host } from "../host/host.js";
import { currentBoard } from "../machine/bus-unit.js";
import type { Board } from "../machine/hal.js";
import { Addresses } from "./addresses.js";
import { hardwareAddress } from "./air.js";
import { radioOf } from "./radio.js";
import { ACCESS_POINT, STATION, WlanSettings } from "./wlan-settings.js";
import type { WlanState } from "./wlan-status.js";

const ADDRESS = "192.168.4.2";
const OWN_ADDRESS = "192.168.4.1";
const MASK = "255.255.255.0";
/** From connect() to a connection, in milliseconds. */
const CONNECTING = 1000;

/** Those of the board that the program runs on. */
export const wlanInterfaces = perContext(() => {
  const station = new WlanInterface(STATION);
  const accessPoint = new WlanInterface(ACCESS_POINT);
  // The first firmware of an ESP8266 is an access point at once.
  if (currentBoard().data.port === "esp8266") accessPoint.active = true;
  return { station, accessPoint };
});

/** The one that the argument of `WLAN(id)` means. */
export function wlanInterface(id: Value): WlanInterface {
  const { station, accessPoint } = wlanInterfaces();
  const kind = id === undefined ? STATION : index(id);
  if (kind === STATION) return station;
  const { port } = currentBoard().data;
  // On an RP2 every other number is the access point.
  if (kind === ACCESS_POINT || port === "rp2") return accessPoint;
  throw port === "esp32" ? new ValueError("invalid WLAN interface identifier") : new ValueError();
}

export class WlanInterface {
  state: WlanState = "idle";
  readonly addresses: Addresses;
  readonly settings: WlanSettings;
  private on = false;
  private attempt = 0;
  /** The address that a network gives it. */
  private readonly lease = (current().host as Host).network?.address ?? ADDRESS;

  constructor(readonly kind: number) {
    this.addresses = new Addresses(kind === STATION);
    // A CYW43 has one address for both.
    const own = currentBoard().data.port === "rp2" ? STATION : kind;
    const address = hardwareAddress(current().host as Host, currentBoard(), own);
    this.settings = new WlanSettings(kind, address);
  }

  get active(): boolean {
    return this.on;
  }

  set active(on: boolean) {
    this.on = on;
    if (!on) this.leave();
    else if (this.kind === ACCESS_POINT) {
      this.addresses.take({ address: OWN_ADDRESS, mask: MASK, gateway: OWN_ADDRESS });
      (current().host as Host).network?.claim?.(OWN_ADDRESS);
    }
  }

  /** For what only a station can do, or only an access point. */
  require(kind: number): void {
    if (this.kind === kind) return;
    throw new OSError(kind === STATION ? "STA required" : "AP required");
  }

  connect(ssid: string | null, key: string | null): void {
    this.settings.join(ssid, key);
    this.state = "connecting";
    const attempt = ++this.attempt;
    const board = currentBoard();
    board.at(board.now + CONNECTING, () => {
      if (this.attempt === attempt && this.state === "connecting") this.arrive(board);
    });
  }

  /** The network answers, or there is none, or it does not like the key. */
  private arrive(board: Board): void {
    const { ssid, key } = this.settings;
    const result = radioOf(board).join(ssid, key);
    board.report("wlan", result, ssid);
    this.state = result;
    if (result !== "connected") return;
    this.addresses.take({ address: this.lease, mask: MASK, gateway: OWN_ADDRESS });
    // A network that goes away takes the connection with it.
    const end = radioOf(board).watch(() => {
      if (radioOf(board).find(ssid) !== undefined) return;
      end();
      this.leave();
      board.report("wlan", "lost", ssid);
    });
    board.onReset(end);
  }

  leave(): void {
    this.attempt += 1;
    this.state = "idle";
    this.addresses.clear();
  }
}
