/** The MicroPython whose behaviour this runtime has: `sys`, `os` and `platform` tell it. */

import { tup } from "./values.js";

/** `sys.implementation.version` */
export const VERSION = tup(1, 29, 0, "");
export const RELEASE = VERSION.slice(0, 3).join(".");
/** As builds tell it, with the day of the one that this runtime is tested against. */
export const RELEASE_BUILT = `v${RELEASE} on 2026-08-25`;
