/** `bluetooth.UUID`: a name of 16, 32 or 128 bits, from a number, a text or bytes. */

import { define } from "../core/class/class.js";
import { PyObject } from "../core/class/object.js";
import { NotImplemented } from "../core/class/singletons.js";
import { ValueError } from "../core/exception/exceptions.js";
import { bufferOf, bytesOf as bytesOfBuffer } from "../core/memory/buffer.js";
import { index } from "../core/number/numbers.js";
import { BUFFER, type Buffer, PRINT } from "../core/slots.js";
import { isInt, type Value } from "../core/values.js";

const DIGITS = 32;
const BITS_16 = 2;
const BITS_32 = 4;
const BITS_128 = 16;

export class UUID extends PyObject {
  /** Lowest byte first. */
  declare private $data: Uint8Array;

  override __init__(value: Value): Value {
    this.$data = bytesOf(value);
    return null;
  }

  get [BUFFER](): (write: boolean) => Buffer | null {
    return (write) => (write ? null : { bytes: this.$data, typecode: "B" });
  }

  __eq__(other: Value): Value {
    return compare(this, other, (order) => order === 0);
  }

  __lt__(other: Value): Value {
    return compare(this, other, (order) => order < 0);
  }

  __le__(other: Value): Value {
    return compare(this, other, (order) => order <= 0);
  }

  __gt__(other: Value): Value {
    return compare(this, other, (order) => order > 0);
  }

  __ge__(other: Value): Value {
    return compare(this, other, (order) => order >= 0);
  }

  __hash__(): number {
    return this.$data.reduce((sum, byte) => (sum * 33 + byte) & 0x3fffffff, this.$data.length);
  }

  [PRINT](): string {
    const digits = [...this.$data].reverse().map((byte) => byte.toString(16).padStart(2, "0"));
    if (this.$data.length < BITS_128) return `UUID(0x${digits.join("")})`;
    const text = digits.join("").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
    return `UUID('${text}')`;
  }
}
define(UUID, {
  builtin: true,
  methods: {
    __init__: "value, /",
    __eq__: "other",
    __lt__: "other",
    __le__: "other",
    __gt__: "other",
    __ge__: "other",
    __hash__: "",
  },
});

/** The bytes, lowest first, as hexadecimal digits: for comparing outside of Python. */
export function uuidKey(uuid: Value): string {
  const bytes = bufferOf(uuid)?.bytes ?? new Uint8Array(0);
  return [...bytes]
    .reverse()
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
}

function bytesOf(value: Value): Uint8Array {
  if (isInt(value)) {
    const number = index(value);
    if (number > 0xffff) throw new ValueError("invalid UUID");
    return Uint8Array.of(number & 0xff, (number >> 8) & 0xff);
  }
  const bytes = bytesOfBuffer(value);
  const isWhole = [BITS_16, BITS_32, BITS_128].includes(bytes.length);
  return isWhole ? bytes.slice() : parse(bytes);
}

/** Digits, the highest first, with hyphens anywhere; no matter whether in a text or in bytes. */
function parse(text: Uint8Array): Uint8Array {
  const data = new Uint8Array(BITS_128);
  let left = DIGITS;
  for (const byte of text) {
    const digit = String.fromCharCode(byte);
    if (digit === "-") continue;
    if (!/[\da-fA-F]/.test(digit)) throw new ValueError("invalid char in UUID");
    left -= 1;
    if (left < 0) throw new ValueError("UUID too long");
    data[left >> 1] = ((data[left >> 1] as number) << 4) | Number.parseInt(digit, 16);
  }
  if (left > 0) throw new ValueError("UUID too short");
  return data;
}

/** Shorter ones come first; of one length the lowest byte decides before the higher ones. */
function compare(left: UUID, right: Value, holds: (order: number) => boolean): Value {
  if (!(right instanceof UUID)) return NotImplemented;
  const [a, b] = [bytesOfBuffer(left), bytesOfBuffer(right)];
  const at = a.length === b.length ? a.findIndex((byte, i) => byte !== b[i]) : -1;
  return holds(at < 0 ? a.length - b.length : (a[at] as number) - (b[at] as number));
}
