/** `esp32.PCNT`: a pulse counter of the chip with all that it can do; machine.Counter is simpler. */

import { define } from "../core/class/class.js";
import { PyObject } from "../core/class/object.js";
import { perContext } from "../core/context.js";
import { TypeError, ValueError } from "../core/exception/exceptions.js";
import { index } from "../core/number/numbers.js";
import { BARE, type Value } from "../core/values.js";
import {
  type CounterChannel,
  type CounterEvent,
  type EdgeAction,
  type LevelMode,
  PulseCounter,
} from "../machine/counter/pulse-counter.js";
import { DriverIrq } from "../machine/driver-irq.js";
import { lineOf } from "../machine/pin/pin.js";

const constants = {
  IGNORE: 0,
  INCREMENT: 1,
  DECREMENT: 2,
  NORMAL: 0,
  REVERSE: 1,
  HOLD: 2,
  IRQ_THRESHOLD1: 4,
  IRQ_THRESHOLD0: 8,
  IRQ_MIN: 16,
  IRQ_MAX: 32,
  IRQ_ZERO: 64,
} as const;
const EVENTS: Readonly<Record<CounterEvent, number>> = {
  threshold1: constants.IRQ_THRESHOLD1,
  threshold0: constants.IRQ_THRESHOLD0,
  min: constants.IRQ_MIN,
  max: constants.IRQ_MAX,
  zero: constants.IRQ_ZERO,
};
const ACTIONS: readonly EdgeAction[] = [0, 1, -1];
const MODES: readonly LevelMode[] = ["normal", "reverse", "hold"];
const UNITS = 8;
const ALL = 124;

const units = perContext(() => new Map<number, PCNT>());

export class PCNT extends PyObject {
  static readonly IGNORE = constants.IGNORE;
  static readonly INCREMENT = constants.INCREMENT;
  static readonly DECREMENT = constants.DECREMENT;
  static readonly NORMAL = constants.NORMAL;
  static readonly REVERSE = constants.REVERSE;
  static readonly HOLD = constants.HOLD;
  static readonly IRQ_ZERO = constants.IRQ_ZERO;
  static readonly IRQ_MIN = constants.IRQ_MIN;
  static readonly IRQ_MAX = constants.IRQ_MAX;
  static readonly IRQ_THRESHOLD0 = constants.IRQ_THRESHOLD0;
  static readonly IRQ_THRESHOLD1 = constants.IRQ_THRESHOLD1;

  declare private $counter: PulseCounter;
  declare private $handler: DriverIrq;

  constructor(...args: Value[]) {
    const plain = new.target === PCNT && args[0] !== BARE;
    super(...(plain ? [BARE] : args));
    if (!plain) return;
    const unit = unitOf(args[0]);
    unit.__init__(...(args as [Value]));
    // biome-ignore lint/correctness/noConstructorReturn: there is one object for each unit.
    return unit;
  }

  static override __new__(cls: Value, id: Value): Value {
    return cls === PCNT ? unitOf(id) : new cls(BARE);
  }

  override __init__(id: Value, ...settings: Value[]): Value {
    if (this.$counter === undefined) {
      // An object of a program's own class stands for the same unit.
      const unit = unitOf(id);
      this.$counter = unit.$counter;
      this.$handler = unit.$handler;
    }
    if (settings.some((setting) => setting !== undefined))
      PCNT.prototype.init.call(this, ...settings);
    return null;
  }

  $begin(): this {
    this.$counter = new PulseCounter();
    this.$handler = new DriverIrq(this);
    this.$counter.listener = (event) => this.$handler.$happened(EVENTS[event]);
    return this;
  }

  init(
    channel: Value = 0,
    pin: Value = undefined,
    rising: Value = undefined,
    falling: Value = undefined,
    mode_pin: Value = undefined,
    mode_low: Value = undefined,
    mode_high: Value = undefined,
    filter: Value = undefined,
    min: Value = undefined,
    max: Value = undefined,
    threshold0: Value = undefined,
    threshold1: Value = undefined,
    value: Value = undefined,
  ): null {
    const { $counter: counter } = this;
    const number = index(channel);
    if (number !== 0 && number !== 1) throw new ValueError("channel");
    const changes: Partial<CounterChannel> = {};
    if (pin !== undefined) {
      changes.pin = pin === null ? null : lineOf(pin);
      changes.modePin = mode_pin === undefined || mode_pin === null ? null : lineOf(mode_pin);
    } else if (mode_pin !== undefined) throw new ValueError("pin");
    if ([rising, falling, mode_low, mode_high].some((setting) => setting !== undefined)) {
      changes.rising = one(ACTIONS, rising, "rising");
      changes.falling = one(ACTIONS, falling, "falling");
      changes.low = one(MODES, mode_low, "mode_low");
      changes.high = one(MODES, mode_high, "mode_high");
    }
    counter.configure(number, changes);
    if (filter !== undefined) within(filter, 0, 1023, "filter");
    if (min !== undefined) counter.min = within(min, -32768, 0, "minimum");
    if (max !== undefined) counter.max = within(max, 0, 32767, "maximum");
    if (threshold0 !== undefined)
      counter.thresholds[0] = within(threshold0, -32768, 32767, "threshold0");
    if (threshold1 !== undefined)
      counter.thresholds[1] = within(threshold1, -32768, 32767, "threshold1");
    if (value !== undefined) within(value, 0, 0, "value");
    if ([min, max, threshold0, threshold1, value].some((setting) => setting !== undefined)) {
      counter.count = 0;
    }
    return null;
  }

  deinit(): null {
    this.$counter.release();
    this.$counter.count = 0;
    return null;
  }

  start(): null {
    this.$counter.running = true;
    return null;
  }

  stop(): null {
    this.$counter.running = false;
    return null;
  }

  /** The count; with 0: starts it anew, and gives what it was. */
  value(value: Value = undefined): number {
    const before = this.$counter.count;
    if (value !== undefined) {
      within(value, 0, 0, "value");
      this.$counter.count = 0;
    }
    return before;
  }

  irq(handler: Value = null, trigger: Value = constants.IRQ_ZERO): Value {
    if (arguments.length > 0) {
      const wanted = index(trigger);
      if (wanted & ~ALL) throw new ValueError("trigger");
      this.$handler.$install(handler, wanted, false);
    }
    return this.$handler;
  }
}
const SETTINGS =
  "*, channel=, pin=, rising=, falling=, mode_pin=, mode_low=, mode_high=, filter=, min=, max=, threshold0=, threshold1=, value=";
define(PCNT, {
  builtin: true,
  attrs: { ...constants },
  statics: { __new__: `cls, id, ${SETTINGS}` },
  methods: {
    __init__: `id, ${SETTINGS}`,
    init: SETTINGS,
    deinit: "",
    start: "",
    stop: "",
    value: "value=, /",
    irq: "handler=, trigger=",
  },
});

function unitOf(id: Value): PCNT {
  if (id === undefined) throw new TypeError("id");
  const number = index(id);
  if (number < 0 || number >= UNITS) throw new ValueError("invalid id");
  let unit = units().get(number);
  if (unit === undefined) {
    unit = new PCNT(BARE).$begin();
    units().set(number, unit);
  }
  return unit;
}

function one<T>(all: readonly T[], value: Value, name: string): T {
  const found = all[value === undefined ? 0 : index(value)];
  if (found === undefined) throw new ValueError(name);
  return found;
}

function within(value: Value, least: number, most: number, name: string): number {
  const number = index(value);
  if (number < least || number > most) throw new ValueError(name);
  return number;
}
