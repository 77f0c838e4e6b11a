/** The modules of the runtime that a program has imported, by name: packages have their modules from here. */

import { perContext } from "../context.js";
import type { RuntimeModule } from "./module.js";

export const loadedModules = perContext(() => new Map<string, RuntimeModule>());
