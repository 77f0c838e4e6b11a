/** `bluetooth.UUID`: a name of 16, 32 or 128 bits, from a number, a text or bytes. */

import { bufferOf } from "../core/buffer.js";
import { define } from "../core/class.js";
import { ValueError } from "../core/exceptions.js";
import { index } from "../core/numbers.js";
import { PyObject } from "../core/object.js";
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

  __eq__(other: Value): boolean {
    return other instanceof UUID && compare(this, other) === 0;
  }

  __lt__(other: Value): boolean {
    return other instanceof UUID && compare(this, other) < 0;
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
  methods: { __init__: "value, /", __eq__: "other", __lt__: "other", __hash__: "" },
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
    if (number < 0 || number > 0xffff) throw new ValueError("invalid UUID");
    return Uint8Array.of(number & 0xff, number >> 8);
  }
  if (typeof value === "string") return parse(value);
  const bytes = bufferOf(value)?.bytes.slice();
  if (bytes === undefined || ![BITS_16, BITS_32, BITS_128].includes(bytes.length)) {
    throw new ValueError("invalid UUID");
  }
  return bytes;
}

function parse(text: string): Uint8Array {
  const digits = text.replaceAll("-", "");
  if (/[^\da-fA-F]/.test(digits)) throw new ValueError("invalid char in UUID");
  if (digits.length > DIGITS) throw new ValueError("UUID too long");
  if (digits.length < DIGITS) throw new ValueError("UUID too short");
  const pairs = digits.match(/../g) ?? [];
  return Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16)).reverse();
}

function compare(a: UUID, b: UUID): number {
  const [left, right] = [uuidKey(a), uuidKey(b)];
  return left.length - right.length || (left < right ? -1 : left > right ? 1 : 0);
}
