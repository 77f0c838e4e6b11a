/**
 * The wireless networks around a simulated board. Any network answers, until a test or a wiring says
 * which there are; then others are not found, and wrong keys are refused.
 */

import type { Board } from "../machine/hal.js";

export interface RadioNetwork {
  ssid: string;
  /** "": open to everybody. */
  key: string;
  channel: number;
  /** dBm */
  rssi: number;
  bssid: readonly number[];
}

const SIGNAL = -50;
const NEIGHBOURS = ["simulated", "neighbour"];

export class Radio {
  /** null: any network is there. */
  private known: RadioNetwork[] | null = null;
  private readonly watchers = new Set<() => void>();

  /** The networks that there are from now on. */
  set(networks: readonly (Pick<RadioNetwork, "ssid"> & Partial<RadioNetwork>)[] | null): void {
    this.known =
      networks?.map((network, i) => ({
        key: "",
        channel: 6,
        rssi: SIGNAL,
        bssid: [2, 0, 0, 0, 0, i + 1],
        ...network,
      })) ?? null;
    for (const changed of [...this.watchers]) changed();
  }

  get visible(): RadioNetwork[] {
    return (
      this.known ??
      NEIGHBOURS.map((ssid, i) => ({
        ssid,
        key: "secret",
        channel: 6 + 5 * i,
        rssi: SIGNAL - 30 * i,
        bssid: [2, 0, 0, 0, 0, i + 1],
      }))
    );
  }

  find(ssid: string): RadioNetwork | undefined {
    if (this.known !== null) return this.known.find((network) => network.ssid === ssid);
    return { ssid, key: "", channel: 6, rssi: SIGNAL, bssid: [2, 0, 0, 0, 0, 1] };
  }

  join(ssid: string, key: string): "connected" | "no network" | "wrong key" {
    const network = this.find(ssid);
    if (network === undefined) return "no network";
    return this.known === null || network.key === key ? "connected" : "wrong key";
  }

  watch(changed: () => void): () => void {
    this.watchers.add(changed);
    return () => {
      this.watchers.delete(changed);
    };
  }
}

const RADIO = "radio";

/** The radio of a board: it outlives resets. */
export function radioOf(board: Board): Radio {
  const radio = (board.backup.get(RADIO) as Radio | undefined) ?? new Radio();
  board.backup.set(RADIO, radio);
  return radio;
}
