/** The methods of `bytes`, `bytearray` and `memoryview`. */

import type { Callable } from "../call/signature.js";
import { ValueError } from "../exception/exceptions.js";
import { bytesOf } from "../memory/buffer.js";
import type { MemoryView } from "../memory/memoryview.js";
import { index, intOperand } from "../number/numbers.js";
import { clampIndex, sequenceIndex } from "../operator/bounds.js";
import type { Value } from "../values.js";
import { ByteArray } from "./bytearray.js";
import { Bytes, b, toBytes, toLatin1 } from "./bytes.js";
import { textEncoding } from "./encoding.js";
import { fromHex, hexText } from "./hex.js";
import { anyText, implicitConversion } from "./strings.js";
import { named, type TextKind, textMethods } from "./text-methods.js";

function isByteString(value: Value): boolean {
  return value instanceof Bytes || value instanceof ByteArray;
}

function open(value: Value): string {
  return toLatin1(bytesOf(value));
}

function argument(value: Value): string {
  if (!isByteString(value)) throw implicitConversion(value);
  return open(value);
}

function kindOf(name: string, make: (characters: string) => Value): TextKind {
  return {
    type: name,
    open,
    argument,
    make,
    // Not made while modules load: they depend on one another in circles.
    get empty() {
      return new Bytes(0);
    },
    prefix(value) {
      if (value instanceof Bytes || typeof value === "string") return open(value);
      throw implicitConversion(value);
    },
    needle(value) {
      if (intOperand(value) === undefined) return argument(value);
      const byte = index(value);
      if (byte < 0 || byte > 255) throw new ValueError("bytes value out of range");
      return String.fromCharCode(byte);
    },
    offset: (characters, at) => clampIndex(sequenceIndex(name, at), characters.length),
    position: (_characters, offset) => offset,
    length: (characters) => characters.length,
    width: (characters) => characters.replace(/[\x80-\xbf]/g, "").length,
    is: isByteString,
  };
}

function decode(self: Value, encoding: Value = "utf-8", errors: Value = null): string {
  return textEncoding(encoding).decode(bytesOf(self), errors);
}

/** Two digits for each byte, with a separator between them. */
function hex(self: Value, separator?: Value): string {
  return hexText(bytesOf(self), separator === undefined ? "" : anyText(separator).charAt(0));
}

const decoding: Record<"decode" | "hex", [Callable, string]> = {
  decode: [decode, "encoding=, errors=, /"],
  hex: [hex, "sep=, /"],
};

export const bytesMethods = {
  ...textMethods(kindOf("bytes", b)),
  ...named(decoding),
};

function makeByteArray(characters: string): ByteArray {
  return new ByteArray(new Uint8Array(b(characters)));
}

export const bytearrayMethods = {
  ...textMethods(kindOf("bytearray", makeByteArray)),
  ...named({
    ...decoding,
    append: [
      (self: ByteArray, value: Value) => {
        self.append(value);
        return null;
      },
      "value, /",
    ],
    extend: [
      (self: ByteArray, items: Value) => {
        self.extend(items);
        return null;
      },
      "iterable, /",
    ],
  }),
};

export const memoryviewMethods: Record<string, Callable> = named({ hex: [hex, "sep=, /"] });

export const memoryviewAttributes = { itemsize: (self: MemoryView) => self.itemsize };

export const bytesStatics = named({
  fromhex: [(text) => toBytes(fromHex(bytesOf(text))), "string, /"],
});

export const bytearrayStatics = named({
  fromhex: [(text) => new ByteArray(fromHex(bytesOf(text))), "string, /"],
});
