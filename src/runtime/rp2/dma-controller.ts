/**
 * The DMA of an RP2: its channels with their registers, what starts them, paces them and follows on them. At
 * full speed data are there at once, and only the end of a long sequence has its time; what a FIFO of a
 * PIO or a timer paces goes transfer by transfer. `rp2.DMA` (dma.ts) is what programs see of a channel.
 */

import { type Context, current, enter, perContext } from "../core/context.js";
import { NotImplementedError } from "../core/exception/exceptions.js";
import { currentBoard } from "../machine/bus-unit.js";
import { chipClock } from "../machine/chip-frequency.js";
import type { Board } from "../machine/hal.js";
import { DmaBus, type Registers } from "./dma-bus.js";
import {
  type Control,
  channelCount,
  decoded,
  PERMANENT,
  withBits,
  writtenControl,
} from "./dma-control.js";
import { pioBlock } from "./pio-blocks.js";

/** So many transfers without a rest, then the rest of the board has its turn. */
const BURST = 65_536;
/** A sequence at full speed that is no longer has ended before a program comes to its next statement. */
const QUICK = 512;
/** The first request of the four pacing timers. */
export const TIMER_REQUEST = 0x3b;
const TIMERS = 4;
/** Requests of a PIO: four to its machines, four from them. */
const PIO_REQUESTS = 8;

/** What the words of a channel's registers are; every fourth one starts the channel. */
const ALIASES = [
  ["read", "write", "count", "control"],
  ["control", "read", "write", "count"],
  ["control", "count", "read", "write"],
  ["control", "write", "count", "read"],
] as const;
export type Register = (typeof ALIASES)[number][number];

interface Channel {
  readonly number: number;
  read: number;
  write: number;
  /** Transfers that are left, and those of the next sequence. */
  left: number;
  count: number;
  control: number;
  /** What is in `control`. */
  mode: Control;
  busy: boolean;
  claimed: boolean;
  /** Told of the end of a sequence. */
  interrupt: (() => void) | null;
  /** Ends the waiting for a request. */
  endWait: (() => void) | null;
  /** When a timer lets it do the next transfer. */
  due: number;
}

interface PacingTimer {
  x: number;
  y: number;
  claimed: boolean;
}

/** Whether a request is there, and what tells when it comes. */
interface Request {
  ready(): boolean;
  wait(wake: () => void): () => void;
  /** A transfer was made. */
  used(): void;
}

export class DmaController implements Registers {
  readonly timers: readonly PacingTimer[];
  private readonly list: readonly Channel[];
  private readonly bus = new DmaBus(this);
  /** Channels that have something to do. */
  private readonly running: Channel[] = [];
  private isRunning = false;
  /** The program's: requests come from the host's clock too. */
  private readonly context: Context = current();

  constructor(private readonly board: Board) {
    this.list = Array.from({ length: channelCount() }, (_, number) => ({
      number,
      read: 0,
      write: 0,
      left: 0,
      count: 0,
      control: withBits(0, { chain_to: number }),
      mode: decoded(withBits(0, { chain_to: number })),
      busy: false,
      claimed: false,
      interrupt: null,
      endWait: null,
      due: 0,
    }));
    this.timers = Array.from({ length: TIMERS }, () => ({ x: 0, y: 0, claimed: false }));
  }

  get channels(): number {
    return this.list.length;
  }

  /** The number of a channel that nobody has; null when there is none. */
  claim(): number | null {
    const free = this.list.find(({ claimed }) => !claimed);
    if (free === undefined) return null;
    free.claimed = true;
    return free.number;
  }

  /** Stops a channel, and gives it back with its registers at 0. */
  release(number: number): void {
    this.abort(number);
    const cleared = { read: 0, write: 0, left: 0, count: 0, control: 0, mode: decoded(0) };
    Object.assign(this.channel(number), { ...cleared, claimed: false, interrupt: null });
  }

  onEnd(number: number, interrupt: (() => void) | null): void {
    this.channel(number).interrupt = interrupt;
  }

  isBusy(number: number): boolean {
    return this.channel(number).busy;
  }

  get(number: number, name: Register): number {
    const channel = this.channel(number);
    if (name === "count") return channel.left;
    if (name === "control") return withBits(channel.control, { busy: channel.busy ? 1 : 0 });
    return channel[name];
  }

  /** `starts`: by the alias that starts the channel, unless the value is 0. */
  set(number: number, name: Register, value: number, starts = false): void {
    const channel = this.channel(number);
    if (name === "count") channel.count = value;
    else if (name === "control") {
      channel.control = writtenControl(value);
      channel.mode = decoded(value);
    } else channel[name] = value;
    if (!starts) return;
    if (value !== 0) this.start(number);
    else if (channel.mode.irq_quiet === 1) channel.interrupt?.();
  }

  register(channel: number, word: number): number {
    return this.get(channel, registerAt(word));
  }

  setRegister(channel: number, word: number, value: number): void {
    this.set(channel, registerAt(word), value, word % 4 === 3);
  }

  start(number: number): void {
    const channel = this.channel(number);
    if (channel.busy || channel.mode.enable === 0) return;
    const request = channel.mode.treq_sel;
    if (this.requestOf(channel) === null) {
      throw new NotImplementedError(`DMA paced by request ${request} is not simulated`);
    }
    channel.left = channel.count;
    channel.busy = true;
    channel.due = this.board.now + this.period(request - TIMER_REQUEST);
    this.resume(channel);
  }

