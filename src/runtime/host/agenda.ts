/**
 * What is due at which time: timer alarms, scripted pin events, simulated lines. A binary heap on
 * (time, order of booking). The host runs what has come due; nothing here reads a clock.
 */

/** One booked callback; `cancel()` takes it off the agenda. */
export class Alarm {
  /** Position in the heap, -1 when not booked. */
  index = -1;

  constructor(
    private readonly agenda: Agenda,
    readonly time: number,
    readonly order: number,
    readonly run: () => void,
  ) {}

  get booked(): boolean {
    return this.index >= 0;
  }

  cancel(): void {
    this.agenda.remove(this);
  }
}

function before(a: Alarm, b: Alarm): boolean {
  return a.time < b.time || (a.time === b.time && a.order < b.order);
}

export class Agenda {
  private readonly heap: Alarm[] = [];
  private booked = 0;
  /** While alarms run: until when no program will, so far as the host knows. */
  undisturbed = Number.NEGATIVE_INFINITY;
  /** Called when an alarm becomes the earliest one: a sleeping host must then wake sooner. */
  onEarlier: (() => void) | null = null;

  /** The time of the earliest alarm; Infinity when there is none. */
  get next(): number {
    return this.heap[0]?.time ?? Number.POSITIVE_INFINITY;
  }

  /** Books `run` for the host time `time` (milliseconds). */
  at(time: number, run: () => void): Alarm {
    const alarm = new Alarm(this, time, ++this.booked, run);
    alarm.index = this.heap.length;
    this.heap.push(alarm);
    this.up(alarm);
    if (alarm.index === 0) this.onEarlier?.();
    return alarm;
  }

  /** Runs what is due at `now`, in order, including what that books for the same time. */
  runDue(now: number): boolean {
    let ran = false;
    for (let first = this.heap[0]; first !== undefined && first.time <= now; first = this.heap[0]) {
      this.remove(first);
      first.run();
      ran = true;
    }
    return ran;
  }

  remove(alarm: Alarm): void {
    const { index } = alarm;
    if (index < 0) return;
    alarm.index = -1;
    const last = this.heap.pop() as Alarm;
    if (last === alarm) return;
    last.index = index;
    this.heap[index] = last;
    this.up(last);
    this.down(last);
  }

  private up(alarm: Alarm): void {
    const { heap } = this;
    let { index } = alarm;
    while (index > 0) {
      const parentIndex = (index - 1) >> 1;
      const parent = heap[parentIndex] as Alarm;
      if (!before(alarm, parent)) break;
      heap[index] = parent;
      parent.index = index;
      index = parentIndex;
    }
    heap[index] = alarm;
    alarm.index = index;
  }

  private down(alarm: Alarm): void {
    const { heap } = this;
    let { index } = alarm;
    for (;;) {
      let childIndex = 2 * index + 1;
      let child = heap[childIndex];
      if (child === undefined) break;
      const right = heap[childIndex + 1];
      if (right !== undefined && before(right, child)) {
        child = right;
        childIndex += 1;
      }
      if (!before(child, alarm)) break;
      heap[index] = child;
      child.index = index;
      index = childIndex;
    }
    heap[index] = alarm;
    alarm.index = index;
  }
}
