/**
 * `machine.Pin`: one object for each pin of the board, whichever way it is asked for. The board owns
 * the line; edges reach handlers through the program's soft interrupts.
 */

import { stm32Functions } from "../boards/names/stm32-functions.js";
import { call } from "../core/call.js";
import { define } from "../core/class.js";
import { current, perContext } from "../core/context.js";
import { Dict } from "../core/dict.js";
import { TypeError, ValueError } from "../core/exceptions.js";
import { index } from "../core/numbers.js";
import { PyObject } from "../core/object.js";
import { truth } from "../core/operators.js";
import { PRINT } from "../core/slots.js";
import { BARE, type Value } from "../core/values.js";
import { interrupts } from "../host/interrupts.js";
import type { Board, Level, PinLine, Pull } from "./hal.js";
import { pinAfOf, registerAddress } from "./pin-af.js";
import type {} from "./pin-af-constants.js";
import { SIO } from "./pin-functions.js";
import { FALLING, HIGH_LEVEL, LOW_LEVEL, PinIrq, RISING, wantedEdges } from "./pin-irq.js";
import { modeNumber, modeOf, pullNumber, pullOf } from "./pin-modes.js";
import { PinNames } from "./pin-names.js";
import { checkPortArguments, requireArguments } from "./port-arguments.js";
import { portMembers } from "./port-members.js";
import { portRules } from "./port-rules.js";
import { claimLine } from "./stm32-lines.js";
import { wakeByPin, wakesNoMore } from "./wake.js";

/** What reading a pin counts as work (Host.work). */
const READ_WORK = 50;

/** How strongly an output can drive: `Pin.DRIVE_0` to `DRIVE_3`. */
const DRIVES = 4;

const SIGNATURE = "id, /, mode=, pull=, *, value=, alt=, drive=, hold=, af=";

const pins = perContext(() => new Map<PinLine, Pin>());

function board(): Board {
  return current().board as Board;
}

const ownNames = perContext((): { dict: Value; mapper: Value; debug: boolean } => ({
  dict: null,
  mapper: null,
  debug: false,
}));

/** What the program's own names (Pin.mapper, Pin.dict) make of an id. */
function ownPin(id: Value): Pin | null {
  const { dict, mapper } = ownNames();
  const mapped = mapper === null ? null : call(mapper, id);
  if (mapped instanceof Pin) return mapped;
  if (mapped !== null) throw new ValueError("Pin.mapper didn't return a Pin object");
  const named = dict instanceof Dict ? dict.get(id) : undefined;
  return named instanceof Pin ? named : null;
}

/** The line that an id, a name or a Pin means; raises what the port raises when there is none. */
export function lineOf(id: Value): PinLine {
  if (id instanceof Pin) return id.$line;
  const own = ownPin(id);
  if (own !== null) return own.$line;
  const { data } = board();
  return portRules[data.port].find(board(), id);
}

/** The one Pin of a line. */
export function pinOf(line: PinLine): Pin {
  let pin = pins().get(line);
  if (pin === undefined) {
    pin = new Pin(BARE);
    pin.$line = line;
    pins().set(line, pin);
  }
  return pin;
}

export class Pin extends PyObject {
  declare static readonly IN: number;
  declare static readonly OUT: number;
  declare static readonly OPEN_DRAIN: number;
  declare static readonly ALT: number;
  declare static readonly ANALOG: number;
  declare static readonly ALT_OPEN_DRAIN: number;
  declare static readonly PULL_UP: number;
  declare static readonly PULL_DOWN: number;
  declare static readonly PULL_NONE: number;
  declare static readonly IRQ_FALLING: number;
  declare static readonly IRQ_RISING: number;
  declare static readonly IRQ_LOW_LEVEL: number;
  declare static readonly IRQ_HIGH_LEVEL: number;
  declare static readonly WAKE_LOW: number;
  declare static readonly WAKE_HIGH: number;
  declare static readonly DRIVE_0: number;
  declare static readonly DRIVE_1: number;
  declare static readonly DRIVE_2: number;
  declare static readonly DRIVE_3: number;
  declare static readonly OUT_PP: number;
  declare static readonly OUT_OD: number;
  declare static readonly AF_PP: number;
  declare static readonly AF_OD: number;
  declare static readonly ALT_SPI: number;
  declare static readonly ALT_UART: number;
  declare static readonly ALT_I2C: number;
  declare static readonly ALT_PWM: number;
  declare static readonly ALT_SIO: number;
  declare static readonly ALT_PIO0: number;
  declare static readonly ALT_PIO1: number;
  declare static readonly ALT_PIO2: number;
  declare static readonly ALT_GPCK: number;
  declare static readonly ALT_USB: number;
  declare static readonly ALT_HSTX: number;
  declare static readonly ALT_XIP_CS1: number;
  declare static readonly ALT_CORESIGHT_TRACE: number;
  declare static readonly ALT_UART_AUX: number;
  static readonly board = new PinNames(
    "board",
    (name: string) => pinOf(lineOf(name)),
    () => board().data.pins.flatMap(({ aliases }) => aliases),
  );
  static readonly cpu = new PinNames(
    "cpu",
    (name: string) => pinOf(lineOf(name)),
    () => board().data.pins.map(({ name }) => name),
  );

