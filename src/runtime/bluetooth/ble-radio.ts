/**
 * The Bluetooth radio of a board: what all `BLE` objects of a program share. `gap`, `server` and `client`
 * do what the methods of `BLE` ask for; this knows what is on the air and tells the program's handler.
 */

import { call } from "../core/call/call.js";
import { type Context, current, enter, perContext } from "../core/context.js";
import { portErrno } from "../core/exception/errno-name.js";
import { OSError } from "../core/exception/exceptions.js";
import { MemoryView } from "../core/memory/memoryview.js";
import { index } from "../core/number/numbers.js";
import { encodeUtf8 } from "../core/text/utf8.js";
import { tup, type Value } from "../core/values.js";
import type { Host } from "../host/host.js";
import { type Interrupts, interrupts } from "../host/interrupts.js";
import { currentBoard } from "../machine/bus-unit.js";
import { EINVAL, ENODEV } from "../machine/errno.js";
import type { Board } from "../machine/hal.js";
import { type Air, airOf, hardwareAddress } from "../network/air.js";
import { type Attribute, Attributes } from "./attributes.js";
import { BleDevice, type BleLink } from "./ble-device.js";
import { BLE_IRQ } from "./ble-irq.js";
import { Gap } from "./gap.js";
import { GattClient } from "./gatt-client.js";
import { GattServer } from "./gatt-server.js";

export const ENOTCONN = 107;
/** The type of an address: the one that the chip was given. */
export const PUBLIC = 0;

const BLE_KIND = 2;
/** Milliseconds for a question and its answer. */
const ROUND_TRIP = 30;
const MTU = 256;

/** The one of the board that the program runs on. */
export const bleRadio = perContext(() => new BleRadio());

export class BleRadio {
  readonly board: Board = currentBoard();
  readonly air: Air;
  readonly device: BleDevice;
  readonly gap: Gap = new Gap(this);
  readonly server: GattServer = new GattServer(this);
  readonly client: GattClient = new GattClient(this);
  /** Called with each event and its data; None: nobody is told. */
  handler: Value = null;
  /** The name that it tells others. */
  name: Uint8Array;
  /** The bytes of a packet that it prefers. */
  mtu = MTU;
  /** `config(addr_mode=)` */
  addressMode = PUBLIC;
  private readonly context: Context = current();
  private readonly queue: Interrupts = interrupts();
  private on = false;

  constructor() {
    this.name = encodeUtf8(this.isNimble ? "MPY ESP32" : "MPY BTSTACK");
    const host = current().host as Host;
    this.air = airOf(host);
    const address = Uint8Array.from(hardwareAddress(host, this.board, BLE_KIND));
    const { CENTRAL_CONNECT, CENTRAL_DISCONNECT, GATTC_INDICATE, GATTC_NOTIFY } = BLE_IRQ;
    this.device = new BleDevice(this.air, address, new Attributes(), {
      connected: (link) => this.linkEvent(link, CENTRAL_CONNECT, BLE_IRQ.PERIPHERAL_CONNECT),
      disconnected: (link) =>
        this.linkEvent(link, CENTRAL_DISCONNECT, BLE_IRQ.PERIPHERAL_DISCONNECT),
      written: (link, handle) => {
        this.event(BLE_IRQ.GATTS_WRITE, tup(link.numberFor(this.device), handle));
      },
      asked: (link, handle) => this.ask(link, handle),
      told: (link, handle, data, indicates) => {
        const kind = indicates ? GATTC_INDICATE : GATTC_NOTIFY;
        this.event(kind, tup(link.numberFor(this.device), handle, view(data)));
      },
    });
    this.board.onReset(() => this.device.leave());
  }

  get active(): boolean {
    return this.on;
  }

  set active(on: boolean) {
    this.on = on;
    if (on) this.air.devices.add(this.device);
    else this.device.leave();
  }

  /** Raises OSError where the radio is off. */
  check(): void {
    if (!this.on) throw new OSError(ENODEV);
  }

  /** Whether the port's stack is NimBLE (extmod/nimble); the other is BTstack (extmod/btstack). */
  get isNimble(): boolean {
    return this.board.data.port !== "rp2";
  }

  /**
   * What the stack says when nobody is connected under a number. NimBLE's table of errno has a byte for
   * each, so that a port whose ENOTCONN is 128 raises -128.
   */
  notConnected(): OSError {
    const code = portErrno(ENOTCONN);
    return new OSError(this.isNimble ? (code << 24) >> 24 : EINVAL);
  }

  /** The same where MicroPython itself looks for the connection. */
  lookup(conn_handle: Value): BleLink {
    const number = index(conn_handle);
    this.check();
    const link = this.device.links.get(number);
    if (link !== undefined) return link;
    throw this.isNimble ? this.notConnected() : new OSError(ENOTCONN);
  }

  /** Raises OSError for an error of NimBLE that has no number of its own: it is passed on, below zero. */
  refuse(error: number): void {
    if (this.isNimble) throw new OSError(-error);
  }

  link(conn_handle: Value): BleLink {
    const number = index(conn_handle);
    this.check();
    const link = this.device.links.get(number);
    if (link === undefined) throw this.notConnected();
    return link;
  }

  /** One of the board's own. */
  attribute(value_handle: Value): Attribute {
    const attribute = this.device.attributes.get(index(value_handle));
    if (attribute === undefined) throw new OSError(EINVAL);
    return attribute;
  }

  /** When a question has come there and the answer back. */
  later(action: () => void): void {
    this.board.at(this.board.now + ROUND_TRIP, action);
  }

  event(kind: number, data: Value): void {
    if (this.handler === null) return;
    this.queue.post(() => {
      const { handler } = this;
      if (handler !== null) call(handler, kind, data);
    });
  }

  private linkEvent(link: BleLink, asPeripheral: number, asCentral: number): void {
    const other = link.other(this.device);
    const kind = link.peripheral === this.device ? asPeripheral : asCentral;
    this.event(kind, tup(link.numberFor(this.device), PUBLIC, view(other.address)));
  }

  /** Whether the other end may read: an error of the protocol, or 0. */
  private ask(link: BleLink, handle: number): number {
    const { handler } = this;
    if (handler === null) return 0;
    const previous = enter(this.context);
    try {
      const data = tup(link.numberFor(this.device), handle);
      const answer = call(handler, BLE_IRQ.GATTS_READ_REQUEST, data);
      return answer === null ? 0 : index(answer);
    } finally {
      enter(previous);
    }
  }
}

/** Bytes as handlers get them: not to be written, and not to be changed by what comes next. */
export function view(bytes: Uint8Array): Value {
  return new MemoryView(bytes.slice(), "B", false);
}
