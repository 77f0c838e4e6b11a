/** `asyncio.funcs`. */

export { gather } from "../../asyncio/gather.js";
export { wait_for, wait_for_ms } from "../../asyncio/wait-for.js";
export * as $package from "../asyncio.js";
export { coreModule as $dynamic } from "./submodules.js";