  declare $line: PinLine;
  declare private $handler: PinIrq | undefined;

  constructor(...args: Value[]) {
    const plain = new.target === Pin && args[0] !== BARE;
    super(...(plain ? [BARE] : args));
    if (!plain) return;
    const pin = pinOf(lineOf(args[0]));
    pin.__init__(...(args as [Value]));
    // biome-ignore lint/correctness/noConstructorReturn: there is one object for each pin.
    return pin;
  }

  static override __new__(cls: Value, id: Value): Value {
    return cls === Pin ? pinOf(lineOf(id)) : new cls(BARE);
  }

  override __init__(
    id: Value,
    mode: Value = undefined,
    pull: Value = undefined,
    value: Value = undefined,
    alt: Value = undefined,
    ...others: Value[]
  ): Value {
    this.$line ??= lineOf(id);
    const settings = [mode, pull, value, alt, ...others];
    return settings.some((argument) => argument !== undefined) ? this.$set(settings) : null;
  }

  init(...settings: Value[]): null {
    return this.$set(settings);
  }

  private $set([mode, pull, given, alt, drive, hold, af]: Value[]): null {
    checkPortArguments("Pin", { alt, drive, hold, af });
    const { $line: line } = this;
    const rules = portRules[board().data.port];
    if (rules.needsMode) requireArguments({ mode });
    if (rules.needsMode) index(mode);
    if (drive !== undefined && !line.data.inputOnly) this.$drive(drive);
    const value = given === null && rules.writesNone ? 0 : (given ?? null);
    const newMode = mode === null || mode === undefined ? null : modeOf(mode);
    const alternate = alt ?? af ?? null;
    const pulls = { pull: pull ?? null, alt: alternate };
    if (alternate !== null && rules.takesFunctions) index(alternate);
    rules.checkInit(line, { mode: newMode, number: mode ?? null, ...pulls });
    const initial = newMode === "open-drain" && rules.openDrainReleased ? 1 : null;
    // Pins that are inputs only have no resistors.
    const kept =
      rules.keepsPull && (pull === undefined || pull === -1 || line.data.inputOnly === true);
    const unheeded = rules.valueNeedsOutput && newMode !== "out" && newMode !== "open-drain";
    // An open-drain pin of an RP2 keeps 0 for its output and switches that.
    const leaves = rules.openDrainReleased && line.mode === "open-drain" && newMode !== null;
    const kept0 = leaves && newMode !== "open-drain" ? 0 : initial;
    const written = value === null || unheeded ? kept0 : level(value);
    if (newMode === "alt" && rules.takesFunctions) {
      this.$function(alternate === null ? SIO : index(alternate), kept ? null : pullOf(pull));
    } else {
      line.configure(newMode, kept ? null : pullOf(pull), written);
      if (newMode === "alt-open-drain" && alternate !== null) line.alternate = index(alternate);
    }
    return null;
  }

  /** Gives the pin an alternate function; the program's own is no other than being an input or output. */
  private $function(number: number, pull: Pull | null): void {
    const { $line: line } = this;
    const { port } = board().data;
    if (port === "rp2" && number === SIO) {
      const { mode } = line;
      // Of an open-drain pin that has let go of its line nothing is left but the input.
      const drives = mode === "out" || (mode === "open-drain" && line.latch === 0);
      line.configure(drives ? "out" : "in", pull, null);
      return;
    }
    line.configure("alt", pull, null);
    line.alternate = number;
  }

  private $drive(drive: Value): void {
    const strength = index(drive);
    if (strength >= 0 && strength < DRIVES) this.$line.strength = strength;
  }

  value(): number;
  value(x: Value): null;
  value(x: Value = undefined): number | null {
    if (x === undefined) {
      interrupts().worked(READ_WORK);
      return this.$line.read();
    }
    this.$line.write(level(x));
    return null;
  }

  __call__(x: Value = undefined): Value {
    return Pin.prototype.value.call(this, x);
  }

  on(): null {
    this.$line.write(1);
    return null;
  }

  off(): null {
    this.$line.write(0);
    return null;
  }

  high(): null {
    return Pin.prototype.on.call(this);
  }

  low(): null {
    return Pin.prototype.off.call(this);
  }

  toggle(): null {
    this.$line.write(this.$line.latch === 0 ? 1 : 0);
    return null;
  }

  mode(mode: Value = undefined): Value {
    refuseSetting(mode);
    if (mode === undefined) return modeNumber(this.$line);
    this.$line.configure(modeOf(mode), null, null);
    return null;
  }

