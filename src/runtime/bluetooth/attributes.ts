/** The attributes of a Bluetooth device: services, characteristics and descriptors by their handles. */

import type { Value } from "../core/values.js";
import { uuidKey } from "./uuid.js";

export const FLAG_READ = 0x02;
export const FLAG_WRITE_NO_RESPONSE = 0x04;
export const FLAG_WRITE = 0x08;
export const FLAG_NOTIFY = 0x10;
export const FLAG_INDICATE = 0x20;

/** The handles before are those of the services that every device has. */
const FIRST_HANDLE = 16;
/** What a value can hold until it is given a larger buffer. */
const CAPACITY = 20;

export interface Attribute {
  handle: number;
  /** The UUID as the program gave it, and as digits. */
  uuid: Value;
  key: string;
  flags: number;
  value: Uint8Array;
  capacity: number;
  append: boolean;
}

export interface Characteristic {
  value: Attribute;
  descriptors: Attribute[];
  /** Who wants to be told of changes: by the number of the connection, bit 1 notify, bit 2 indicate. */
  subscribers: Map<number, number>;
  end: number;
}

export interface Service {
  uuid: Value;
  key: string;
  start: number;
  end: number;
  characteristics: Characteristic[];
}

export class Attributes {
  services: Service[] = [];
  private next = FIRST_HANDLE;
  private readonly byHandle = new Map<number, Attribute>();

  /** Services as `gatts_register_services` takes them, already checked; gives the handles. */
  add(
    uuid: Value,
    characteristics: readonly (readonly [Value, number, readonly (readonly [Value, number])[]])[],
  ): number[] {
    const start = this.next++;
    const handles: number[] = [];
    const made = characteristics.map(([own, flags, descriptors]): Characteristic => {
      this.next += 1;
      const value = this.attribute(own, flags);
      handles.push(value.handle);
      // Behind a value that tells of changes stands the descriptor that switches that on.
      if (flags & (FLAG_NOTIFY | FLAG_INDICATE)) this.next += 1;
      const others = descriptors.map(([each, bits]) => this.attribute(each, bits));
      handles.push(...others.map(({ handle }) => handle));
      return { value, descriptors: others, subscribers: new Map(), end: this.next - 1 };
    });
    this.services.push({
      uuid,
      key: uuidKey(uuid),
      start,
      end: this.next - 1,
      characteristics: made,
    });
    return handles;
  }

  clear(): void {
    this.services = [];
    this.byHandle.clear();
    this.next = FIRST_HANDLE;
  }

  get(handle: number): Attribute | undefined {
    return this.byHandle.get(handle);
  }

  characteristic(handle: number): Characteristic | undefined {
    return this.services
      .flatMap(({ characteristics }) => characteristics)
      .find(({ value }) => value.handle === handle);
  }

  private attribute(uuid: Value, flags: number): Attribute {
    const handle = this.next++;
    const value = new Uint8Array(0);
    const made = {
      handle,
      uuid,
      key: uuidKey(uuid),
      flags,
      value,
      capacity: CAPACITY,
      append: false,
    };
    this.byHandle.set(handle, made);
    return made;
  }
}
