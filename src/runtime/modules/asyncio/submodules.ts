/** The submodules of asyncio as the attributes that they are: of the package, `core` also of each other. */

import { asModule } from "../../core/module/imports.js";
import type { DynamicNames } from "../../core/module/module.js";
import type { Value } from "../../core/values.js";
import * as core from "./core.js";
import * as event from "./event.js";
import * as funcs from "./funcs.js";
import * as lock from "./lock.js";
import * as stream from "./stream.js";

const loaded = { core, event, funcs, lock, stream };

function attribute(name: keyof typeof loaded): { get(): Value } {
  return { get: () => asModule(loaded[name], `asyncio.${name}`) };
}

export const coreModule: DynamicNames = /* @__PURE__ */ (() => ({ core: attribute("core") }))();

export const allModules: DynamicNames = /* @__PURE__ */ Object.fromEntries(
  (Object.keys(loaded) as (keyof typeof loaded)[]).map((name) => [name, attribute(name)]),
);
