/**
 * What a board offers to `machine` and `pyb`: lines that can be configured, written, read and watched,
 * and the devices that are wired to them. The drivers in this folder see these interfaces only;
 * boards/sim implements them.
 */

import type { BoardData, PinData } from "../boards/board-data.js";
import type { Alarm } from "../host/agenda.js";
import type { ResetCause } from "./reset.js";

export type Level = 0 | 1;
export type PinMode = "in" | "out" | "open-drain" | "alt" | "alt-open-drain" | "analog";
export type Pull = "none" | "up" | "down" | "both";

/** Something with an address on an I2C bus. */
export interface I2cDevice {
  /** Whether it answers to this address now. */
  answers(address: number): boolean;
  /** A transfer begins; false when it is not acknowledged. */
  start(address: number, read: boolean): boolean;
  /** Takes a byte; false when it is not acknowledged. */
  write(byte: number): boolean;
  read(): number;
  stop(): void;
}

/** Something on an SPI bus. */
export interface SpiDevice {
  /** Whether its chip select is active. */
  readonly selected: boolean;
  /** Exchanges a byte. */
  transfer(byte: number): number;
}

/** A memory card, as a controller of cards sees it: in blocks of 512 bytes. */
export interface CardDevice {
  /** Whether it is in its slot. */
  readonly present: boolean;
  readonly blocks: number;
  /** The bytes of blocks that it has. */
  read(block: number, count: number): Uint8Array;
  /** Takes whole blocks. */
  write(block: number, data: Uint8Array): void;
}

/** The receiving end of a serial line. */
export interface SerialReceiver {
  receive(data: Uint8Array, baudrate: number): void;
  /** The line was held low for longer than a byte takes. */
  receiveBreak?(): void;
}

/** Something on a 1-wire bus, bit by bit. */
export interface OneWireDevice {
  /** A reset pulse; true when it announces itself. */
  reset(): boolean;
  write(bit: Level): void;
  read(): Level;
}

/** A receiver of timed pulses: an addressable LED strip. */
export interface PulseReceiver {
  pulses(data: Uint8Array): void;
}

/** A sensor that answers a start signal with a few bytes; null: it stays silent. */
export interface PulseSensor {
  answer(): Uint8Array | null;
}

/** Told of the pulse width of a line; null when it is no longer modulated. */
export interface PwmReceiver {
  pwm(signal: PwmSignal | null): void;
}

export interface PwmSignal {
  /** Hz */
  readonly frequency: number;
  /** The part of the period that the line is high, 0 to 1. */
  readonly duty: number;
}

/** Gives a line a voltage. */
export interface AnalogSource {
  readonly volts: number | null;
}

/** Something that feels whether it is touched. */
export interface TouchSource {
  readonly touched: boolean;
}

/** What can be wired to a line, by the role that the line plays for it. */
export interface Roles {
  i2cClock: I2cDevice;
  i2cData: I2cDevice;
  spiClock: SpiDevice;
  /** The line that it reads from. */
  spiIn: SpiDevice;
  /** The line that it answers on. */
  spiOut: SpiDevice;
  cardClock: CardDevice;
  cardCommand: CardDevice;
  /** The line of its data that a single bit takes. */
  cardData: CardDevice;
  /** The other three of a wide bus: the last one selects the card on SPI. */
  cardData1: CardDevice;
  cardData2: CardDevice;
  cardData3: CardDevice;
  serial: SerialReceiver;
  oneWire: OneWireDevice;
  pulses: PulseReceiver;
  pulseSensor: PulseSensor;
  pwm: PwmReceiver;
  analog: AnalogSource;
  touch: TouchSource;
}

/** How strongly an output drives unless told otherwise. */
export const DEFAULT_DRIVE = 2;

/** One pin of the chip. */
export interface PinLine {
  readonly data: PinData;
  /** null until it was configured. */
  readonly mode: PinMode | null;
  readonly pull: Pull;
  /** What was written last: seen on the line when it is an output. */
  readonly latch: Level;
  /** The number of the alternate function that it has; a mode that is set anew ends it. */
  alternate: number | null;
  /** The latest that it had: the register keeps it in other modes. */
  readonly functionNumber: number;
  /** How strongly it drives as an output, 0 to 3. */
  strength: number;
  configure(mode: PinMode | null, pull: Pull | null, latch: Level | null): void;
  write(level: Level): void;
  /** The level on the line now. */
  read(): Level;
  /** Calls `listener` with the new level after each edge; null: no longer. */
  onEdge(listener: ((level: Level) => void) | null): void;
  /** The same for anybody else, besides it; returns what ends that. */
  watch(listener: (level: Level) => void): () => void;
  /** Lets the line follow a pulse width; null: no longer. */
  modulate(signal: PwmSignal | null): void;
  readonly modulation: PwmSignal | null;
  /** Puts a voltage on the line; null: no longer. */
  drivesVolts(volts: number | null): void;
  /** The voltage on the line now. */
  readonly volts: number;
  /** What is wired to the line in that role. */
  wired<R extends keyof Roles>(role: R): Roles[R][];
  /** Wires something of the chip to the line; returns what ends that. */
  connect<R extends keyof Roles>(role: R, device: Roles[R]): () => void;
}

export interface Board {
  /** Milliseconds of the clock that the board runs on. */
  readonly now: number;
  readonly data: BoardData;
  /** Until then neither a program nor anything that is booked changes the board. */
  readonly quietUntil: number;
  /** A pin by number or by one of its names; undefined when the board has none such. */
  line(id: number | string): PinLine | undefined;
  /** Tells whoever observes the board what `source` did. */
  report(source: string, kind: string, value: EventValue): void;
  /** Calls `release` when the chip is reset: what a driver has booked or connected ends there. */
  onReset(release: () => void): void;
  /** Does something at a time of the host's clock, unless the chip is reset before. */
  at(time: number, action: () => void): Alarm;
  /** What survives a reset: the contents of the backup memory, the date. */
  readonly backup: Map<string, unknown>;
  /** Why the program was started. */
  readonly resetCause: ResetCause;
}

/** Data that goes with an event: what JSON can hold. */
export type EventValue =
  | null
  | boolean
  | number
  | string
  | readonly EventValue[]
  | { readonly [key: string]: EventValue };
