/**
 * `machine.RTC`: the date and time of the board, which `time` follows, a little memory, and alarms that
 * call a handler or wake the board from a deep sleep.
 */

import { define } from "../core/class/class.js";
import { SoleObject } from "../core/class/sole-object.js";
import { current, perContext } from "../core/context.js";
import { TypeError, ValueError } from "../core/exception/exceptions.js";
import { asArray, asArrayOf } from "../core/iteration/iteration.js";
import { bytesOf } from "../core/memory/buffer.js";
import { requirePort } from "../core/module/port-names.js";
import { index } from "../core/number/numbers.js";
import { truth } from "../core/operator/unary.js";
import { Bytes } from "../core/text/bytes.js";
import { asTuple, isInt, type Value } from "../core/values.js";
import type { Alarm } from "../host/agenda.js";
import type { Host } from "../host/host.js";
import { dateFields, dateSeconds } from "../time/calendar.js";
import { wallClock, wallOffset } from "../time/wall-clock.js";
import { rtcMemory, setRtcMemory } from "./backup-memory.js";
import { currentBoard } from "./bus-unit.js";
import { DriverIrq } from "./driver-irq.js";
import type { Board } from "./hal.js";
import { requireArguments } from "./port/port-arguments.js";
import { portMembers, portSignatures } from "./port/port-members.js";
import {
  STM32_WAKEUP_LINE,
  setStm32Weekday,
  stm32Period,
  stm32Wakeup,
  stm32Weekday,
} from "./pyb/stm32-clock.js";

const ALARM0 = 0;
/** `init` and `deinit` start the clock at this date. */
const START = [2015, 1, 1, 0, 0, 0];
const FIELDS = 8;
const WEEKDAY = 3;
const LAST = 7;
/** Bits of `wake`: a deep sleep, and a light one as well where the port has both. */
const DEEPSLEEP = 2;
const ESP8266_DEEPSLEEP = 4;

interface RtcAlarm {
  /** On the host's clock; null: none is set. */
  due: number | null;
  alarm: Alarm | null;
  irq: DriverIrq | null;
  /** The handler's alarm also ends a deep sleep. */
  wakes: boolean;
  calibration: number;
}

const alarms = perContext(
  (): RtcAlarm => ({ due: null, alarm: null, irq: null, wakes: false, calibration: 0 }),
);

/** When an alarm will end a deep sleep; null: none will. */
export function wakeTime(): number | null {
  const { due, wakes } = alarms();
  return wakes ? due : null;
}

export class RTC extends SoleObject {
  declare static readonly ALARM0: number;

  override __init__(
    positional: readonly Value[] = [],
    id: Value = undefined,
    datetime: Value = undefined,
  ): Value {
    requirePort("machine", "RTC");
    if (currentBoard().data.port !== "generic") {
      const count = positional.length;
      if (id !== undefined || datetime !== undefined) {
        throw new TypeError("function doesn't take keyword arguments");
      }
      if (count === 0) return null;
      throw new TypeError(`function takes 0 positional arguments but ${count} were given`);
    }
    const [unit = id, date = datetime] = positional;
    if (unit !== undefined && index(unit) !== 0) throw new ValueError(`RTC(${unit}) doesn't exist`);
    if (date !== undefined) RTC.prototype.datetime.call(this, date);
    return null;
  }

  /** (year, month, day, weekday, hours, minutes, seconds, subseconds); with an argument: sets it. */
  datetime(datetimetuple: Value = undefined): Value {
    if (datetimetuple === undefined) return this.$fields();
    const items = asArrayOf(datetimetuple, FIELDS);
    const { port } = currentBoard().data;
    // An RP2 looks at no more than it needs.
    const read = port === "rp2" ? items.filter((_item, i) => i !== WEEKDAY && i < LAST) : items;
    const numbers = read.map(index);
    const weekday = port === "rp2" ? 0 : numbers.splice(WEEKDAY, 1)[0];
    const sub = numbers[LAST - 1] ?? 0;
    this.$set(numbers.slice(0, LAST - 1), port.startsWith("esp") ? sub / subsecond() : 0);
    if (port === "stm32") setStm32Weekday(weekday as number, wallClock());
    return null;
  }

