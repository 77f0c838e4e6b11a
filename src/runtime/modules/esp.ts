/** The `esp` module: the flash memory and the sleep of Espressif's chips. */

import { blocking } from "../core/blocking.js";
import { bytesOf, writableBytes } from "../core/buffer.js";
import { Bytes } from "../core/bytes.js";
import { perContext } from "../core/context.js";
import { OSError, ValueError } from "../core/exceptions.js";
import { index } from "../core/numbers.js";
import { portConstant } from "../core/port-names.js";
import { def } from "../core/signature.js";
import { isInt, type Value } from "../core/values.js";
import { writeApa102 } from "../machine/apa102.js";
import { BlockMemory } from "../machine/block-memory.js";
import { currentBoard } from "../machine/bus-unit.js";
import { EIO } from "../machine/errno.js";
import { notSimulated } from "../machine/not-simulated.js";
import { lineOf } from "../machine/pin.js";
import { deepsleep as sleepDeeply } from "./machine.js";

const FLASH_SIZE = 4 * 1024 * 1024;
const SECTOR = 4096;
const FLASH_ID = 0x1640ef;
const HEAP = 36_000;

const settings = perContext(() => ({ sleep: portConstant("esp", "SLEEP_MODEM") ?? 0 }));

function flash(): Uint8Array {
  // The name of esp32.Partition's memory: it is the same chip.
  return new BlockMemory("esp32", 0, FLASH_SIZE, SECTOR).bytes;
}

function part(offset: Value, length: number): Uint8Array {
  const start = index(offset);
  if (start < 0 || start + length > FLASH_SIZE) throw new OSError(EIO);
  return flash().subarray(start, start + length);
}

/** How the chip saves power when it has nothing to do; with an argument: sets it. */
export const sleep_type = def(
  (wanted?: Value) => {
    if (wanted === undefined) return settings().sleep;
    settings().sleep = index(wanted);
    return null;
  },
  "sleep_type=, /",
  "sleep_type",
);

/** Sleeps for so many microseconds; the board starts anew afterwards. */
export const deepsleep = def(
  blocking(function* deepsleep(time_us: Value = 0) {
    const ms = Math.ceil(index(time_us) / 1000);
    return yield* sleepDeeply.wait(...(ms === 0 ? [] : [ms]));
  }),
  "time_us=, rf=, /",
);

export function flash_id(): number {
  return FLASH_ID;
}

export function flash_size(): number {
  return FLASH_SIZE;
}

/** Where the memory begins that the firmware leaves free. */
export function flash_user_start(): number {
  return currentBoard().data.port === "esp8266" ? 0xa0000 : 0x200000;
}

/** Reads so many bytes, or fills the buffer. */
export function flash_read(byte_offset: Value, length_or_buffer: Value): Value {
  if (isInt(length_or_buffer)) return new Bytes(part(byte_offset, index(length_or_buffer)));
  const memory = writableBytes(length_or_buffer);
  memory.set(part(byte_offset, memory.length));
  return null;
}

export function flash_write(byte_offset: Value, bytes: Value): null {
  const data = bytesOf(bytes);
  if (data.length % 4 !== 0) throw new ValueError("len must be multiple of 4");
  const target = part(byte_offset, data.length);
  for (let i = 0; i < data.length; i++) target[i] = (target[i] as number) & (data[i] as number);
  return null;
}

export function flash_erase(sector_no: Value): null {
  part(index(sector_no) * SECTOR, SECTOR).fill(0xff);
  return null;
}

/** What the chip's own software logs: nothing here. */
export const osdebug = def(
  (_uart_no: Value, _level?: Value) => null,
  "uart_no, level=, /",
  "osdebug",
);

export const set_native_code_location = def(
  (_start: Value, _length: Value): never => notSimulated("esp.set_native_code_location"),
  "start, length, /",
  "set_native_code_location",
);

/** Memory of the chip's own software, at an address that this board has not. */
export const malloc = def((_size: Value): never => notSimulated("esp.malloc"), "size, /", "malloc");
export const free = def((_address: Value): never => notSimulated("esp.free"), "address, /", "free");
export const esf_free_bufs = def(
  (_idx: Value): never => notSimulated("esp.esf_free_bufs"),
  "idx, /",
  "esf_free_bufs",
);

/** LEDs with a clock of their own: what `apa102` sends. */
export const apa102_write = def(
  (clock_pin: Value, data_pin: Value, buf: Value): null => {
    writeApa102(lineOf(clock_pin), lineOf(data_pin), bytesOf(buf));
    return null;
  },
  "clock_pin, data_pin, buf, /",
  "apa102_write",
);

/** Signals of the chip on pins of one's choice. */
export const gpio_matrix_in = def(
  (_pin: Value, _signal: Value, _inv: Value): never => notSimulated("esp.gpio_matrix_in"),
  "pin, signal, inv, /",
  "gpio_matrix_in",
);
export const gpio_matrix_out = def(
  (_pin: Value, _signal: Value, _inv: Value, _oen_inv: Value): never =>
    notSimulated("esp.gpio_matrix_out"),
  "pin, signal, inv, oen_inv, /",
  "gpio_matrix_out",
);

export function freemem(): number {
  return HEAP;
}

export function meminfo(): null {
  return null;
}

/** Whether the firmware is unharmed. */
export function check_fw(): boolean {
  return true;
}