  pull(pull: Value = undefined): Value {
    refuseSetting(pull);
    if (pull === undefined) return pullNumber(this.$line);
    this.$line.configure(null, pullOf(pull), null);
    return null;
  }

  /** How strongly the pin drives; with an argument: sets it. */
  drive(drive: Value = undefined): Value {
    if (drive === undefined) return this.$line.strength;
    this.$drive(drive);
    return null;
  }

  name(): string {
    return this.$line.data.name;
  }

  names(): Value[] {
    return [this.$line.data.name, ...this.$line.data.aliases];
  }

  // What pins of the pyboard have beside that.

  /** The number of the pin within its port: 4 of A4. */
  pin(): number {
    return Number(/\d+$/.exec(this.$line.data.name)?.[0] ?? 0);
  }

  /** The number of its port: 0 of A4. */
  port(): number {
    return Math.max(0, (this.$line.data.name.codePointAt(0) ?? 0) - "A".charCodeAt(0));
  }

  /** The address of the registers of its port. */
  gpio(): number {
    return registerAddress(`GPIO${this.$line.data.name[0]}`);
  }

  /** The number of the alternate function that it has. */
  af(): number {
    return this.$line.alternate ?? 0;
  }

  af_list(): Value[] {
    return stm32Functions(this.$line.data.name).map(pinAfOf);
  }

  /** Names of the program's own, which come before the board's; with an argument: sets them. */
  static dict(names: Value = undefined): Value {
    if (names === undefined) return ownNames().dict;
    ownNames().dict = names;
    return null;
  }

  /** A function of a name that gives a pin, or None. */
  static mapper(fun: Value = undefined): Value {
    if (fun === undefined) return ownNames().mapper;
    ownNames().mapper = fun;
    return null;
  }

  static debug(state: Value = undefined): Value {
    if (state === undefined) return ownNames().debug;
    ownNames().debug = truth(state);
    return null;
  }

  /** Installs a handler for edges; gives the object that describes it. */
  irq(
    handler: Value = undefined,
    trigger: Value = undefined,
    hard: Value = undefined,
    priority: Value = undefined,
    wake: Value = undefined,
  ): PinIrq | null {
    this.$handler ??= new PinIrq(this);
    const { port } = board().data;
    checkPortArguments("Pin.irq", { hard, priority, wake });
    const given = [handler, trigger, hard, priority, wake];
    const rules = portRules[port];
    rules.checkIrq(this.$line, hard !== undefined && truth(hard));
    if (given.some((argument) => argument !== undefined)) {
      if (port === "stm32") claimLine(this.$line, handler ?? null);
      if (port === "esp32" && this.$wakes(trigger, wake ?? null)) return this.$handler;
      const edges = trigger === undefined ? FALLING | RISING : wantedEdges(index(trigger));
      this.$handler.$install(handler ?? null, edges, hard !== undefined && truth(hard));
    }
    // A pyboard's is not an object yet.
    return port === "stm32" ? null : this.$handler;
  }

  /** Whether a level of the pin ends sleeps now, instead of an interrupt. */
  private $wakes(trigger: Value, wake: Value): boolean {
    const edges = trigger === undefined ? 0 : wantedEdges(index(trigger));
    if (wake === null || (edges !== LOW_LEVEL && edges !== HIGH_LEVEL)) {
      wakesNoMore(this.$line);
      return false;
    }
    wakeByPin(this.$line, edges === LOW_LEVEL ? 0 : 1, wake);
    return true;
  }

  [PRINT](): string {
    return portRules[board().data.port].print(this.$line);
  }
}

/** A pyboard's modes and pulls can be asked for, not set. */
function refuseSetting(given: Value): void {
  if (given === undefined || board().data.port !== "stm32") return;
  throw new TypeError("function takes 1 positional arguments but 2 were given");
}

function level(value: Value): Level {
  return truth(value) ? 1 : 0;
}

define(Pin, {
  builtin: true,
  attrs: { board: Pin.board, cpu: Pin.cpu },
  statics: {
    __new__: `cls, ${SIGNATURE}`,
    dict: "dict=, /",
    mapper: "fun=, /",
    debug: "state=, /",
  },
  methods: {
    __init__: SIGNATURE,
    init: "mode=, pull=, *, value=, alt=, drive=, hold=, af=",
    value: "x=, /",
    __call__: "x=, /",
    on: "",
    off: "",
    high: "",
    low: "",
    toggle: "",
    mode: "mode=",
    pull: "pull=",
    drive: "drive=",
    name: "",
    names: "",
    pin: "",
    port: "",
    gpio: "",
    af: "",
    af_list: "",
    irq: "handler=, trigger=, hard=, *, priority=, wake=",
  },
});
portMembers(Pin, "machine.Pin");
