/** The board's own attributes, which others read, write and subscribe to: the methods `gatts_...` of `BLE`. */

import { ValueError } from "../core/exception/exceptions.js";
import { asArray, asArrayOf, each } from "../core/iteration/iteration.js";
import { bufferOf, bytesOf } from "../core/memory/buffer.js";
import { index } from "../core/number/numbers.js";
import { len } from "../core/operator/items.js";
import { truth } from "../core/operator/unary.js";
import { Bytes } from "../core/text/bytes.js";
import { asTuple, tup, type Value } from "../core/values.js";
import type { BleLink } from "./ble-device.js";
import { BLE_IRQ } from "./ble-irq.js";
import type { BleRadio } from "./ble-radio.js";
import { UUID } from "./uuid.js";

const ETIMEDOUT = 110;
const PAIR = 2;

export class GattServer {
  constructor(private readonly radio: BleRadio) {}

  /** Tuples of handles: of the values of characteristics, each followed by those of its descriptors. */
  register(services_definition: Value): Value {
    const { radio } = this;
    const definitions = counted(services_definition);
    radio.check();
    const { attributes } = radio.device;
    attributes.clear();
    const services = definitions.map((service) => {
      const [uuid, characteristics] = pairOf(service);
      if (!(uuid instanceof UUID)) throw new ValueError("invalid service UUID");
      return [uuid, counted(characteristics).map(characteristicOf)] as const;
    });
    return asTuple(services.map(([uuid, list]) => asTuple(attributes.add(uuid, list))));
  }

  /** What nobody knows, or a radio that is off, has no bytes: the port does not look at the error. */
  read(value_handle: Value): Value {
    const { radio } = this;
    const attribute = radio.device.attributes.get(index(value_handle));
    if (attribute === undefined || !radio.active) return new Bytes(new Uint8Array(0));
    const value = new Bytes(attribute.value);
    if (attribute.append) attribute.value = new Uint8Array(0);
    return value;
  }

  write(value_handle: Value, data: Value, send_update: Value): number {
    const { radio } = this;
    const bytes = bytesOf(data).slice();
    const handle = index(value_handle);
    radio.check();
    const attribute = radio.attribute(handle);
    attribute.value = bytes;
    attribute.capacity = Math.max(attribute.capacity, attribute.value.length);
    radio.board.report("ble", "value", [attribute.handle, ...attribute.value]);
    if (!truth(send_update)) return bytes.length;
    const characteristic = radio.device.attributes.characteristic(attribute.handle);
    for (const [number, wanted] of characteristic?.subscribers ?? []) {
      const link = radio.device.links.get(number);
      if (link !== undefined) this.tell(link, attribute.handle, attribute.value, wanted === 2);
    }
    return bytes.length;
  }

  setBuffer(value_handle: Value, len: Value, append: Value): null {
    const { radio } = this;
    const [handle, capacity] = [index(value_handle), index(len)];
    radio.check();
    const attribute = radio.attribute(handle);
    attribute.capacity = capacity;
    attribute.append = truth(append);
    attribute.value = new Uint8Array(0);
    return null;
  }

  /** Notifies a client of a value, or of the data given instead; `indicates`: and waits for its answer. */
  send(conn_handle: Value, value_handle: Value, data: Value, indicates: boolean): null {
    index(conn_handle);
    index(value_handle);
    const given = data === null ? null : (bufferOf(data)?.bytes.slice() ?? bytesOf(data));
    const link = this.radio.link(conn_handle);
    const attribute = this.radio.attribute(value_handle);
    this.tell(link, attribute.handle, given ?? attribute.value, indicates);
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

/** The items of anything that can be counted and gone through. */
function counted(value: Value): Value[] {
  len(value);
  return [...each(value)];
}

function pairOf(value: Value): readonly [Value, Value] {
  const items = asArrayOf(value, PAIR);
  return [items[0], items[1]];
}

type Definition = readonly [Value, number, readonly (readonly [Value, number])[]];

function characteristicOf(definition: Value): Definition {
  const items = asArray(definition);
  if (items.length < 2 || items.length > 3) throw new ValueError("invalid characteristic tuple");
  const [uuid, flags, descriptors = []] = items;
  if (!(uuid instanceof UUID)) throw new ValueError("invalid characteristic UUID");
  const others = counted(descriptors).map((descriptor) => {
    const [own, bits] = pairOf(descriptor);
    if (!(own instanceof UUID)) throw new ValueError("invalid descriptor UUID");
    return [own as Value, index(bits)] as const;
  });
  return [uuid, index(flags), others];
}
