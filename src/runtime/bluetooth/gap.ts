/**
 * Advertising, scanning and connecting: what the methods `gap_...` of `BLE` do. Boards of one host and the
 * devices of a test meet on the air.
 */

import { bytesOf } from "../core/buffer.js";
import { OSError, ValueError } from "../core/exceptions.js";
import { index } from "../core/numbers.js";
import { truth } from "../core/unary.js";
import { tup, type Value } from "../core/values.js";
import { EINVAL } from "../machine/errno.js";
import type { BleDevice } from "./ble-device.js";
import { BLE_IRQ } from "./ble-irq.js";
import { type BleRadio, PUBLIC, view } from "./ble-radio.js";

/** Milliseconds: between packets of an advertisement, to a connection. */
const ADVERTISING = 100;
const CONNECTING = 50;
const SIGNAL = -60;

export class Gap {
  /** Counts scans: a new one, or none, ends the one before. */
  private scans = 0;
  /** The data of the last advertisement, for one that is given none. */
  private advertised = new Uint8Array(0);

  constructor(private readonly radio: BleRadio) {}

  advertise(interval_us: Value, adv_data: Value, resp_data: Value, connectable: Value): null {
    const { radio } = this;
    radio.check();
    const { device } = radio;
    if (interval_us === null) {
      device.advertisement = null;
      return null;
    }
    index(interval_us);
    const data = adv_data === null ? this.advertised : bytesOf(adv_data).slice();
    const response = resp_data === null ? new Uint8Array(0) : bytesOf(resp_data).slice();
    if (data.length > 31 || response.length > 31) throw new OSError(EINVAL);
    this.advertised = data;
    device.advertisement = { data, response, connectable: truth(connectable) };
    radio.board.report("ble", "advertising", [...data]);
    return null;
  }

  scan(duration_ms: Value, active: Value): null {
    const { radio } = this;
    radio.check();
    const scan = ++this.scans;
    if (duration_ms === null) {
      radio.event(BLE_IRQ.SCAN_DONE, tup());
      return null;
    }
    const duration = duration_ms === undefined ? 0 : index(duration_ms);
    const responses = truth(active);
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
        if (scan !== this.scans) return;
        this.scans += 1;
        radio.event(BLE_IRQ.SCAN_DONE, tup());
      });
    }
    return null;
  }

  connect(addr_type: Value, addr: Value, scan_duration_ms: Value): null {
    const { radio } = this;
    radio.check();
    if (addr_type === null) return null;
    const wanted = bytesOf(addr).slice();
    if (wanted.length !== 6) throw new ValueError("invalid addr");
    const deadline = radio.board.now + index(scan_duration_ms);
    const attempt = (): void => {
      const found = [...radio.air.devices].find(
        ({ address, advertisement }) =>
          advertisement?.connectable === true && wanted.every((byte, i) => byte === address[i]),
      );
      if (found !== undefined) radio.device.connect(found);
      else if (radio.board.now < deadline) radio.board.at(radio.board.now + CONNECTING, attempt);
      else radio.event(BLE_IRQ.PERIPHERAL_DISCONNECT, tup(0xffff, addr_type, view(wanted)));
    };
    radio.board.at(radio.board.now + CONNECTING, attempt);
    return null;
  }

  disconnect(conn_handle: Value): boolean {
    const { radio } = this;
    radio.check();
    const link = radio.device.links.get(index(conn_handle));
    if (link === undefined) return false;
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
