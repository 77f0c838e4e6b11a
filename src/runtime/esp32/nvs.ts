/** `esp32.NVS`: numbers and bytes by name, in flash memory that survives resets. */

import { bytesOf, writableBytes } from "../core/buffer.js";
import { define } from "../core/class.js";
import { OSError } from "../core/exceptions.js";
import { index } from "../core/numbers.js";
import { PyObject } from "../core/object.js";
import { PRINT } from "../core/slots.js";
import type { Value } from "../core/values.js";
import { currentBoard } from "../machine/bus-unit.js";
import { textOf } from "../network/names.js";

const LONGEST_NAME = 15;

function failure(code: number, name: string): OSError {
  return new OSError(code, `ESP_ERR_NVS_${name}`);
}

type Entry = number | Uint8Array;

export class NVS extends PyObject {
  declare private $entries: Map<string, Entry>;

  override __init__(namespace: Value): Value {
    const name = textOf(namespace);
    if (name.length === 0 || name.length > LONGEST_NAME) throw failure(-4357, "INVALID_NAME");
    const { backup } = currentBoard();
    const key = `nvs ${name}`;
    const kept = (backup.get(key) as Map<string, Entry> | undefined) ?? new Map<string, Entry>();
    backup.set(key, kept);
    this.$entries = kept;
    return null;
  }

  get_i32(key: Value): number {
    const value = this.$find(key);
    if (typeof value !== "number") throw failure(-4354, "NOT_FOUND");
    return value;
  }

  set_i32(key: Value, value: Value): null {
    this.$entries.set(checked(key), index(value) | 0);
    return null;
  }

  /** Fills the buffer; how many bytes there are. */
  get_blob(key: Value, buffer: Value): number {
    const memory = writableBytes(buffer);
    const value = this.$find(key);
    if (typeof value === "number") throw failure(-4354, "NOT_FOUND");
    if (value.length > memory.length) throw failure(-4364, "INVALID_LENGTH");
    memory.set(value);
    return value.length;
  }

  set_blob(key: Value, value: Value): null {
    this.$entries.set(checked(key), bytesOf(value).slice());
    return null;
  }

  erase_key(key: Value): null {
    this.$find(key);
    this.$entries.delete(textOf(key));
    return null;
  }

  commit(): null {
    return null;
  }

  private $find(key: Value): Entry {
    const value = this.$entries.get(checked(key));
    if (value === undefined) throw failure(-4354, "NOT_FOUND");
    return value;
  }

  [PRINT](): string {
    return "<NVS namespace>";
  }
}
define(NVS, {
  builtin: true,
  methods: {
    __init__: "namespace, /",
    get_i32: "key, /",
    set_i32: "key, value, /",
    get_blob: "key, buffer, /",
    set_blob: "key, value, /",
    erase_key: "key, /",
    commit: "",
  },
});

function checked(key: Value): string {
  const name = textOf(key);
  if (name.length > LONGEST_NAME) throw failure(-4361, "KEY_TOO_LONG");
  return name;
}
