/** The `io` module: files, streams in memory, and the base of streams written in Python. */

export { open } from "../builtins/open.js";
export { BufferedWriter } from "../io/buffered-writer.js";
export { IOBase } from "../io/io-base.js";
export { BytesIO, StringIO } from "../io/memory-stream.js";
