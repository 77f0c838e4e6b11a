/** The methods of `str`. */

import { typeName } from "../class/type.js";
import { TypeError } from "../exception/exceptions.js";
import { index, intOperand } from "../number/numbers.js";
import type { Value } from "../values.js";
import { textEncoding } from "./encoding.js";
import {
  anyText,
  asText,
  implicitConversion,
  offsetOf,
  positionOf,
  stringLength,
} from "./strings.js";
import { named, type TextKind, textMethods } from "./text-methods.js";

const kind: TextKind = {
  type: "str",
  open: asText,
  argument: asText,
  prefix: anyText,
  needle: asText,
  make: (characters) => characters,
  empty: "",
  offset(characters, at) {
    if (intOperand(at) === undefined) {
      throw new TypeError(`string indices must be integers, not ${typeName(at)}`);
    }
    return offsetOf(characters, index(at));
  },
  position: positionOf,
  length: stringLength,
  width: stringLength,
  is: (value) => typeof value === "string",
};

export const strMethods = {
  ...textMethods(kind),
  ...named({
    encode: [
      (self: Value, encoding: Value = "utf-8", _errors?: Value) => {
        if (typeof self !== "string") throw implicitConversion(self);
        return textEncoding(encoding).encode(self);
      },
      "encoding=, errors=, /",
    ],
  }),
};
