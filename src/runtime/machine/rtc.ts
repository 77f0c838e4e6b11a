/** `machine.RTC`: the date and time of the board, which `time` follows, and a little memory. */

import { bytesOf } from "../core/buffer.js";
import { Bytes } from "../core/bytes.js";
import { define } from "../core/class.js";
import { current } from "../core/context.js";
import { TypeError, ValueError } from "../core/exceptions.js";
import { asArray } from "../core/iteration.js";
import { index } from "../core/numbers.js";
import { PyObject } from "../core/object.js";
import { asTuple, type Value } from "../core/values.js";
import type { Host } from "../host/host.js";
import { dateFields, dateSeconds } from "../time/calendar.js";
import { wallClock, wallOffset } from "../time/wall-clock.js";
import { currentBoard } from "./bus-unit.js";

const MEMORY = "rtc memory";
const MEMORY_SIZE = 2048;

export class RTC extends PyObject {
  override __init__(_id: Value = 0): null {
    return null;
  }

  /** (year, month, day, weekday, hours, minutes, seconds, subseconds); with an argument: sets it. */
  datetime(datetimetuple: Value = undefined): Value {
    if (datetimetuple === undefined) return this.fields();
    const items = asArray(datetimetuple);
    if (items.length !== 8) {
      throw new TypeError(`requested length 8 but object has length ${items.length}`);
    }
    const [year, month, day, , hours, minutes, seconds] = items.map(index);
    this.set([year, month, day, hours, minutes, seconds] as number[]);
    return null;
  }

  /** The same; on some boards the tuple is (year, month, day, hours, minutes, seconds, ...). */
  init(datetime: Value = undefined): Value {
    if (datetime === undefined) return null;
    return this.datetime(datetime);
  }

  now(): Value {
    const [year, month, day, , hours, minutes, seconds, sub] = this.fields();
    return asTuple([year, month, day, hours, minutes, seconds, sub, null]);
  }

  /** Bytes that survive a reset. */
  memory(data: Value = undefined): Value {
    const { backup } = currentBoard();
    if (data === undefined) return new Bytes((backup.get(MEMORY) as Uint8Array | undefined) ?? []);
    const bytes = bytesOf(data).slice();
    if (bytes.length > MEMORY_SIZE) throw new ValueError("buffer too long");
    backup.set(MEMORY, bytes);
    return null;
  }

  private fields(): Value[] & Value {
    const now = wallClock();
    const [year, month, day, hours, minutes, seconds, weekday] = dateFields(Math.floor(now / 1000));
    const sub = currentBoard().data.port === "rp2" ? 0 : Math.floor((now % 1000) * 1000);
    return asTuple([year, month, day, weekday, hours, minutes, seconds, sub]);
  }

  private set(date: number[]): void {
    const host = current().host as Host;
    wallOffset(dateSeconds(date) * 1000 - host.wallClock());
  }
}
define(RTC, {
  builtin: true,
  methods: {
    __init__: "id=",
    datetime: "datetimetuple=, /",
    init: "datetime=, /",
    now: "",
    memory: "data=, /",
  },
});
