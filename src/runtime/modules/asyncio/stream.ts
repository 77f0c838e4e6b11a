/** `asyncio.stream`. */

export { Server, start_server } from "../../asyncio/server.js";
export {
  open_connection,
  Stream,
  Stream as StreamReader,
  Stream as StreamWriter,
} from "../../asyncio/stream.js";
export * as $package from "../asyncio.js";
export { coreModule as $dynamic } from "./submodules.js";
