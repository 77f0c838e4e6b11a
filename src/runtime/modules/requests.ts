/**
 * The `requests` module, which boards with a network freeze: HTTP over the board's sockets, with the
 * arguments and answers of micropython-lib's. `urequests` is the same under its old name.
 */

import { applyWait, blocking, type Waiting } from "../core/blocking/blocking.js";
import { def } from "../core/call/signature.js";
import { Dict } from "../core/container/dict.js";
import type { Value } from "../core/values.js";
import { performRequest } from "../http/request.js";

export { BodyStream } from "../http/body-stream.js";
export { Response } from "../http/response.js";

export const request = def(
  blocking(function* request(
    method: Value,
    url: Value,
    data: Value = null,
    json: Value = null,
    headers: Value = null,
    stream: Value = null,
    auth: Value = null,
    timeout: Value = null,
    parse_headers: Value = true,
  ): Waiting {
    const given = { method, url, data, json, headers, stream, auth, timeout, parse_headers };
    return yield* performRequest(given);
  }),
  "method, url, data=, json=, headers=, stream=, auth=, timeout=, parse_headers=",
  "request",
);

/** `get(url, **kw)` and its like. */
function asking(method: string) {
  return def(
    blocking(function* (url: Value, kw: Value): Waiting {
      const named = kw instanceof Dict ? Object.fromEntries(kw.entries()) : {};
      return yield* applyWait(request, [method, url], named);
    }),
    "url, **kw",
    method.toLowerCase(),
  );
}

export const head = asking("HEAD");
export const get = asking("GET");
export const post = asking("POST");
export const put = asking("PUT");
export const patch = asking("PATCH");
const remove = asking("DELETE");

export { remove as delete };

export const __version__ = "1.1.1";
