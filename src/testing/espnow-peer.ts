/** Another board as a test sees it: takes ESP-NOW messages and sends some. Made by `board.espnow()`. */

import { type Air, hex, type Station, unhex } from "../runtime/network/air.js";

export interface EspnowMessage {
  /** The address of the sender, as twelve hexadecimal digits. */
  from: string;
  data: Uint8Array;
}

export class EspnowPeer {
  readonly received: EspnowMessage[] = [];
  /** Whether it answers; a message to a silent peer is not acknowledged. */
  private readonly station: Station;

  constructor(
    private readonly air: Air,
    /** Six bytes as twelve hexadecimal digits. */
    readonly address: string,
  ) {
    this.station = {
      address,
      receive: (from, data) => {
        this.received.push({ from, data });
        return true;
      },
    };
    air.stations.add(this.station);
  }

  /** Sends to everybody who listens, or to one address; whether somebody took it. */
  send(data: Uint8Array | string, to?: string): boolean {
    const bytes = typeof data === "string" ? new TextEncoder().encode(data) : data;
    const others = [...this.air.stations].filter((station) => station !== this.station);
    const targets = to === undefined ? others : others.filter(({ address }) => address === to);
    return targets.map((station) => station.receive(this.address, bytes)).some(Boolean);
  }

  /** Out of reach from now on. */
  leave(): void {
    this.air.stations.delete(this.station);
  }

  get addressBytes(): Uint8Array {
    return unhex(this.address);
  }

  /** The bytes of the latest message as hexadecimal digits; "" when there is none. */
  get last(): string {
    return hex(this.received.at(-1)?.data ?? []);
  }
}
