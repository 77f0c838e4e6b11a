/**
 * The threads of one program, as `_thread` starts them. They are cooperative: each is a generator, and
 * where the running one waits (a sleep, a lock, a socket, the asyncio loop) the driver lets the others
 * go on. The main thread is the driver's own and not in the list.
 */

import type { Waiting } from "../core/blocking/blocking.js";
import type { Wait } from "../core/blocking/wait.js";
import { type Context, current } from "../core/context.js";
import type { Host } from "./host.js";
import { type Interrupts, interruptsOf } from "./interrupts.js";

/** `_thread.get_ident()` in the main thread. */
const MAIN = 1;

/** What letting a thread go on counts as work (Host.work). */
const TURN_WORK = 10;

interface Thread {
  readonly ident: number;
  readonly generator: Waiting;
  /** What it waits for; null before its first step. */
  wait: Wait | null;
  woken: boolean;
  running: boolean;
  stop: (() => void) | undefined;
}

export class Threads {
  private readonly list: Thread[] = [];
  private started = MAIN;
  private running = MAIN;

  constructor(
    private readonly host: Host,
    private readonly interrupts: Interrupts,
  ) {}

  /** How many there are beside the main one. */
  get count(): number {
    return this.list.length;
  }

  /** The running thread. */
  get ident(): number {
    return this.running;
  }

  get isMain(): boolean {
    return this.running === MAIN;
  }

  /** Adds a thread; it starts as soon as the running one waits. */
  start(generator: Waiting): number {
    const ident = ++this.started;
    this.list.push({
      ident,
      generator,
      wait: null,
      woken: true,
      running: false,
      stop: undefined,
    });
    this.interrupts.signal.raise();
    return ident;
  }

  /** Lets each thread whose wait is over go on to its next one. Called while the program rests. */
  turn(): void {
    const before = this.running;
    for (const thread of [...this.list]) {
      if (thread.running || !this.isReady(thread)) continue;
      this.enter(thread.ident);
      try {
        this.step(thread);
      } finally {
        this.enter(before);
      }
    }
  }

  /** When a thread wants to go on, if that is before `until` (null: never). */
  until(until: number | null): number | null {
    let first = until ?? Number.POSITIVE_INFINITY;
    for (const thread of this.list) {
      if (thread.running) continue;
      if (thread.woken) return this.host.now();
      first = Math.min(first, thread.wait?.until ?? first);
    }
    return first === Number.POSITIVE_INFINITY ? null : first;
  }

  /** The main thread has ended for good: the others are gone with it. */
  end(): void {
    for (const { stop } of this.list) stop?.();
    this.list.length = 0;
  }

  private enter(ident: number): void {
    this.running = ident;
    this.interrupts.reachMain = ident === MAIN;
  }

  private isReady({ woken, wait }: Thread): boolean {
    return woken || (wait !== null && wait.until !== null && this.host.now() >= wait.until);
  }

  private step(thread: Thread): void {
    thread.stop?.();
    thread.stop = undefined;
    thread.woken = false;
    thread.running = true;
    this.host.work(TURN_WORK);
    let done = true;
    try {
      const step = thread.generator.next(null);
      done = step.done === true;
      if (!done) this.rest(thread, step.value as Wait);
    } finally {
      thread.running = false;
      if (done) this.list.splice(this.list.indexOf(thread), 1);
    }
  }

  private rest(thread: Thread, wait: Wait): void {
    thread.wait = wait;
    thread.stop = wait.start?.(() => {
      thread.woken = true;
      this.interrupts.signal.raise();
    });
  }
}

const perContext = new WeakMap<Context, Threads>();

export function threadsOf(context: Context): Threads {
  let found = perContext.get(context);
  if (found === undefined) {
    found = new Threads(context.host as Host, interruptsOf(context));
    perContext.set(context, found);
  }
  return found;
}

/** The threads of the running program. */
export function threads(): Threads {
  return threadsOf(current());
}
