/** `asyncio.event`. */

export { Event } from "../../asyncio/event.js";
export { ThreadSafeFlag } from "../../asyncio/thread-safe-flag.js";
export * as $package from "../asyncio.js";
export { coreModule as $dynamic } from "./submodules.js";
