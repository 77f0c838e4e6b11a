/** How functions, bound methods and types are printed. */

import { GeneratorFunction } from "../class/builtin-types.js";
import { identity } from "../class/identity.js";
import { infoOf, typeOf } from "../class/type.js";
import { isDetailed } from "../exception/error-detail.js";
import { repr } from "../repr.js";
import { FUNC, SELF, type Value } from "../values.js";
import { functionName, isBuiltinFunction } from "./signature.js";

export function reprFunction(value: Value): string {
  const type = infoOf(value);
  if (type !== undefined) return `<class '${type.name}'>`;
  if (value[FUNC] !== undefined) {
    if (!isDetailed()) return "<bound_method>";
    const self = repr(value[SELF]);
    return `<bound_method ${identity(value).toString(16)} ${self}.${reprFunction(value[FUNC])}>`;
  }
  if (isBuiltinFunction(value)) return "<function>";
  if (typeOf(value) === GeneratorFunction) return "<generator>";
  return `<function ${functionName(value)} at 0x${identity(value).toString(16)}>`;
}