  abort(number: number): void {
    const channel = this.channel(number);
    channel.busy = false;
    channel.endWait?.();
    channel.endWait = null;
  }

  private channel(number: number): Channel {
    return this.list[number] as Channel;
  }

  private resume(channel: Channel): void {
    this.running.push(channel);
    if (this.isRunning) return;
    this.isRunning = true;
    const previous = enter(this.context);
    try {
      this.run();
    } finally {
      enter(previous);
      this.isRunning = false;
    }
  }

  /** Channels that start one another go on here, not one inside the other. */
  private run(): void {
    let budget = BURST;
    for (let channel = this.running.shift(); channel; channel = this.running.shift()) {
      budget -= this.transfer(channel, budget);
      if (budget > 0) continue;
      const rest = [channel, ...this.running.splice(0)].filter(({ busy }) => busy);
      const time = (1000 * BURST) / chipClock().hz;
      for (const each of rest) this.later(each, this.board.now + time);
      return;
    }
  }

  /** As many transfers as requests allow; how many those were, at least one. */
  private transfer(channel: Channel, most: number): number {
    const request = this.requestOf(channel);
    const isPaced = channel.mode.treq_sel !== PERMANENT;
    let made = 0;
    while (channel.busy && channel.left > 0 && made < most) {
      if (request?.ready() === false) {
        channel.endWait?.();
        channel.endWait = request.wait(() => this.wake(channel));
        return Math.max(1, made);
      }
      this.move(channel);
      request?.used();
      made += 1;
    }
    if (channel.busy && channel.left === 0) {
      const time = isPaced ? 0 : (1000 * made) / chipClock().hz;
      if (made > QUICK && time > 0) this.later(channel, this.board.now + time);
      else this.finish(channel);
    }
    return Math.max(1, made);
  }

  private wake(channel: Channel): void {
    channel.endWait?.();
    channel.endWait = null;
    if (channel.busy) this.resume(channel);
  }

  private later(channel: Channel, time: number): void {
    const alarm = this.board.at(time, () => this.wake(channel));
    channel.endWait = () => alarm.cancel();
  }

  private move(channel: Channel): void {
    const { mode } = channel;
    const size = 1 << Math.min(2, mode.size);
    const word = this.bus.read(channel.read, size);
    channel.left -= 1;
    const ringOn = mode.ring_sel === 1 ? "write" : "read";
    const target = channel.write;
    for (const side of ["read", "write"] as const) {
      if (mode[`inc_${side}`] === 0) continue;
      const step = mode[`inc_${side}_rev`] === 1 ? -size : size;
      channel[side] = advanced(channel[side], step, ringOn === side ? mode.ring_size : 0);
    }
    // Last: it may be a register of this very channel.
    this.bus.write(target, size, mode.bswap === 1 ? swapped(word, size) : word);
  }

  private finish(channel: Channel): void {
    channel.busy = false;
    if (channel.mode.irq_quiet === 0) channel.interrupt?.();
    const next = channel.mode.chain_to;
    if (next !== channel.number && next < this.channels) this.start(next);
  }

  /** Milliseconds between two requests of a timer. */
  private period(timer: number): number {
    const { x, y } = this.timers[timer] ?? { x: 0, y: 0 };
    return x === 0 || y === 0 ? Number.POSITIVE_INFINITY : (1000 * y) / x / chipClock().hz;
  }

  /** What paces a channel; null: that is not simulated. */
  private requestOf(channel: Channel): Request | null {
    const number = channel.mode.treq_sel;
    if (number === PERMANENT) return { ready: () => true, wait: () => () => {}, used: () => {} };
    const timer = number - TIMER_REQUEST;
    if (timer >= 0) {
      return {
        ready: () => this.board.now >= channel.due,
        wait: (wake) => {
          if (channel.due === Number.POSITIVE_INFINITY) return () => {};
          const alarm = this.board.at(channel.due, wake);
          return () => alarm.cancel();
        },
        used: () => {
          channel.due += this.period(timer);
        },
      };
    }
    const machine = pioBlock(Math.floor(number / PIO_REQUESTS))?.machines[number % 4];
    if (machine === undefined) return null;
    const { fifos } = machine;
    const isTx = number % PIO_REQUESTS < 4;
    return {
      ready: () => (isTx ? fifos.canPut : fifos.rx.length > 0),
      wait: (wake) => fifos.watch(wake),
      used: () => {},
    };
  }
}

const registerAt = (word: number): Register =>
  (ALIASES[word >> 2] as (typeof ALIASES)[number])[word & 3] as Register;

/** With a ring only the low bits of an address change. */
function advanced(address: number, step: number, ring: number): number {
  const next = (address + step) >>> 0;
  if (ring === 0) return next;
  const size = 2 ** ring;
  return address - (address % size) + (next % size);
}

function swapped(word: number, size: number): number {
  let result = 0;
  for (let n = 0; n < size; n++) result = result * 256 + ((word >>> (8 * n)) & 0xff);
  return result;
}

export const dmaController = perContext(() => new DmaController(currentBoard()));
