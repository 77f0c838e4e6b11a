/** The `mip` module, which boards with a network freeze: it fetches packages, which a program's folder has in `lib`. */

import { def } from "../core/call/signature.js";
import { NotImplementedError } from "../core/exception/exceptions.js";
import type { Value } from "../core/values.js";

export const install = def(
  (_package: Value, ..._more: Value[]): never => {
    throw new NotImplementedError("mip.install is not simulated: put packages into lib/");
  },
  "package, index=, target=, version=, mpy=",
  "install",
);

export const __version__ = "0.5.0";
