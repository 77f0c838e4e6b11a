/**
 * A Bluetooth device as others on the air see it: the `BLE` of a board, or a device of a test. Links
 * join a central, which asks, and a peripheral, which has attributes.
 */

import type { Air } from "../network/air.js";
import type { Attributes } from "./attributes.js";

export interface Advertisement {
  data: Uint8Array;
  response: Uint8Array;
  connectable: boolean;
}

/** What the device is told. */
export interface BleListener {
  connected(link: BleLink): void;
  disconnected(link: BleLink): void;
  /** The other side has written to one of its attributes. */
  written(link: BleLink, handle: number): void;
  /** The other side asks for a value; a number other than 0 refuses. */
  asked(link: BleLink, handle: number): number;
  /** The other side tells of a change. */
  told(link: BleLink, handle: number, data: Uint8Array, indicates: boolean): void;
}

const MTU = 23;

export class BleDevice {
  advertisement: Advertisement | null = null;
  /** By the number of the connection. */
  readonly links = new Map<number, BleLink>();
  private nextLink = 0;

  constructor(
    readonly air: Air,
    readonly address: Uint8Array,
    readonly attributes: Attributes,
    readonly listener: BleListener,
  ) {}

  /** Connects to a peripheral. */
  connect(peripheral: BleDevice): BleLink {
    const link = new BleLink(this, peripheral);
    peripheral.advertisement = null;
    for (const device of [this, peripheral]) {
      const number = device.nextLink++;
      link.numbers.set(device, number);
      device.links.set(number, link);
    }
    this.listener.connected(link);
    peripheral.listener.connected(link);
    return link;
  }

  /** Leaves the air. */
  leave(): void {
    for (const link of [...this.links.values()]) link.close();
    this.advertisement = null;
    this.air.devices.delete(this);
  }
}

export class BleLink {
  readonly numbers = new Map<BleDevice, number>();
  mtu = MTU;
  open = true;

  constructor(
    readonly central: BleDevice,
    readonly peripheral: BleDevice,
  ) {}

  numberFor(device: BleDevice): number {
    return this.numbers.get(device) ?? -1;
  }

  other(device: BleDevice): BleDevice {
    return device === this.central ? this.peripheral : this.central;
  }

  close(): void {
    if (!this.open) return;
    this.open = false;
    for (const device of [this.central, this.peripheral]) {
      device.listener.disconnected(this);
      device.links.delete(this.numberFor(device));
      for (const { characteristics } of device.attributes.services) {
        for (const { subscribers } of characteristics) subscribers.delete(this.numberFor(device));
      }
    }
  }

  /** The value of an attribute of the other side; a number is the reason why not. */
  read(from: BleDevice, handle: number): Uint8Array | number {
    const server = this.other(from);
    const attribute = server.attributes.get(handle);
    if (attribute === undefined) return 0x01;
    if ((attribute.flags & 0x02) === 0) return 0x02;
    const refused = server.listener.asked(this, handle);
    return refused === 0 ? attribute.value : refused;
  }

  /** Writes an attribute of the other side; 0, or the reason why not. */
  write(from: BleDevice, handle: number, data: Uint8Array): number {
    const server = this.other(from);
    const subscribed = server.attributes.services
      .flatMap(({ characteristics }) => characteristics)
      .find(({ value }) => value.handle + 1 === handle && (value.flags & 0x30) !== 0);
    if (subscribed !== undefined) {
      subscribed.subscribers.set(this.numberFor(server), data[0] ?? 0);
      return 0;
    }
    const attribute = server.attributes.get(handle);
    if (attribute === undefined) return 0x01;
    if ((attribute.flags & 0x0c) === 0) return 0x03;
    const before = attribute.append ? attribute.value : new Uint8Array(0);
    if (before.length + data.length > attribute.capacity) return 0x0d;
    attribute.value = Uint8Array.from([...before, ...data]);
    server.listener.written(this, handle);
    return 0;
  }

  /** Tells the other side of a value. */
  tell(from: BleDevice, handle: number, data: Uint8Array, indicates: boolean): void {
    this.other(from).listener.told(this, handle, data.slice(0, this.mtu - 3), indicates);
  }
}
