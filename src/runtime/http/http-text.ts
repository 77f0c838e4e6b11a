/** Text and numbers of an HTTP message, as `requests` reads and writes them. */

import { invokeWait, type Waiting } from "../core/blocking/blocking.js";
import { ValueError } from "../core/exception/exceptions.js";
import { bytesOf } from "../core/memory/buffer.js";
import { toBytes } from "../core/text/bytes.js";
import { decodeUtf8, encodeUtf8 } from "../core/text/utf8.js";
import type { Value } from "../core/values.js";

export const END_OF_LINE = "\r\n";

/** Writes str as UTF-8, and bytes. */
export function* send(stream: Value, data: Value): Waiting<void> {
  yield* invokeWait(stream, "write", typeof data === "string" ? toBytes(encodeUtf8(data)) : data);
}

/** A line with its end; "" where the connection has ended. */
export function* readLine(stream: Value): Waiting<string> {
  return decodeUtf8(bytesOf(yield* invokeWait(stream, "readline")));
}

/** The size before a chunk; what follows a semicolon is for others. */
export function chunkSize(line: string): number {
  const digits = line.split(";")[0]?.trim() ?? "";
  if (!/^[0-9a-f]+$/i.test(digits)) {
    throw new ValueError(`invalid syntax for integer with base 16: '${digits}'`);
  }
  return Number.parseInt(digits, 16);
}
