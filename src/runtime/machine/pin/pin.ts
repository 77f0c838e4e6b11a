/**
 * `machine.Pin`: one object for each pin of the board, whichever way it is asked for. The board owns
 * the line; edges reach handlers through the program's soft interrupts.
 */

import { define } from "../../core/class/class.js";
import { PyObject } from "../../core/class/object.js";
import { perContext } from "../../core/context.js";
import { index } from "../../core/number/numbers.js";
import { truth } from "../../core/operator/operators.js";
import { PRINT } from "../../core/slots.js";
import { BARE, type Value } from "../../core/values.js";
import { interrupts } from "../../host/interrupts.js";
import { currentBoard } from "../bus-unit.js";
import type { PinLine } from "../hal.js";
import { checkPortArguments } from "../port/port-arguments.js";
import { portMembers, portSignatures } from "../port/port-members.js";
import { portRules } from "../port/port-rules.js";
import { claimLine } from "../pyb/stm32-lines.js";
import { configurePin, levelOf, setDrive } from "./configure-pin.js";
import { ownNames, ownPin } from "./own-pin.js";
import { pinAfsOf, registerAddress } from "./pin-af.js";
import type {} from "./pin-af-constants.js";
import { FALLING, PinIrq, RISING, wantedEdges } from "./pin-irq.js";
import { modeNumber, modeOf, pullNumber, pullOf } from "./pin-modes.js";
import { pinNames } from "./pin-names.js";
import { pinWakes } from "./pin-wakes.js";

/** What reading a pin counts as work (Host.work). */
const READ_WORK = 50;

const SIGNATURE = "id, /, mode=, pull=, *, value=, alt=, drive=, hold=, af=";

const pins = perContext(() => new Map<PinLine, Pin>());

/** The line that an id, a name or a Pin means; raises what the port raises when there is none. */
export function lineOf(id: Value): PinLine {
  if (id instanceof Pin) return id.$line;
  const own = ownPin(id);
  if (own !== null) return own.$line;
  const { data } = currentBoard();
  return portRules[data.port].find(currentBoard(), id);
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
  static readonly board = pinNames("board", ({ aliases }) => aliases, pinOf);
  static readonly cpu = pinNames("cpu", ({ name }) => [name], pinOf);

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

  static override __new__(cls: Value, args: Value[] = []): Value {
    // Without an id, `__init__` says what is missing.
    return cls === Pin && args.length > 0 ? pinOf(lineOf(args[0])) : new cls(BARE);
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
    return settings.some((argument) => argument !== undefined)
      ? configurePin(this.$line, settings)
      : null;
  }

  init(...settings: Value[]): null {
    return configurePin(this.$line, settings);
  }

  value(): number;
  value(x: Value): null;
  value(x: Value = undefined): number | null {
    if (x === undefined) {
      interrupts().worked(READ_WORK);
      return this.$line.read();
    }
    this.$line.write(levelOf(x));
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
    if (mode === undefined) return modeNumber(this.$line);
    this.$line.configure(modeOf(mode), null, null);
    return null;
  }

  pull(pull: Value = undefined): Value {
    if (pull === undefined) return pullNumber(this.$line);
    this.$line.configure(null, pullOf(pull), null);
    return null;
  }

  /** How strongly the pin drives; with an argument: sets it. */
  drive(drive: Value = undefined): Value {
    if (drive === undefined) return this.$line.strength;
    setDrive(this.$line, drive);
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

  /** The number of the alternate function that it has, or had last. */
  af(): number {
    return this.$line.functionNumber;
  }

  af_list(): Value[] {
    return pinAfsOf(this.$line.data.name);
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
    third: Value = undefined,
    hardness: Value = undefined,
    priority: Value = undefined,
    level: Value = undefined,
  ): PinIrq | null {
    this.$handler ??= new PinIrq(this);
    const { port } = currentBoard().data;
    // By position an ESP32's third argument is when to wake.
    const [hard, wake] = port === "esp32" ? [hardness, level ?? third] : [hardness ?? third, level];
    checkPortArguments("Pin.irq", { hard, priority, wake });
    const given = [handler, trigger, hard, priority, wake];
    const rules = portRules[port];
    rules.checkIrq(this.$line, hard !== undefined && truth(hard));
    if (given.some((argument) => argument !== undefined)) {
      if (port === "stm32") claimLine(this.$line, handler ?? null);
      if (port === "esp32" && pinWakes(this.$line, trigger, wake ?? null)) return this.$handler;
      const edges = trigger === undefined ? FALLING | RISING : wantedEdges(index(trigger));
      this.$handler.$install(handler ?? null, edges, hard !== undefined && truth(hard));
    }
    // A pyboard's is not an object yet.
    return port === "stm32" ? null : this.$handler;
  }

  [PRINT](): string {
    return portRules[currentBoard().data.port].print(this.$line);
  }
}

define(Pin, {
  builtin: true,
  attrs: { board: Pin.board, cpu: Pin.cpu },
  statics: {
    __new__: "cls, *args, **more",
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
    irq: "handler=, trigger=, third=, *, hard=, priority=, wake=",
  },
});
portSignatures(Pin, "machine.Pin");
portMembers(Pin, "machine.Pin");
