/** `machine.Counter` and `machine.Encoder`: edges of a pin, and turns of a rotary encoder, counted in hardware. */

import { define } from "../../core/class/class.js";
import { PyObject } from "../../core/class/object.js";
import type { Type } from "../../core/class/type.js";
import { perContext } from "../../core/context.js";
import { RuntimeError, TypeError, ValueError } from "../../core/exception/exceptions.js";
import { index } from "../../core/number/numbers.js";
import { BARE, type Value } from "../../core/values.js";
import { lineOf } from "../pin/pin.js";
import { type EdgeAction, PulseCounter } from "./pulse-counter.js";

const RISING = 1;
const FALLING = 2;
const UP = 1;
const DOWN = 2;
const UNITS = 8;

const units = perContext(() => new Map<number, CountingUnit>());

/** What both have in common: there is one object for each unit of the chip. */
class CountingUnit extends PyObject {
  declare protected $counter: PulseCounter | null;
  declare private $offset: number;

  constructor(...args: Value[]) {
    const plain = isUnit(new.target) && args[0] !== BARE;
    super(...(plain ? [BARE] : args));
    if (!plain) return;
    const unit = unitOf(new.target, args[0]);
    unit.__init__(...(args as [Value]));
    // biome-ignore lint/correctness/noConstructorReturn: there is one object for each unit.
    return unit;
  }

  /** Without more arguments the unit goes on counting as it is. */
  protected $begin(settings: Value[]): null {
    const isNew = (this.$counter ?? null) === null;
    if (isNew) this.$counter = new PulseCounter();
    else if (settings.every((setting) => setting === undefined)) return null;
    const counter = this.$counter as PulseCounter;
    this.$connect(counter, settings);
    counter.count = 0;
    counter.running = true;
    this.$offset = 0;
    return null;
  }

  deinit(): null {
    this.$counter?.release();
    this.$counter = null;
    return null;
  }

  /** The count; with an argument: sets it, and gives what it was. */
  value(value: Value = null): number {
    const { $counter: counter } = this;
    if (counter === null) throw new RuntimeError("not initialised");
    const before = counter.count + this.$offset;
    if (value !== null) this.$offset = index(value) - counter.count;
    return before;
  }

  protected $connect(_counter: PulseCounter, _settings: Value[]): void {}
}
define(CountingUnit, { methods: { deinit: "", value: "value=" } });

/** A program's own classes have objects of their own. */
const isUnit = (cls: Type): boolean => cls === Counter || cls === Encoder;

function unitOf(cls: Type, id: Value): CountingUnit {
  const number = index(id);
  if (number < 0 || number >= UNITS) throw new ValueError("invalid id");
  let unit = units().get(number);
  if (unit === undefined) {
    unit = new (cls as Value)(BARE) as CountingUnit;
    units().set(number, unit);
  }
  if (!(unit instanceof (cls as Value))) throw new ValueError("PCNT in use");
  return unit;
}

/** The sources are not all there: in the words for the function of Python that the port hands them to. */
function checkSources(...sources: Value[]): void {
  const given = sources.filter((source) => source !== undefined).length;
  if (given === sources.length) return;
  const counts = `takes ${sources.length + 1} positional arguments but ${given + 1} were given`;
  throw new TypeError(`_configure() ${counts}`);
}

export class Counter extends CountingUnit {
  static readonly RISING = RISING;
  static readonly FALLING = FALLING;
  static readonly UP = UP;
  static readonly DOWN = DOWN;

  static override __new__(cls: Value, id: Value): Value {
    return isUnit(cls) ? unitOf(Counter, id) : new cls(BARE);
  }

  override __init__(_id: Value, ...settings: Value[]): Value {
    return this.$begin(settings);
  }

  init(...settings: Value[]): null {
    return this.$begin(settings);
  }

  protected override $connect(
    counter: PulseCounter,
    [src, edge = RISING, direction = UP]: Value[],
  ): void {
    const step: EdgeAction = index(direction) === DOWN ? -1 : 1;
    checkSources(src);
    counter.configure(0, {
      pin: lineOf(src),
      rising: index(edge) & RISING ? step : 0,
      falling: index(edge) & FALLING ? step : 0,
    });
  }
}
const COUNTER = "src=, edge=, direction=, *, filter_ns=";
define(Counter, {
  attrs: { RISING, FALLING, UP, DOWN },
  statics: { __new__: `cls, id, ${COUNTER}` },
  methods: { __init__: `id, ${COUNTER}`, init: COUNTER },
});

export class Encoder extends CountingUnit {
  declare private $steps: number;

  static override __new__(cls: Value, id: Value): Value {
    return isUnit(cls) ? unitOf(Encoder, id) : new cls(BARE);
  }

  override __init__(_id: Value, ...settings: Value[]): Value {
    return this.$begin(settings);
  }

  init(...settings: Value[]): null {
    return this.$begin(settings);
  }

  /** Counts for each turn of the phases: 1, 2 or 4. */
  phases(): number {
    return this.$steps;
  }

  protected override $connect(
    counter: PulseCounter,
    [phase_a, phase_b, phases = 1]: Value[],
  ): void {
    checkSources(phase_a, phase_b);
    const steps = index(phases);
    if (steps !== 1 && steps !== 2 && steps !== 4) throw new ValueError("phases");
    const a = lineOf(phase_a);
    const b = lineOf(phase_b);
    counter.configure(0, {
      pin: a,
      falling: 1,
      rising: -1,
      modePin: b,
      low: steps === 1 ? "hold" : "reverse",
    });
    if (steps === 4) {
      counter.configure(1, { pin: b, falling: -1, rising: 1, modePin: a, low: "reverse" });
    } else {
      counter.configure(1, { pin: null, rising: 0, falling: 0 });
    }
    this.$steps = steps;
  }
}
const ENCODER = "phase_a=, phase_b=, phases=, *, filter_ns=";
define(Encoder, {
  statics: { __new__: `cls, id, ${ENCODER}` },
  methods: {
    __init__: `id, ${ENCODER}`,
    init: ENCODER,
    phases: "",
  },
});
