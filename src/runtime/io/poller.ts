/** `select.poll()` and `select.select()`: waiting until one of several streams is ready. */

import { blocking, type Waiting } from "../core/blocking/blocking.js";
import { Wait } from "../core/blocking/wait.js";
import { def } from "../core/call/signature.js";
import { define } from "../core/class/class.js";
import { PyObject } from "../core/class/object.js";
import { current } from "../core/context.js";
import { OSError } from "../core/exception/exceptions.js";
import { each } from "../core/iteration/iteration.js";
import { PyIterator } from "../core/iteration/py-iterator.js";
import { asNumber, index } from "../core/number/numbers.js";
import { type Tuple, tup, type Value } from "../core/values.js";
import type { Host } from "../host/host.js";
import { glance } from "./connection-stream.js";
import { POLLERR, POLLHUP, POLLIN, POLLOUT, type Pollable, pollable } from "./pollable.js";

const ENOENT = 2;

interface Registration {
  stream: Value;
  source: Pollable;
  flags: number;
}

/** Waits until one of the registrations is ready; those that are, with what they are ready for. */
function* awaitReady(
  registrations: ReadonlyMap<Value, Registration>,
  timeout: number,
): Waiting<[Registration, number][]> {
  const host = current().host as Host;
  const deadline = timeout < 0 ? null : host.now() + timeout;
  let looked = false;
  for (;;) {
    const ready: [Registration, number][] = [];
    for (const registration of registrations.values()) {
      const events = registration.source.poll(registration.flags);
      if (events !== 0) ready.push([registration, events]);
    }
    if (ready.length > 0 || looked) return ready;
    if (timeout === 0) {
      yield* glance(() => false);
      looked = true;
      continue;
    }
    if (deadline !== null && host.now() >= deadline) return ready;
    yield waitFor([...registrations.values()], deadline, host);
  }
}

/** Until one of the sources says that it may be ready; those that never say are asked each millisecond. */
function waitFor(
  registrations: readonly Registration[],
  deadline: number | null,
  host: Host,
): Wait {
  const silent = registrations.some(({ source }) => source.watch === undefined);
  const next = silent ? host.now() + 1 : Number.POSITIVE_INFINITY;
  const until = Math.min(deadline ?? Number.POSITIVE_INFINITY, next);
  return new Wait(until === Number.POSITIVE_INFINITY ? null : until, (wake) => {
    const ends = registrations.map(({ source }) => source.watch?.(wake));
    return () => {
      for (const end of ends) end?.();
    };
  });
}

/** What `select.poll()` returns. */
export class Poll extends PyObject {
  declare private $registrations: Map<Value, Registration>;

  override __init__(): Value {
    this.$registrations = new Map();
    return null;
  }

  register(stream: Value, eventmask: Value = POLLIN | POLLOUT): null {
    const flags = index(eventmask);
    const known = this.$registrations.get(stream);
    if (known !== undefined) known.flags = flags;
    else this.$registrations.set(stream, { stream, source: pollable(stream), flags });
    return null;
  }

  unregister(stream: Value): null {
    this.$registrations.delete(stream);
    return null;
  }

  modify(stream: Value, eventmask: Value): null {
    const known = this.$registrations.get(stream);
    if (known === undefined) throw new OSError(ENOENT);
    known.flags = index(eventmask);
    return null;
  }

  /** Waits up to `timeout` milliseconds (-1: for ever); a list of (stream, events). */
  *poll(timeout: Value = -1): Waiting {
    const ready = yield* awaitReady(this.$registrations, milliseconds(timeout));
    return ready.map(([{ stream }, events]) => tup(stream, events));
  }

  /** The same as an iterator; with flag 1 each stream is reported once until modify(). */
  *ipoll(timeout: Value = -1, flags: Value = 0): Waiting {
    const ready = yield* awaitReady(this.$registrations, milliseconds(timeout));
    return new PollIterator(ready, index(flags) === 1);
  }
}
define(Poll, {
  name: "poll",
  builtin: true,
  methods: {
    __init__: "",
    register: "obj, eventmask=, /",
    unregister: "obj, /",
    modify: "obj, eventmask, /",
    poll: "timeout=, /",
    ipoll: "timeout=, flags=, /",
  },
  blocking: ["poll", "ipoll"],
});

class PollIterator extends PyIterator {
  /** The one tuple that is given again and again, as MicroPython does to allocate nothing. */
  private readonly pair = tup(null, 0);

  constructor(
    private readonly ready: [Registration, number][],
    private readonly once: boolean,
  ) {
    super();
  }

  override next(): IteratorResult<Value> {
    const step = this.ready.shift();
    if (step === undefined) return { done: true, value: null };
    const [registration, events] = step;
    if (this.once) registration.flags = 0;
    this.pair[0] = registration.stream;
    this.pair[1] = events;
    return { done: false, value: this.pair };
  }
}

function milliseconds(timeout: Value): number {
  return timeout === null ? -1 : index(timeout);
}

/** `poll()` */
export function poll(): Poll {
  return new Poll();
}

/** `select(rlist, wlist, xlist, timeout)`, in seconds. */
export const select = def(
  blocking(function* select(
    rlist: Value,
    wlist: Value,
    xlist: Value,
    timeout: Value = null,
  ): Waiting<Tuple> {
    const registrations = new Map<Value, Registration>();
    const add = (streams: Value, flags: number): void => {
      for (const stream of each(streams)) {
        const known = registrations.get(stream);
        if (known !== undefined) known.flags |= flags;
        else registrations.set(stream, { stream, source: pollable(stream), flags });
      }
    };
    add(rlist, POLLIN);
    add(wlist, POLLOUT);
    add(xlist, 0);
    const ms = timeout === null ? -1 : Math.trunc(1000 * asNumber(timeout));
    const events = new Map<Value, number>();
    for (const [{ stream }, found] of yield* awaitReady(registrations, ms))
      events.set(stream, found);
    const those = (streams: Value, flags: number): Value[] =>
      [...each(streams)].filter((stream) => ((events.get(stream) ?? 0) & flags) !== 0);
    return tup(
      those(rlist, POLLIN | POLLHUP),
      those(wlist, POLLOUT),
      those(xlist, ~(POLLIN | POLLOUT) & (POLLERR | POLLHUP)),
    );
  }),
  "rlist, wlist, xlist, timeout=, /",
);