  /** The same; without an argument it only starts the clock. */
  init(datetime: Value = undefined): Value {
    if (datetime === undefined) return null;
    if (currentBoard().data.port === "stm32") {
      throw new TypeError("function takes 1 positional arguments but 2 were given");
    }
    return RTC.prototype.datetime.call(this, datetime);
  }

  deinit(): null {
    this.$set(START);
    return null;
  }

  now(): Value {
    const [year, month, day, , hours, minutes, seconds, sub] = this.$fields();
    return asTuple([year, month, day, hours, minutes, seconds, sub, null]);
  }

  /** Bytes that survive a reset. */
  memory(data: Value = undefined): Value {
    if (data === undefined) return new Bytes(rtcMemory());
    const bytes = bytesOf(data);
    if (bytes.length > currentBoard().data.rtcMemory) throw new ValueError("buffer too long");
    setRtcMemory(bytes);
    return null;
  }

  /** Sets the alarm: after so many milliseconds, or at a date as `datetime` gives it. */
  alarm(
    positional: readonly Value[],
    id: Value = positional[0],
    time: Value = positional[1],
    repeat: Value = positional[2],
  ): null {
    if (currentBoard().data.port === "esp8266")
      checkAlarmCall(positional.length, [id, time, repeat]);
    checkAlarm(id);
    const { now, data } = currentBoard();
    const isDelay = isInt(time) || data.port === "esp8266";
    const delay = isDelay ? index(time) : dateSeconds(dateOf(time)) * 1000 - wallClock();
    cancelAlarm();
    book(
      alarms(),
      currentBoard(),
      now + delay,
      repeat !== undefined && truth(repeat) ? delay : null,
    );
    return null;
  }

  /** Milliseconds. */
  alarm_left(alarm_id: Value = ALARM0): number {
    checkAlarm(alarm_id);
    const { due } = alarms();
    return due === null ? 0 : Math.max(0, Math.round(due - currentBoard().now));
  }

  alarm_cancel(alarm_id: Value = ALARM0): null {
    checkAlarm(alarm_id);
    return cancelAlarm();
  }

  cancel(alarm_id: Value = ALARM0): null {
    checkAlarm(alarm_id);
    return cancelAlarm();
  }

  /** What the alarm does: calls `handler`, or ends a sleep of the kind `wake`. */
  irq(
    positional: readonly Value[],
    trigger: Value = positional[0],
    handler: Value = positional[1],
    wake: Value = positional[2],
  ): Value {
    if (currentBoard().data.port === "esp8266") {
      if (positional.length > 0) throw new TypeError("extra positional arguments given");
      if (handler !== undefined) throw new TypeError("extra keyword arguments given");
      checkAlarm(trigger ?? ALARM0);
      alarms().wakes = (index(wake ?? 0) & ESP8266_DEEPSLEEP) !== 0;
      return null;
    }
    requireArguments({ trigger });
    checkAlarm(trigger);
    return this.$install(handler ?? null, wake ?? 0);
  }

  private $install(handler: Value, wake: Value): Value {
    const state = alarms();
    state.wakes = index(wake) >= DEEPSLEEP;
    state.irq ??= new DriverIrq(this);
    state.irq.$install(handler, 1, false);
    return state.irq;
  }

  // What the pyboard has beside that.

  /**
   * Calls `callback` every `timeout` milliseconds, and ends `stop()` and `standby()`; None: no longer. With
   * three arguments the first two are what the registers get.
   */
  wakeup(timeout: Value, second: Value = null, third: Value = undefined): null {
    const period = third === undefined ? stm32Period(timeout) : stm32Wakeup(timeout, second);
    cancelAlarm();
    if (period === null) return null;
    const state = alarms();
    state.wakes = true;
    state.irq = new DriverIrq(STM32_WAKEUP_LINE);
    state.irq.$install(third === undefined ? second : third, 1, false);
    book(state, currentBoard(), currentBoard().now + period, period);
    return null;
  }

