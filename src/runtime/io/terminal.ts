/**
 * The terminal of the program and what `os.dupterm` has put beside it: what is printed goes to all of
 * them, input comes from any. From `extmod/os_dupterm.c`.
 */

import { invoke } from "../core/call/call.js";
import { current, perContext } from "../core/context.js";
import { BaseException } from "../core/exception/exceptions.js";
import { formatException } from "../core/exception/traceback.js";
import { ByteArray } from "../core/text/bytearray.js";
import { Bytes } from "../core/text/bytes.js";
import { encodeUtf8 } from "../core/text/utf8.js";
import type { Value } from "../core/values.js";
import type { Host } from "../host/host.js";
import { POLLABLE, type Pollable } from "./pollable.js";

/** By the index that `os.dupterm` was given. */
export const duplicates = perContext(() => new Map<number, Value>());

/** Writes to the terminal and to its duplicates. */
export function writeTerminal(data: string | Uint8Array): void {
  (current().host as Host).write(data);
  if (duplicates().size > 0) duplicate(typeof data === "string" ? encodeUtf8(data) : data);
}

function duplicate(bytes: Uint8Array): void {
  for (const [index, stream] of [...duplicates()]) {
    attempt(index, "write", () => invoke(stream, "write", new Bytes(bytes)));
  }
}

/** A byte that a duplicate has received; null where none has. */
export function readDuplicates(): Uint8Array | null {
  for (const [index, stream] of [...duplicates()]) {
    const byte = new ByteArray(new Uint8Array(1));
    const count = attempt(index, "read", () => invoke(stream, "readinto", byte));
    if (count === 1) return byte.bytes.slice();
    if (count === 0) deactivate(index, "dupterm: EOF received, deactivating\n");
  }
  return null;
}

/** The duplicates, to be told when they have received something; asked while the program runs. */
export const duplicatePollables = (): readonly (Pollable | undefined)[] =>
  [...duplicates().values()].map((stream) => stream[POLLABLE]);

/** What goes wrong takes the duplicate away, and is told on the terminal. */
function attempt(index: number, method: "read" | "write", action: () => Value): Value {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof BaseException)) throw error;
    const text = `dupterm: Exception in ${method}() method, deactivating: `;
    deactivate(index, text + formatException(error));
    return null;
  }
}

function deactivate(index: number, message: string): void {
  duplicates().delete(index);
  (current().host as Host).write(message);
}
