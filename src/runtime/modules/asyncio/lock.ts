/** `asyncio.lock`. */

export { Lock } from "../../asyncio/lock.js";
export * as $package from "../asyncio.js";
export { coreModule as $dynamic } from "./submodules.js";