  /** How long the clock took to start, and how. */
  info(): number {
    return 0x40000000;
  }

  /** Smooth corrections of the clock's speed: the simulated clock needs none. */
  calibration(cal: Value = undefined): number | null {
    const state = alarms();
    if (cal === undefined) return state.calibration;
    const wanted = index(cal);
    if (wanted >= -511 && wanted <= 512) {
      state.calibration = wanted;
      return null;
    }
    // These two turn an output of 512 Hz on and off.
    if ((wanted & 0xfffe) === 0x0ffe) return wanted & 1;
    throw new ValueError("calibration value out of range");
  }

  private $fields(): Value[] & Value {
    const now = wallClock();
    const [year, month, day, hours, minutes, seconds, weekday] = dateFields(Math.floor(now / 1000));
    const { port } = currentBoard().data;
    const sub = port === "rp2" ? 0 : Math.floor((now % 1000) * subsecond());
    const told = port === "stm32" ? stm32Weekday(now) : weekday;
    return asTuple([year, month, day, told, hours, minutes, seconds, sub]);
  }

  private $set(date: number[], milliseconds = 0): void {
    const host = current().host as Host;
    const seconds = dateSeconds(date);
    // An RP2 counts seconds in 32 bits.
    const counted = currentBoard().data.port === "rp2" ? seconds >>> 0 : seconds;
    wallOffset(counted * 1000 + milliseconds - host.wallClock());
  }
}
define(RTC, {
  builtin: true,
  methods: {
    __init__: "*others, id=, datetime=",
    datetime: "datetimetuple=, /",
    init: "datetime=, /",
    deinit: "",
    now: "",
    memory: "data=, /",
    alarm: "*positional, id=, time=, repeat=",
    alarm_left: "alarm_id=, /",
    alarm_cancel: "alarm_id=",
    cancel: "alarm_id=",
    irq: "*positional, trigger=, handler=, wake=",
    wakeup: "timeout, second=, third=, /",
    info: "",
    calibration: "cal=, /",
  },
});

portSignatures(RTC, "machine.RTC");
portMembers(RTC, "machine.RTC");

function book(state: RtcAlarm, board: Board, due: number, repeat: number | null): void {
  state.due = due;
  state.alarm = board.at(due, () => {
    state.due = null;
    state.irq?.$happened(1);
    if (repeat !== null && repeat > 0) book(state, board, due + repeat, repeat);
  });
}

/** Units of the last field of a date in a millisecond. */
function subsecond(): number {
  return currentBoard().data.port === "esp8266" ? 1 : 1000;
}

function cancelAlarm(): null {
  const state = alarms();
  state.alarm?.cancel();
  state.alarm = null;
  state.due = null;
  return null;
}

/** An ESP8266's alarms take two arguments, without names. */
function checkAlarmCall(count: number, given: readonly Value[]): void {
  if (given.slice(count).some((value) => value !== undefined)) {
    throw new TypeError("function doesn't take keyword arguments");
  }
  if (count === 2) return;
  throw new TypeError(`function takes 3 positional arguments but ${count + 1} were given`);
}

function checkAlarm(id: Value): void {
  if (index(id) !== ALARM0) throw new ValueError("invalid alarm");
}

/** Year, month, day, hours, minutes, seconds of a tuple with or without the weekday. */
function dateOf(time: Value): number[] {
  const items = asArray(time).map((item) => (item === null ? 0 : index(item)));
  const [year = 0, month = 0, day = 0] = items;
  const [hours = 0, minutes = 0, seconds = 0] = items.slice(items.length >= FIELDS ? 4 : 3);
  return [year, month, day, hours, minutes, seconds];
}
