/** `input(prompt)`: a line from standard input, without its end. */

import { blocking } from "../core/blocking/blocking.js";
import { def } from "../core/call/signature.js";
import { current } from "../core/context.js";
import { EOFError } from "../core/exception/exceptions.js";
import { str } from "../core/repr.js";
import type { Value } from "../core/values.js";
import type { Host } from "../host/host.js";
import { standardStreams } from "../io/standard-streams.js";

export const input = def(
  blocking(function* input(prompt?: Value) {
    if (prompt !== undefined) (current().host as Host).write(str(prompt));
    const { stdin } = standardStreams();
    const line: string = yield* (stdin.readline as Value).wait.call(stdin);
    if (line === "") throw new EOFError();
    return line.replace(/\r?\n$/, "");
  }),
  "prompt=, /",
);
