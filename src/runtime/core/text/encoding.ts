/** Encodings of text: UTF-8 and ASCII, all that MicroPython has. `encode`, `decode`, `str(b, enc)`. */

import { LookupError, UnicodeError } from "../exception/exceptions.js";
import type { Value } from "../values.js";
import { type Bytes, toBytes } from "./bytes.js";
import { asText } from "./strings.js";
import { decodeUtf8, encodeUtf8, isUtf8 } from "./utf8.js";

interface Encoding {
  encode(text: string): Bytes;
  /** Bytes that are no text raise, are left out or replaced, as `errors` says. */
  decode(bytes: Uint8Array, errors: Value): string;
}

const utf8: Encoding = {
  encode: (text) => toBytes(encodeUtf8(text)),
  decode(bytes, errors) {
    if (isUtf8(bytes)) return decodeUtf8(bytes);
    return decodeUtf8(bytes, replacementFor(errors));
  },
};

const ascii: Encoding = {
  encode(text) {
    if (/[^\0-\x7f]/.test(text)) throw new UnicodeError();
    return toBytes(encodeUtf8(text));
  },
  decode(bytes, errors) {
    let result = "";
    for (const byte of bytes) {
      result += byte < 128 ? String.fromCharCode(byte) : replacementFor(errors);
    }
    return result;
  },
};

function replacementFor(errors: Value): string {
  if (errors === "ignore") return "";
  if (errors === "replace") return "\ufffd";
  throw new UnicodeError();
}

const encodings: Record<string, Encoding> = { "utf-8": utf8, utf8, ascii };

export function textEncoding(name: Value): Encoding {
  const encoding = encodings[asText(name)];
  if (encoding === undefined) throw new LookupError(`unknown encoding: ${name}`);
  return encoding;
}
