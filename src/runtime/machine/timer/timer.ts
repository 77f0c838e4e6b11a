/**
 * `machine.Timer`: calls back once or again and again. The callback is queued when it is due and runs
 * between the steps of the program.
 */

import { define } from "../../core/class/class.js";
import { PyObject } from "../../core/class/object.js";
import { perContext } from "../../core/context.js";
import { ValueError } from "../../core/exception/exceptions.js";
import { portConstant, requirePort } from "../../core/module/port-names.js";
import { asNumber, index } from "../../core/number/numbers.js";
import { truth } from "../../core/operator/operators.js";
import { PRINT } from "../../core/slots.js";
import { BARE, isInt, type Value } from "../../core/values.js";
import type { Alarm } from "../../host/agenda.js";
import { type Interrupts, interrupts } from "../../host/interrupts.js";
import { currentBoard } from "../bus-unit.js";
import type { Board } from "../hal.js";
import { portMembers, portSignatures } from "../port/port-members.js";
import { checkConstructor, timerRules } from "./timer-rules.js";

/** Counts that nobody lives to see the end of. */
const NEVER = 1n << 60n;
const NO_FREQUENCY = 0xffffffffffffffffn;

/** An ESP32's timers of the hardware that there are objects of. */
const hardware = perContext(() => new Map<number, Timer>());

function hardwareTimer(id: Value): Timer | undefined {
  return isInt(id) ? hardware().get(Number(id)) : undefined;
}

export class Timer extends PyObject {
  declare static readonly ONE_SHOT: number;
  declare static readonly PERIODIC: number;

  declare private $id: number;
  declare private $periodic: boolean;
  /** In counts of the port. */
  declare private $period: bigint;
  declare private $handler: Value;
  declare private $hard: boolean;
  declare private $alarm: Alarm | null;
  /** On the board's clock. */
  declare private $started: number;
  /** null while it runs. */
  declare private $stopped: number | null;

  constructor(...args: Value[]) {
    const plain = new.target === Timer && args[0] !== BARE;
    super(...(plain ? [BARE] : args));
    if (!plain) return;
    const timer = hardwareTimer(args[0]) ?? this;
    timer.__init__(...args);
    // biome-ignore lint/correctness/noConstructorReturn: an ESP32 has one object for each of its timers.
    return timer;
  }

  static override __new__(cls: Value, args: Value[] = []): Value {
    const { data } = currentBoard();
    // Whether there is such a timer is looked at before the rest of the arguments.
    if (args.length > 0 && data.port !== "esp8266") {
      timerRules[data.port].checkId(index(args[0]), data.hardwareTimers);
    }
    return (cls === Timer ? hardwareTimer(args[0]) : undefined) ?? new cls(BARE);
  }

  override __init__(id: Value = undefined, ...settings: Value[]): Value {
    requirePort("machine", "Timer");
    const { data } = currentBoard();
    checkConstructor(data.port, id, settings);
    // An ESP8266's are all the same, whatever they are called.
    this.$id = id === undefined || data.port === "esp8266" ? -1 : index(id);
    const rules = timerRules[data.port];
    rules.checkId(this.$id, data.hardwareTimers);
    const isGiven = settings.some((setting) => setting !== undefined);
    if (hardwareTimer(this.$id) === this) {
      return isGiven ? Timer.prototype.init.call(this, ...settings) : null;
    }
    if (data.port === "esp32" && this.$id >= 0) hardware().set(this.$id, this);
    this.$periodic = rules.initial.periodic;
    this.$period = rules.initial.period;
    this.$handler = null;
    this.$hard = false;
    this.$alarm = null;
    this.$started = 0;
    this.$stopped = 0;
    if (isGiven) this.$configure(settings);
    return null;
  }

  init(...settings: Value[]): null {
    Timer.prototype.deinit.call(this);
    this.$configure(settings);
    return null;
  }

  __del__(): null {
    return Timer.prototype.deinit.call(this);
  }

  deinit(): null {
    this.$alarm?.cancel();
    this.$alarm = null;
    this.$stopped ??= currentBoard().now;
    if (currentBoard().data.port === "esp32") {
      this.$periodic = false;
      this.$period = 0n;
      this.$started = this.$stopped;
    }
    return null;
  }

  /** Milliseconds since the period began; of a timer that has stopped, how long it ran. */
  value(): number {
    const passed = (this.$stopped ?? currentBoard().now) - this.$started;
    if (this.$handler !== null) return Math.trunc(passed);
    // Without a callback nothing is booked, and it counts all the same.
    const ms = Number(this.$period) * timerRules[currentBoard().data.port].count;
    return Math.trunc(this.$periodic ? passed % ms : Math.min(passed, ms));
  }

  private $configure([mode, callback, period, tickHz, freq, hard]: Value[]): void {
    const rules = timerRules[currentBoard().data.port];
    this.$hard = hard !== undefined && truth(hard);
    if (this.$hard && !rules.hard) throw new ValueError("hard Timers are not implemented");
    this.$periodic =
      mode === undefined || index(mode) !== portConstant("machine.Timer", "ONE_SHOT");
    let counts: bigint;
    if (freq !== undefined && freq !== null) {
      const wanted = Math.trunc(1000 / rules.count / asNumber(freq));
      // No frequency at all is as long a period as the C conversion can hold.
      counts = Number.isFinite(wanted) ? BigInt(wanted) : NO_FREQUENCY;
    } else {
      const ticks = period === undefined ? null : index(period);
      counts = rules.counts(ticks, index(tickHz === undefined ? 1000 : tickHz), this.$period);
    }
    rules.checkPeriod(counts);
    this.$period = counts < rules.shortest ? rules.shortest : counts;
    if (callback !== undefined) this.$handler = callback;
    else if (!rules.keepsCallback) this.$handler = null;
    const board = currentBoard();
    this.$started = board.now;
    this.$stopped = null;
    if (this.$handler !== null && this.$period < NEVER) {
      const ms = Number(this.$period) * rules.count;
      this.$book(board, interrupts(), board.now + ms, ms);
    }
  }

  private $book(board: Board, queue: Interrupts, time: number, ms: number): void {
    this.$alarm = board.at(time, () => {
      const failed = (): null => Timer.prototype.deinit.call(this);
      queue.schedule(this.$handler, this, this.$hard ? failed : null);
      this.$alarm = null;
      if (this.$periodic) {
        this.$started = time;
        this.$book(board, queue, time + ms, ms);
      } else {
        this.$stopped = time;
      }
    });
  }

  [PRINT](): string {
    const { $id: id, $periodic: periodic, $period: period } = this;
    return timerRules[currentBoard().data.port].print({ id, periodic, period });
  }
}

const SETTINGS = "mode=, callback=, period=, tick_hz=, freq=, hard=";
define(Timer, {
  builtin: true,
  statics: { __new__: "cls, *args, **more" },
  methods: {
    __init__: `id=, /, *, ${SETTINGS}`,
    init: `*, ${SETTINGS}`,
    __del__: "",
    deinit: "",
    value: "",
  },
});
portSignatures(Timer, "machine.Timer");
portMembers(Timer, "machine.Timer");
