/**
 * `esp32.NVS`: numbers and bytes by name, in flash memory that survives resets. What it says, and how much
 * room there is, are those of ESP-IDF's nvs_flash in a partition of six pages.
 */

import { define } from "../core/class/class.js";
import { PyObject } from "../core/class/object.js";
import { OSError } from "../core/exception/exceptions.js";
import { bytesOf, writableBytes } from "../core/memory/buffer.js";
import { index } from "../core/number/numbers.js";
import { PRINT } from "../core/slots.js";
import type { Value } from "../core/values.js";
import { currentBoard } from "../machine/bus-unit.js";
import { textOf } from "../network/names.js";

const LONGEST_NAME = 15;
/** Of six pages one is always empty, for the others to be tidied into. */
const PAGES = 5;
const PAGE_ENTRIES = 126;
const ENTRY = 32;
/** The most of a blob that goes into one page. */
const CHUNK = 4000;

function failure(code: number, name: string): OSError {
  return new OSError(code, `ESP_ERR_NVS_${name}`);
}
const notFound = (): OSError => failure(-4354, "NOT_FOUND");

type Entry = number | Uint8Array;
type Namespace = Map<string, Entry>;

/** Entries of the flash that a value takes: a blob has one for its index, and one for each chunk of it. */
function entriesOf(value: Entry): number {
  if (typeof value === "number") return 1;
  return 1 + Math.max(1, Math.ceil(value.length / CHUNK)) + Math.ceil(value.length / ENTRY);
}

export class NVS extends PyObject {
  declare private $entries: Namespace;

  override __init__(namespace: Value): Value {
    const spaces = namespaces();
    const name = textOf(namespace);
    let entries = spaces.get(shortened(name));
    if (entries === undefined) {
      checkLength(name);
      entries = new Map();
      checkRoom(1);
      spaces.set(name, entries);
    }
    this.$entries = entries;
    return null;
  }

  get_i32(key: Value): number {
    const value = this.$find(key);
    if (typeof value !== "number") throw notFound();
    return value;
  }

  set_i32(key: Value, value: Value): null {
    return this.$write(textOf(key), index(value) | 0);
  }

  /** Fills the buffer; how many bytes there are. An empty buffer only asks for that. */
  get_blob(key: Value, buffer: Value): number {
    const name = textOf(key);
    const memory = writableBytes(buffer);
    const value = this.$find(name);
    if (typeof value === "number") throw notFound();
    if (memory.length === 0) return value.length;
    if (value.length > memory.length) throw failure(-4364, "INVALID_LENGTH");
    memory.set(value);
    return value.length;
  }

  set_blob(key: Value, value: Value): null {
    const name = textOf(key);
    const bytes = bytesOf(value).slice();
    if (bytes.length > PAGES * CHUNK) throw failure(-4366, "VALUE_TOO_LONG");
    return this.$write(name, bytes);
  }

  erase_key(key: Value): null {
    this.$find(key);
    this.$entries.delete(shortened(textOf(key)));
    return null;
  }

  commit(): null {
    return null;
  }

  /** Names are told apart by as many characters as are kept of them. */
  private $find(key: Value): Entry {
    const value = this.$entries.get(shortened(textOf(key)));
    if (value === undefined) throw notFound();
    return value;
  }

  /** What is there already is not written; the old value goes when the new one is there. */
  private $write(name: string, value: Entry): null {
    if (isSame(this.$entries.get(shortened(name)), value)) return null;
    checkLength(name);
    checkRoom(entriesOf(value));
    this.$entries.set(name, value);
    return null;
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

function namespaces(): Map<string, Namespace> {
  const { backup } = currentBoard();
  const kept = (backup.get("nvs") as Map<string, Namespace> | undefined) ?? new Map();
  backup.set("nvs", kept);
  return kept;
}

function shortened(name: string): string {
  return name.slice(0, LONGEST_NAME);
}

function checkLength(name: string): void {
  if (name.length > LONGEST_NAME) throw failure(-4361, "KEY_TOO_LONG");
}

function checkRoom(wanted: number): void {
  let used = 0;
  for (const entries of namespaces().values()) {
    used += 1;
    for (const value of entries.values()) used += entriesOf(value);
  }
  if (used + wanted > PAGES * PAGE_ENTRIES) throw failure(-4357, "NOT_ENOUGH_SPACE");
}

function isSame(before: Entry | undefined, value: Entry): boolean {
  if (typeof before === "number" || typeof value === "number") return before === value;
  return before?.length === value.length && value.every((byte, i) => byte === before[i]);
}
