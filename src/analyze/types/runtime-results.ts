/**
 * Types of what the functions of runtime modules give. `int` stands for any int; where a bound is
 * given, MicroPython's documentation or sources bound it. Used by `evaluate.ts`.
 */
import type { Call } from "../../parser/ast.js";
import { ownRow } from "./own-row.js";
import { BYTE, INT32, type Range, SIZE } from "./range.js";
import { structFields } from "./struct-format.js";
import {
  type BuiltinType,
  intIn,
  just,
  type RuntimeClassName,
  type Type,
  tupleOf,
  tupleOfAny,
} from "./type.js";

/** `ticks_ms` and its like wrap at 2 ** 30 (`MICROPY_PY_TIME_TICKS_PERIOD`). */
const TICKS: Range = { low: 0, high: 2 ** 30 - 1 };
const TICKS_DIFF: Range = { low: -(2 ** 29), high: 2 ** 29 - 1 };

type Row = BuiltinType | RuntimeClassName | Range;

const ROWS: Readonly<Record<string, Row>> = {
  "asyncio.create_task": "asyncio.Task",
  "asyncio.current_task": "asyncio.Task",
  "asyncio.get_event_loop": "asyncio.Loop",
  "asyncio.new_event_loop": "asyncio.Loop",
  "asyncio.ticks": TICKS,
  "asyncio.ticks_add": TICKS,
  "asyncio.ticks_diff": TICKS_DIFF,
  "binascii.crc32": SIZE,
  "binascii.hexlify": "bytes",
  "binascii.unhexlify": "bytes",
  "binascii.a2b_base64": "bytes",
  "binascii.b2a_base64": "bytes",
  "gc.mem_alloc": SIZE,
  "gc.mem_free": SIZE,
  "json.dumps": "str",
  "machine.reset_cause": BYTE,
  "machine.unique_id": "bytes",
  "math.acos": "float",
  "math.asin": "float",
  "math.atan": "float",
  "math.atan2": "float",
  "math.cos": "float",
  "math.degrees": "float",
  "math.exp": "float",
  "math.fabs": "float",
  "math.floor": "int",
  "math.ceil": "int",
  "math.trunc": "int",
  "math.log": "float",
  "math.log10": "float",
  "math.log2": "float",
  "math.pow": "float",
  "math.radians": "float",
  "math.sin": "float",
  "math.sqrt": "float",
  "math.tan": "float",
  "os.getcwd": "str",
  "random.getrandbits": SIZE,
  "random.randint": "int",
  "random.randrange": "int",
  "random.random": "float",
  "random.uniform": "float",
  "struct.calcsize": SIZE,
  "struct.pack": "bytes",
  "time.ticks_add": TICKS,
  "time.ticks_cpu": TICKS,
  "time.ticks_diff": TICKS_DIFF,
  "time.ticks_ms": TICKS,
  "time.ticks_us": TICKS,
};

/** What awaiting the result gives. */
const AWAITED: Readonly<Record<string, Row>> = {
  "asyncio.sleep": "None",
  "asyncio.sleep_ms": "None",
};

/** Constants of runtime modules. */
const CONSTANTS: Readonly<Record<string, Row>> = {
  "math.e": "float",
  "math.pi": "float",
  "math.tau": "float",
  "sys.platform": "str",
};

const YEAR: Range = { low: 0, high: INT32.high };

function typeOf(row: Row | null): Type {
  if (row === null) return null;
  return typeof row === "string" ? just(row) : intIn(row);
}

/** What calling `module.name` gives; of coroutines the coroutine, of which nothing is known. */
export function runtimeResult(module: string, name: string, call: Call): Type {
  const path = `${module}.${name}`;
  if (path === "struct.unpack" || path === "struct.unpack_from") return unpacked(call);
  if (path === "time.localtime" || path === "time.gmtime") {
    return tupleOf(Array.from({ length: 8 }, () => intIn(YEAR)));
  }
  return typeOf(ownRow(ROWS, path));
}

export function awaitedResult(module: string, name: string): Type {
  const path = `${module}.${name}`;
  if (path === "asyncio.open_connection") {
    return tupleOf([just("asyncio.StreamReader"), just("asyncio.StreamWriter")]);
  }
  return typeOf(ownRow(AWAITED, path));
}

export function runtimeConstant(module: string, name: string): Type {
  const path = `${module}.${name}`;
  return typeOf(ownRow(CONSTANTS, path));
}

function unpacked({ args }: Call): Type {
  const [format] = args;
  if (format?.kind !== "Constant" || format.value.type !== "str") return tupleOfAny(null);
  const fields = structFields(format.value.value);
  return fields === null ? tupleOfAny(null) : tupleOf(fields);
}

/** Methods of runtime classes, by "module.Class.method". */
const METHODS: Readonly<Record<string, Row>> = {
  "asyncio.Event.is_set": "bool",
  "asyncio.Lock.locked": "bool",
  "asyncio.Task.cancel": "bool",
  "asyncio.Task.done": "bool",
  "machine.ADC.read_u16": { low: 0, high: 65535 },
  "machine.ADC.read_uv": SIZE,
  "machine.UART.any": SIZE,
  "network.WLAN.isconnected": "bool",
  "machine.I2C.readfrom": "bytes",
  "machine.I2C.readfrom_mem": "bytes",
  "machine.SoftI2C.readfrom": "bytes",
  "machine.SoftI2C.readfrom_mem": "bytes",
};

/** Methods that read without an argument, and set with one. */
const READERS: Readonly<Record<string, Row>> = {
  "machine.Pin.value": { low: 0, high: 1 },
  "machine.PWM.duty_u16": { low: 0, high: 65535 },
  "machine.Signal.value": INT32,
  "network.WLAN.active": "bool",
};

export function runtimeMethodResult(cls: RuntimeClassName, name: string, call: Call): Type {
  const path = `${cls}.${name}`;
  const isReading = call.args.length + call.keywords.length === 0;
  return typeOf((isReading ? ownRow(READERS, path) : null) ?? ownRow(METHODS, path));
}

/** Of stm32 these are words of the controller; 31 bits on every port. */
const IRQ: Range = { low: 0, high: INT32.high };

/** Constants of runtime classes, by "module.Class.NAME". */
const STATICS: Readonly<Record<string, Row>> = {
  "machine.Pin.IRQ_FALLING": IRQ,
  "machine.Pin.IRQ_RISING": IRQ,
};

export function runtimeStatic(cls: RuntimeClassName, name: string): Type {
  return typeOf(ownRow(STATICS, `${cls}.${name}`));
}
