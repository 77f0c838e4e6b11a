/**
 * The `esp` module: the flash memory and the sleep of Espressif's chips, as ports/esp8266/modesp.c and
 * ports/esp32/modesp.c have it. The memory holds what programs write; there is no firmware in it.
 */

import { blocking } from "../core/blocking/blocking.js";
import { def } from "../core/call/signature.js";
import { current } from "../core/context.js";
import { MemoryError, OSError, TypeError, ValueError } from "../core/exception/exceptions.js";
import { bytesOf, writableBytes } from "../core/memory/buffer.js";
import { index } from "../core/number/numbers.js";
import { Bytes } from "../core/text/bytes.js";
import { isInt, type Value } from "../core/values.js";
import { Md5 } from "../crypto/md5.js";
import type { Host } from "../host/host.js";
import { writeApa102 } from "../machine/apa102.js";
import { BlockMemory } from "../machine/block-memory.js";
import { currentBoard } from "../machine/bus-unit.js";
import { EIO } from "../machine/errno.js";
import { notSimulated } from "../machine/not-simulated.js";
import { lineOf } from "../machine/pin/pin.js";
import { setSleepType, sleepType } from "../network/sleep-type.js";
import { deepsleep as sleepDeeply } from "./machine.js";

const FLASH_SIZE = 4 * 1024 * 1024;
const SECTOR = 4096;
const FLASH_ID = 0x1640ef;
const HEAP = 36_000;

/** Where a firmware says how long it is. */
const FIRMWARE_SIZE = 0x8ffc;
const LARGEST = 1024 * 1024;

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
    if (wanted === undefined) return sleepType();
    setSleepType(index(wanted));
    return null;
  },
  "sleep_type=, /",
  "sleep_type",
);

/** Sleeps for so many microseconds; the board starts anew afterwards. */
export const deepsleep = def(
  blocking(function* deepsleep(time_us: Value = 0, rf: Value = 0) {
    const ms = Math.ceil(index(time_us) / 1000);
    index(rf);
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
  return isEsp8266() ? 0x100000 : 0x200000;
}

/** Fills the buffer; an ESP8266 also reads so many bytes. */
export function flash_read(byte_offset: Value, length_or_buffer: Value): Value {
  const offset = index(byte_offset);
  if (isInt(length_or_buffer) && currentBoard().data.port !== "esp32") {
    const length = index(length_or_buffer);
    if (length < 0) {
      const bytes = `allocating ${length >>> 0} bytes`;
      throw new MemoryError(`memory allocation failed, ${bytes}`);
    }
    return new Bytes(part(offset, length));
  }
  const memory = writableBytes(length_or_buffer);
  memory.set(part(offset, memory.length));
  return null;
}

export function flash_write(byte_offset: Value, bytes: Value): null {
  index(byte_offset);
  const data = bytesOf(bytes);
  if (data.length % 4 !== 0 && isEsp8266()) throw new ValueError("len must be multiple of 4");
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
  (uart_no?: Value, level?: Value) => {
    const given = [uart_no, level].filter((each) => each !== undefined).length;
    if (!isEsp8266()) {
      if (given === 0) throw new TypeError("function missing 1 required positional arguments");
      if (level !== undefined) index(level);
    } else if (given !== 1) {
      throw new TypeError(`function takes 1 positional arguments but ${given} were given`);
    } else if (uart_no !== null) index(uart_no);
    return null;
  },
  "uart_no=, level=, /",
  "osdebug",
);

/** Where machine code goes, of which there is none here. */
export const set_native_code_location = def(
  (start: Value, length: Value) => {
    if (start === null && length === null) return null;
    if (index(start) + index(length) > LARGEST) {
      throw new ValueError("flash location must be below 1MByte");
    }
    return null;
  },
  "start, length, /",
  "set_native_code_location",
);

/** Memory of the chip's own software, at an address that this board has not. */
export const malloc = def(
  (size: Value): never => {
    index(size);
    return notSimulated("esp.malloc");
  },
  "size, /",
  "malloc",
);
export const free = def(
  (address: Value): never => {
    index(address);
    return notSimulated("esp.free");
  },
  "address, /",
  "free",
);
export const esf_free_bufs = def(
  (idx: Value): never => {
    index(idx);
    return notSimulated("esp.esf_free_bufs");
  },
  "idx, /",
  "esf_free_bufs",
);

/** LEDs with a clock of their own: what `apa102` sends. */
export const apa102_write = def(
  (clock_pin: Value, data_pin: Value, buf: Value): null => {
    const pixels = bytesOf(buf);
    writeApa102(lineOf(clock_pin), lineOf(data_pin), pixels);
    return null;
  },
  "clock_pin, data_pin, buf, /",
  "apa102_write",
);

/** Signals of the chip on pins of one's choice. */
export const gpio_matrix_in = def(
  (...numbers: Value[]): never => {
    for (const number of numbers) index(number);
    return notSimulated("esp.gpio_matrix_in");
  },
  "pin, signal, inv, /",
  "gpio_matrix_in",
);
export const gpio_matrix_out = def(
  (...numbers: Value[]): never => {
    for (const number of numbers) index(number);
    return notSimulated("esp.gpio_matrix_out");
  },
  "pin, signal, inv, oen_inv, /",
  "gpio_matrix_out",
);

export function freemem(): number {
  return HEAP;
}

/** The chip's own software writes on its serial port, past the program's output. */
export function meminfo(): null {
  return null;
}

/** Whether the firmware in the memory is unharmed; says what it finds. */
export function check_fw(): boolean {
  const say = (text: string): void => (current().host as Host).write(`${text}\n`);
  const memory = flash();
  const size = new DataView(memory.buffer, memory.byteOffset).getUint32(FIRMWARE_SIZE, true);
  say(`size: ${size | 0}`);
  if (size > LARGEST) {
    say("Invalid size");
    return false;
  }
  const hash = new Md5();
  hash.update(memory.subarray(4, size));
  const digest = hash.digest();
  say(`md5: ${[...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`);
  return digest.every((byte, i) => memory[size + i] === byte);
}

const isEsp8266 = (): boolean => currentBoard().data.port === "esp8266";
