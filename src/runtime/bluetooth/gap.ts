/**
 * Advertising, scanning and connecting: what the methods `gap_...` of `BLE` do. Boards of one host and the
 * devices of a test meet on the air.
 */

import { osError } from "../core/exception/errno-name.js";
import { TypeError, ValueError } from "../core/exception/exceptions.js";
import { bytesOf } from "../core/memory/buffer.js";
import { index } from "../core/number/numbers.js";
import { truth } from "../core/operator/unary.js";
import { tup, type Value } from "../core/values.js";
import type { BleDevice } from "./ble-device.js";
import { BLE_IRQ } from "./ble-irq.js";
import { type BleRadio, PUBLIC, view } from "./ble-radio.js";

/** Milliseconds: between packets of an advertisement, to a connection. */
const ADVERTISING = 100;
const CONNECTING = 50;
const CONNECT_PATIENCE = 2000;
const SIGNAL = -60;
/** Bytes of an advertisement. */
const MOST = 31;
/** An error of the controller: "invalid parameters of a command". */
const INVALID_PARAMETERS = 0x12;
const NO_CONNECTION = 0xffff;
const EALREADY = 114;

export class Gap {
  /** Counts scans: a new one, or none, ends the one before. */
  private scans = 0;
  /** Whether a scan is going on. */
  private scanning = false;
  /** Counts attempts to connect, likewise; null: none is going on. */
  private attempts = 0;
  private connecting = false;
  /** The data of the last advertisement, for one that is given none. */
  private advertised = { data: new Uint8Array(0), response: new Uint8Array(0) };

  constructor(private readonly radio: BleRadio) {}

  advertise(interval_us: Value, adv_data: Value, resp_data: Value, connectable: Value): null {
    const { radio } = this;
    const { device } = radio;
    if (interval_us === null) {
      device.advertisement = null;
      return null;
    }
    index(interval_us);
    const data = adv_data === null ? this.advertised.data : bytesOf(adv_data).slice();
    const response = resp_data === null ? this.advertised.response : bytesOf(resp_data).slice();
    radio.check();
    if (data.length > MOST || response.length > MOST) radio.refuse(INVALID_PARAMETERS);
    this.advertised = { data, response };
    device.advertisement = { data, response, connectable: truth(connectable) };
    radio.board.report("ble", "advertising", [...data]);
    return null;
  }

  scan(duration_ms: Value, active: Value): null {
    const { radio } = this;
    if (duration_ms === null) {
      radio.check();
      this.endScan();
      return null;
    }
    const duration = duration_ms === undefined ? 0 : index(duration_ms);
    const responses = truth(active);
    radio.check();
    const scan = ++this.scans;
    this.scanning = true;
    const look = (): void => {
      if (scan !== this.scans) return;
      for (const device of radio.air.devices) {
        if (device !== radio.device) this.hear(device, responses);
      }
      radio.board.at(radio.board.now + ADVERTISING, look);
    };
    radio.board.at(radio.board.now + ADVERTISING / 2, look);
    if (duration > 0) {
      radio.board.at(radio.board.now + duration, () => {
        if (scan === this.scans) this.endScan();
      });
    }
    return null;
  }

  /** NimBLE says nothing of a scan that has ended before, BTstack does. */
  private endScan(): void {
    if (!this.scanning && this.radio.isNimble) return;
    this.scans += 1;
    this.scanning = false;
    this.radio.event(BLE_IRQ.SCAN_DONE, tup());
  }

  connect(addr_type: Value, addr: Value, scan_duration_ms: Value): null {
    const { radio } = this;
    if (addr === undefined) return this.cancel(addr_type);
    index(addr_type);
    const wanted = bytesOf(addr).slice();
    if (wanted.length !== 6) throw new ValueError("invalid addr");
    const patience = scan_duration_ms === null ? CONNECT_PATIENCE : index(scan_duration_ms);
    radio.check();
    if (this.scanning && radio.isNimble) this.endScan();
    // BTstack looks for the other until it is told to stop.
    const deadline = radio.isNimble ? radio.board.now + patience : Number.POSITIVE_INFINITY;
    const number = ++this.attempts;
    this.connecting = true;
    const attempt = (): void => {
      if (number !== this.attempts) return;
      const found = [...radio.air.devices].find(
        ({ address, advertisement }) =>
          advertisement?.connectable === true && wanted.every((byte, i) => byte === address[i]),
      );
      if (found === undefined && radio.board.now < deadline) {
        radio.board.at(radio.board.now + CONNECTING, attempt);
        return;
      }
      this.connecting = false;
      if (found === undefined) this.failed();
      else radio.device.connect(found);
    };
    radio.board.at(radio.board.now + CONNECTING, attempt);
    return null;
  }

  /** `gap_connect(None)`: an attempt ends. */
  private cancel(given: Value): null {
    if (given !== null) throw new TypeError("invalid addr");
    const { radio } = this;
    radio.check();
    if (!this.connecting) {
      if (radio.isNimble) throw osError(EALREADY);
      return null;
    }
    this.attempts += 1;
    this.connecting = false;
    this.failed();
    return null;
  }

  /** There is neither a connection nor the address of one. */
  private failed(): void {
    const { radio } = this;
    const data = tup(NO_CONNECTION, NO_CONNECTION & 0xff, view(new Uint8Array(6)));
    radio.event(BLE_IRQ.PERIPHERAL_DISCONNECT, data);
  }

  disconnect(conn_handle: Value): boolean {
    const { radio } = this;
    const number = index(conn_handle);
    radio.check();
    const link = radio.device.links.get(number);
    if (link === undefined) {
      // NimBLE's "not connected" is not the number that the port looks for; BTstack does not look.
      if (radio.isNimble) throw radio.notConnected();
      return true;
    }
    radio.later(() => link.close());
    return true;
  }

  private hear({ address, advertisement }: BleDevice, responses: boolean): void {
    if (advertisement === null) return;
    const { data, response, connectable } = advertisement;
    const result = (kind: number, bytes: Uint8Array): void =>
      this.radio.event(BLE_IRQ.SCAN_RESULT, tup(PUBLIC, view(address), kind, SIGNAL, view(bytes)));
    result(connectable ? 0 : 3, data);
    if (responses) result(4, response);
  }
}
