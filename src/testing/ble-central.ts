/**
 * A phone as a test sees it: finds the board's advertisement, connects, reads and writes its
 * characteristics by UUID and keeps what it is told. Made by `board.bluetooth`.
 */

import { Attributes } from "../runtime/bluetooth/attributes.js";
import { BleDevice, type BleLink } from "../runtime/bluetooth/ble-device.js";
import type { Air } from "../runtime/network/air.js";

export interface HeardAdvertisement {
  /** "02:4d:..." */
  address: string;
  /** The local name in it; null when there is none. */
  name: string | null;
  data: Uint8Array;
  response: Uint8Array;
  connectable: boolean;
}

export interface Notification {
  uuid: string;
  data: Uint8Array;
  /** The board waits for an acknowledgement. */
  indicated: boolean;
}

const OWN_ADDRESS = Uint8Array.of(0xc0, 0, 0, 0, 0, 1);
const NAMES = new Set([0x08, 0x09]);

export class BleCentral {
  /** What the board has notified or indicated so far. */
  readonly notifications: Notification[] = [];
  private link: BleLink | null = null;
  private readonly device: BleDevice;

  constructor(private readonly air: Air) {
    this.device = new BleDevice(air, OWN_ADDRESS, new Attributes(), {
      connected: (link) => {
        this.link = link;
      },
      disconnected: () => {
        this.link = null;
      },
      written: () => {},
      asked: () => 0,
      told: (link, handle, data, indicated) => {
        const key = link.peripheral.attributes.get(handle)?.key ?? "";
        this.notifications.push({ uuid: key, data, indicated });
      },
    });
  }

  get connected(): boolean {
    return this.link !== null;
  }

  /** Who advertises now. */
  scan(): HeardAdvertisement[] {
    return [...this.air.devices].flatMap(({ address, advertisement }) =>
      advertisement === null
        ? []
        : [{ address: text(address), name: nameIn(advertisement.data), ...advertisement }],
    );
  }

  /** Connects to who advertises under that name or address; to anybody without one. */
  connect(wanted?: string): void {
    const found = [...this.air.devices].find(
      ({ address, advertisement }) =>
        advertisement?.connectable === true &&
        (wanted === undefined || wanted === text(address) || wanted === nameIn(advertisement.data)),
    );
    if (found === undefined) throw new Error(`nobody advertises${wanted ? ` as ${wanted}` : ""}`);
    this.device.connect(found);
  }

  disconnect(): void {
    this.link?.close();
  }

  /** The UUIDs of the characteristics, as digits ("2a6e", or 32 of them). */
  get characteristics(): string[] {
    return this.peripheral.attributes.services.flatMap(({ characteristics }) =>
      characteristics.map(({ value }) => value.key),
    );
  }

  read(uuid: string): Uint8Array {
    const value = this.connection.read(this.device, this.handleOf(uuid));
    if (typeof value === "number") throw new Error(`${uuid} cannot be read: error ${value}`);
    return value.slice();
  }

  write(uuid: string, data: Uint8Array | string): void {
    const bytes = typeof data === "string" ? new TextEncoder().encode(data) : data;
    const status = this.connection.write(this.device, this.handleOf(uuid), bytes);
    if (status !== 0) throw new Error(`${uuid} cannot be written: error ${status}`);
  }

  /** Asks to be told of changes: by notifications, or by indications. */
  subscribe(uuid: string, by: "notify" | "indicate" = "notify"): void {
    const bits = Uint8Array.of(by === "notify" ? 1 : 2, 0);
    const status = this.connection.write(this.device, this.handleOf(uuid) + 1, bits);
    if (status !== 0) throw new Error(`${uuid} does not tell of changes: error ${status}`);
  }

  private get connection(): BleLink {
    if (this.link === null) throw new Error("not connected");
    return this.link;
  }

  private get peripheral(): BleDevice {
    return this.connection.peripheral;
  }

  private handleOf(uuid: string): number {
    const key = uuid.toLowerCase().replaceAll("-", "").replace(/^0x/, "");
    for (const { characteristics } of this.peripheral.attributes.services) {
      for (const { value } of characteristics) if (value.key === key) return value.handle;
    }
    throw new Error(
      `there is no characteristic ${uuid}, there are ${this.characteristics.join(", ")}`,
    );
  }
}

function text(address: Uint8Array): string {
  return [...address].map((byte) => byte.toString(16).padStart(2, "0")).join(":");
}

/** The local name in an advertisement: a field is a length, a type and its content. */
function nameIn(data: Uint8Array): string | null {
  for (let at = 0; at + 1 < data.length; at += 1 + (data[at] as number)) {
    const length = data[at] as number;
    if (length === 0) return null;
    if (NAMES.has(data[at + 1] as number)) {
      return new TextDecoder().decode(data.subarray(at + 2, at + 1 + length));
    }
  }
  return null;
}
