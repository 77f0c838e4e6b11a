/**
 * A Bluetooth peripheral as a test makes one for firmware that is a central: it advertises services, has
 * values that the firmware reads, writes and subscribes to, and tells of changes. Made by
 * `board.peripheral(...)`.
 */

import {
  Attributes,
  type Characteristic,
  FLAG_INDICATE,
  FLAG_NOTIFY,
  FLAG_READ,
  FLAG_WRITE,
  FLAG_WRITE_NO_RESPONSE,
} from "../runtime/bluetooth/attributes.js";
import { BleDevice, type BleLink } from "../runtime/bluetooth/ble-device.js";
import { UUID } from "../runtime/bluetooth/uuid.js";
import type { Air } from "../runtime/network/air.js";

const FLAGS = {
  read: FLAG_READ,
  write: FLAG_WRITE,
  "write without response": FLAG_WRITE_NO_RESPONSE,
  notify: FLAG_NOTIFY,
  indicate: FLAG_INDICATE,
} as const;

export interface PeripheralDescription {
  /** The local name in the advertisement. */
  name: string;
  /** Six bytes: "c0:00:00:00:00:02" unless told otherwise. */
  address?: string;
  /** By the UUIDs of services ("181a") and of their characteristics ("2a6e"): what can be done with them. */
  services: Readonly<Record<string, Readonly<Record<string, readonly (keyof typeof FLAGS)[]>>>>;
}

export interface ReceivedWrite {
  uuid: string;
  data: Uint8Array;
}

const ADDRESS = "c0:00:00:00:00:02";
const COMPLETE_NAME = 0x09;
const FLAGS_FIELD = [2, 0x01, 0x06];

export class BlePeripheral {
  /** What the firmware has written so far. */
  readonly written: ReceivedWrite[] = [];
  private link: BleLink | null = null;
  private readonly device: BleDevice;
  private readonly advertised: Uint8Array;

  constructor(air: Air, { name, address = ADDRESS, services }: PeripheralDescription) {
    const attributes = new Attributes();
    for (const [uuid, characteristics] of Object.entries(services)) {
      const list = Object.entries(characteristics).map(
        ([own, can]) =>
          [uuidOf(own), can.reduce((bits, each) => bits | FLAGS[each], 0), []] as const,
      );
      attributes.add(uuidOf(uuid), list);
    }
    this.device = new BleDevice(air, bytesOf(address), attributes, {
      connected: (link) => {
        this.link = link;
      },
      disconnected: () => {
        this.link = null;
        this.advertise();
      },
      written: (_link, handle) => {
        const attribute = attributes.get(handle);
        if (attribute === undefined) return;
        this.written.push({ uuid: attribute.key, data: attribute.value.slice() });
      },
      asked: () => 0,
      told: () => {},
    });
    const text = new TextEncoder().encode(name);
    this.advertised = Uint8Array.from([...FLAGS_FIELD, text.length + 1, COMPLETE_NAME, ...text]);
    air.devices.add(this.device);
    this.advertise();
  }

  get connected(): boolean {
    return this.link !== null;
  }

  /** Gives a characteristic a value; who has subscribed to it is told. */
  set(uuid: string, data: Uint8Array | string): void {
    const { value, subscribers } = this.characteristic(uuid);
    value.value = typeof data === "string" ? new TextEncoder().encode(data) : data.slice();
    for (const [number, wanted] of subscribers) {
      this.device.links.get(number)?.tell(this.device, value.handle, value.value, wanted === 2);
    }
  }

  /** Whether the firmware has asked to be told of changes. */
  subscribed(uuid: string): boolean {
    return [...this.characteristic(uuid).subscribers.values()].some((bits) => bits !== 0);
  }

  /** Ends the connection, as a device that goes out of reach does; it advertises again. */
  disconnect(): void {
    this.link?.close();
  }

  /** Switched off: it neither advertises nor answers. */
  leave(): void {
    this.device.leave();
  }

  private advertise(): void {
    this.device.advertisement = {
      data: this.advertised,
      response: new Uint8Array(0),
      connectable: true,
    };
  }

  private characteristic(uuid: string): Characteristic {
    const key = uuid.toLowerCase().replaceAll("-", "");
    const all = this.device.attributes.services.flatMap(({ characteristics }) => characteristics);
    const found = all.find(({ value }) => value.key === key);
    if (found !== undefined) return found;
    const known = all.map(({ value }) => value.key).join(", ");
    throw new Error(`there is no characteristic ${uuid}, there are ${known}`);
  }
}

/** "181a", or the 128 bits as Bluetooth writes them. */
function uuidOf(text: string): UUID {
  const isShort = /^[0-9a-f]{4}$/i.test(text);
  return new UUID(isShort ? Number.parseInt(text, 16) : text);
}

function bytesOf(address: string): Uint8Array {
  const bytes = address.split(":").map((pair) => Number.parseInt(pair, 16));
  if (bytes.length !== 6 || bytes.some((byte) => !(byte >= 0 && byte <= 255))) {
    throw new Error(`${address} is no address: six bytes are written as "c0:00:00:00:00:02"`);
  }
  return Uint8Array.from(bytes);
}
