/** The board's own attributes, which others read, write and subscribe to: the methods `gatts_...` of `BLE`. */

import { bufferOf, bytesOf } from "../core/buffer.js";
import { Bytes } from "../core/bytes.js";
import { ValueError } from "../core/exceptions.js";
import { asArray } from "../core/iteration.js";
import { index } from "../core/numbers.js";
import { truth } from "../core/unary.js";
import { asTuple, tup, type Value } from "../core/values.js";
import type { BleLink } from "./ble-device.js";
import { BLE_IRQ } from "./ble-irq.js";
import type { BleRadio } from "./ble-radio.js";
import { UUID } from "./uuid.js";

const ETIMEDOUT = 110;

export class GattServer {
  constructor(private readonly radio: BleRadio) {}

  /** Tuples of handles: of the values of characteristics, each followed by those of its descriptors. */
  register(services_definition: Value): Value {
    const { radio } = this;
    radio.check();
    const services = asArray(services_definition).map((service) => {
      const [uuid, characteristics] = asArray(service);
      if (!(uuid instanceof UUID)) throw new ValueError("invalid service UUID");
      return [uuid, asArray(characteristics).map(characteristicOf)] as const;
    });
    const { attributes } = radio.device;
    attributes.clear();
    return asTuple(services.map(([uuid, list]) => asTuple(attributes.add(uuid, list))));
  }

  read(value_handle: Value): Value {
    const { radio } = this;
    radio.check();
    const attribute = radio.attribute(value_handle);
    const value = new Bytes(attribute.value);
    if (attribute.append) attribute.value = new Uint8Array(0);
    return value;
  }

  write(value_handle: Value, data: Value, send_update: Value): null {
    const { radio } = this;
    radio.check();
    const attribute = radio.attribute(value_handle);
    attribute.value = bytesOf(data).slice();
    attribute.capacity = Math.max(attribute.capacity, attribute.value.length);
    radio.board.report("ble", "value", [attribute.handle, ...attribute.value]);
    if (!truth(send_update)) return null;
    const characteristic = radio.device.attributes.characteristic(attribute.handle);
    for (const [number, wanted] of characteristic?.subscribers ?? []) {
      const link = radio.device.links.get(number);
      if (link !== undefined) this.tell(link, attribute.handle, attribute.value, wanted === 2);
    }
    return null;
  }

  setBuffer(value_handle: Value, len: Value, append: Value): null {
    const { radio } = this;
    radio.check();
    const attribute = radio.attribute(value_handle);
    attribute.capacity = index(len);
    attribute.append = truth(append);
    return null;
  }

  /** Notifies a client of a value, or of the data given instead; `indicates`: and waits for its answer. */
  send(conn_handle: Value, value_handle: Value, data: Value, indicates: boolean): null {
    const link = this.radio.link(conn_handle);
    const attribute = this.radio.attribute(value_handle);
    const bytes =
      data === null ? attribute.value : (bufferOf(data)?.bytes.slice() ?? bytesOf(data));
    this.tell(link, attribute.handle, bytes, indicates);
    return null;
  }

  private tell(link: BleLink, handle: number, data: Uint8Array, indicates: boolean): void {
    const { radio } = this;
    radio.board.report("ble", indicates ? "indicated" : "notified", [handle, ...data]);
    radio.later(() => {
      if (link.open) link.tell(radio.device, handle, data, indicates);
      const status = link.open ? 0 : ETIMEDOUT;
      const number = link.numberFor(radio.device);
      if (indicates) radio.event(BLE_IRQ.GATTS_INDICATE_DONE, tup(number, handle, status));
    });
  }
}

type Definition = readonly [Value, number, readonly (readonly [Value, number])[]];

function characteristicOf(definition: Value): Definition {
  const [uuid, flags, descriptors = []] = asArray(definition);
  if (uuid === undefined || flags === undefined)
    throw new ValueError("invalid characteristic tuple");
  if (!(uuid instanceof UUID)) throw new ValueError("invalid characteristic UUID");
  const others = asArray(descriptors).map((descriptor) => {
    const [own, bits] = asArray(descriptor);
    if (!(own instanceof UUID)) throw new ValueError("invalid descriptor UUID");
    return [own as Value, index(bits)] as const;
  });
  return [uuid, index(flags), others];
}
