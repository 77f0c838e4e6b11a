/**
 * The slot of a memory card: the lines that its contacts are on, and which card is there. Used by
 * `machine.SDCard`, whose ports differ in how they say that something is wrong.
 */

import type { CardDevice, PinLine, Roles } from "../hal.js";

/** By contact of the card. On SPI the clock, command, data and the last of the wide bus are sck, mosi, miso, cs. */
export interface CardLines {
  clock: PinLine;
  command: PinLine;
  data: PinLine;
  /** The other lines of data that are used: all but those of a wide bus are the last one. */
  others: readonly (readonly ["cardData1" | "cardData2" | "cardData3", PinLine])[];
  /** Switches of the slot: low when a card is there; low when it is write-protected. */
  detect: PinLine | null;
  protect: PinLine | null;
}

export const BLOCK = 512;

export class CardSlot {
  constructor(private readonly lines: CardLines) {}

  /** The card, if it hears the commands and can answer. */
  get card(): CardDevice | null {
    const { clock, command, data } = this.lines;
    const isOn = <R extends keyof Roles>(line: PinLine, role: R, card: CardDevice): boolean =>
      (line.wired(role) as unknown[]).includes(card);
    const found = clock
      .wired("cardClock")
      .find((card) => isOn(command, "cardCommand", card) && isOn(data, "cardData", card));
    return found?.present ? found : null;
  }

  /** Whether all lines of data that are to be used lead to the card. */
  get isWhole(): boolean {
    const { card } = this;
    return this.lines.others.every(
      ([role, line]) => card !== null && line.wired(role).includes(card),
    );
  }

  /** The switch says that no card is there. */
  get isEmpty(): boolean {
    return this.lines.detect?.read() === 1;
  }

  get isProtected(): boolean {
    return this.lines.protect?.read() === 0;
  }

  /** Fills the buffer with whole blocks; false when the card has not so many or is gone. */
  read(block: number, into: Uint8Array): boolean {
    const count = Math.floor(into.length / BLOCK);
    const card = this.holding(block, count);
    if (card === null) return false;
    into.set(card.read(block, count));
    return true;
  }

  write(block: number, data: Uint8Array): boolean {
    const count = Math.floor(data.length / BLOCK);
    const card = this.isProtected ? null : this.holding(block, count);
    if (card === null) return false;
    card.write(block, data.slice(0, count * BLOCK));
    return true;
  }

  private holding(block: number, count: number): CardDevice | null {
    const { card } = this;
    if (card === null || this.isEmpty) return null;
    return block >= 0 && block + count <= card.blocks ? card : null;
  }
}
