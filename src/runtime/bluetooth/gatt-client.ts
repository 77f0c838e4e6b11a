/** Looks for attributes of others, reads and writes them: the methods `gattc_...` of `BLE`. */

import { TypeError } from "../core/exception/exceptions.js";
import { bytesOf } from "../core/memory/buffer.js";
import { index } from "../core/number/numbers.js";
import { tup, type Value } from "../core/values.js";
import { FLAG_INDICATE, FLAG_NOTIFY } from "./attributes.js";
import { BLE_IRQ } from "./ble-irq.js";
import { type BleRadio, ENOTCONN, view } from "./ble-radio.js";
import { UUID, uuidKey } from "./uuid.js";

export class GattClient {
  constructor(private readonly radio: BleRadio) {}

  discoverServices(conn_handle: Value, uuid: Value): null {
    const { radio } = this;
    const number = index(conn_handle);
    requireUuid(uuid);
    const link = radio.link(number);
    radio.later(() => {
      for (const service of link.other(radio.device).attributes.services) {
        if (uuid !== null && uuidKey(uuid) !== service.key) continue;
        const { start, end } = service;
        radio.event(BLE_IRQ.GATTC_SERVICE_RESULT, tup(number, start, end, service.uuid));
      }
      radio.event(BLE_IRQ.GATTC_SERVICE_DONE, tup(number, 0));
    });
    return null;
  }

  discoverCharacteristics(
    conn_handle: Value,
    start_handle: Value,
    end_handle: Value,
    uuid: Value,
  ): null {
    const { radio } = this;
    const number = index(conn_handle);
    const [first, last] = [index(start_handle), index(end_handle)];
    requireUuid(uuid);
    const link = radio.link(number);
    radio.later(() => {
      const services = link.other(radio.device).attributes.services;
      for (const { value, end } of services.flatMap(({ characteristics }) => characteristics)) {
        if (value.handle < first || value.handle > last) continue;
        if (uuid !== null && uuidKey(uuid) !== value.key) continue;
        const found = tup(number, end, value.handle, value.flags, value.uuid);
        radio.event(BLE_IRQ.GATTC_CHARACTERISTIC_RESULT, found);
      }
      radio.event(BLE_IRQ.GATTC_CHARACTERISTIC_DONE, tup(number, 0));
    });
    return null;
  }

  discoverDescriptors(conn_handle: Value, start_handle: Value, end_handle: Value): null {
    const { radio } = this;
    const link = radio.link(conn_handle);
    const number = index(conn_handle);
    const [first, last] = [index(start_handle), index(end_handle)];
    radio.later(() => {
      const services = link.other(radio.device).attributes.services;
      for (const { value, descriptors } of services.flatMap((service) => service.characteristics)) {
        const own = descriptors.map(({ handle, uuid }): [number, Value] => [handle, uuid]);
        if (value.flags & (FLAG_NOTIFY | FLAG_INDICATE)) own.unshift([value.handle + 1, CCCD()]);
        for (const [handle, uuid] of own) {
          if (handle < first || handle > last) continue;
          radio.event(BLE_IRQ.GATTC_DESCRIPTOR_RESULT, tup(number, handle, uuid));
        }
      }
      radio.event(BLE_IRQ.GATTC_DESCRIPTOR_DONE, tup(number, 0));
    });
    return null;
  }

  read(conn_handle: Value, value_handle: Value): null {
    const { radio } = this;
    const [number, handle] = [index(conn_handle), index(value_handle)];
    const link = radio.lookup(conn_handle);
    radio.later(() => {
      const found = link.open ? link.read(radio.device, handle) : ENOTCONN;
      if (typeof found !== "number") {
        radio.event(BLE_IRQ.GATTC_READ_RESULT, tup(number, handle, view(found)));
      }
      const status = typeof found === "number" ? found : 0;
      radio.event(BLE_IRQ.GATTC_READ_DONE, tup(number, handle, status));
    });
    return null;
  }

  /** `mode` 1 waits for an answer. */
  write(conn_handle: Value, value_handle: Value, data: Value, mode: Value): null {
    const { radio } = this;
    const [number, handle] = [index(conn_handle), index(value_handle)];
    const bytes = bytesOf(data).slice();
    const answers = index(mode) === 1;
    const link = answers ? radio.lookup(number) : radio.link(number);
    radio.later(() => {
      const status = link.open ? link.write(radio.device, handle, bytes) : ENOTCONN;
      if (answers) radio.event(BLE_IRQ.GATTC_WRITE_DONE, tup(number, handle, status));
    });
    return null;
  }

  exchangeMtu(conn_handle: Value): null {
    const { radio } = this;
    const number = index(conn_handle);
    // BTstack does not say that nobody is there.
    if (!radio.isNimble && !radio.device.links.has(number)) return null;
    const link = radio.link(number);
    radio.later(() => {
      link.mtu = radio.mtu;
      radio.event(BLE_IRQ.MTU_EXCHANGED, tup(number, link.mtu));
    });
    return null;
  }
}

function requireUuid(uuid: Value): void {
  if (uuid !== null && !(uuid instanceof UUID)) throw new TypeError("UUID");
}

/** The descriptor that switches notifications on. */
function CCCD(): Value {
  return new UUID(0x2902);
}
