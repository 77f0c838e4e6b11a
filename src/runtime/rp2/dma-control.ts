/**
 * The control register of a channel of DMA: its fields, where they are on an RP2040 and on an RP2350, and the
 * value that `DMA.pack_ctrl()` starts from. From ports/rp2/rp2_dma.c and the datasheets (CH0_CTRL_TRIG).
 */

import { currentBoard } from "../machine/bus-unit.js";

export interface ControlField {
  readonly name: string;
  readonly shift: number;
  readonly length: number;
  /** The chip alone sets it. */
  readonly readOnly?: boolean;
}

const field = (name: string, shift: number, length = 1): ControlField => ({ name, shift, length });
const status = (name: string, shift: number): ControlField => ({
  ...field(name, shift),
  readOnly: true,
});
const ERRORS = [field("write_err", 29), field("read_err", 30), status("ahb_err", 31)];

const RP2040: readonly ControlField[] = [
  field("enable", 0),
  field("high_pri", 1),
  field("size", 2, 2),
  field("inc_read", 4),
  field("inc_write", 5),
  field("ring_size", 6, 4),
  field("ring_sel", 10),
  field("chain_to", 11, 4),
  field("treq_sel", 15, 6),
  field("irq_quiet", 21),
  field("bswap", 22),
  field("sniff_en", 23),
  status("busy", 24),
  ...ERRORS,
];

const RP2350: readonly ControlField[] = [
  field("enable", 0),
  field("high_pri", 1),
  field("size", 2, 2),
  field("inc_read", 4),
  field("inc_read_rev", 5),
  field("inc_write", 6),
  field("inc_write_rev", 7),
  field("ring_size", 8, 4),
  field("ring_sel", 12),
  field("chain_to", 13, 4),
  field("treq_sel", 17, 6),
  field("irq_quiet", 23),
  field("bswap", 24),
  field("sniff_en", 25),
  status("busy", 26),
  ...ERRORS,
];

/** Channels of the chip of the board. */
const CHANNELS_2040 = 12;
const CHANNELS_2350 = 16;
/** The third PIO is the RP2350's. */
const isRp2350 = (): boolean => currentBoard().data.pios > 2;

export const channelCount = (): number => (isRp2350() ? CHANNELS_2350 : CHANNELS_2040);
export const controlFields = (): readonly ControlField[] => (isRp2350() ? RP2350 : RP2040);

/** A request that is always there. */
export const PERMANENT = 0x3f;
const WORDS = 2;

const maskOf = ({ shift, length }: ControlField): number => (2 ** length - 1) * 2 ** shift;

export function fieldOf(control: number, { shift, length }: ControlField): number {
  return Math.floor(control / 2 ** shift) % 2 ** length;
}

/** The fields by name; 0 where the chip has none. */
export interface Control {
  readonly enable: number;
  readonly size: number;
  readonly inc_read: number;
  readonly inc_read_rev: number;
  readonly inc_write: number;
  readonly inc_write_rev: number;
  readonly ring_size: number;
  readonly ring_sel: number;
  readonly chain_to: number;
  readonly treq_sel: number;
  readonly irq_quiet: number;
  readonly bswap: number;
}

export function decoded(control: number): Control {
  const fields = controlFields().map((each) => [each.name, fieldOf(control, each)] as const);
  return { inc_read_rev: 0, inc_write_rev: 0, ...Object.fromEntries(fields) } as unknown as Control;
}

/** The register with a field of another value. */
export function withField(control: number, one: ControlField, value: number): number {
  return ((control & ~maskOf(one)) | (value * 2 ** one.shift)) >>> 0;
}

export function withBits(control: number, bits: Readonly<Record<string, number>>): number {
  return controlFields().reduce(
    (word, each) => (each.name in bits ? withField(word, each, bits[each.name] as number) : word),
    control,
  );
}

/** Whole words, both addresses going up, at full speed, no chain, no interrupt. */
export function usualControl(channel: number): number {
  return withBits(0, {
    enable: 1,
    size: WORDS,
    inc_read: 1,
    inc_write: 1,
    chain_to: channel & 0xf,
    treq_sel: PERMANENT,
    irq_quiet: 1,
  });
}

/** What of a written value stays: what the chip alone sets does not, and errors are cleared by a 1. */
export function writtenControl(value: number): number {
  return withBits(value, { busy: 0, write_err: 0, read_err: 0, ahb_err: 0 });
}
