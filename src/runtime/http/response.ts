/**
 * `requests.Response`: what a server has answered. Getters cannot wait, so that the body is there already
 * when `content` and `text` are asked for it; `stream=True` leaves it on the connection, for `raw.read()`.
 */

import { str } from "../builtins/strings.js";
import { invokeWait, type Waiting } from "../core/blocking/blocking.js";
import { invoke } from "../core/call/call.js";
import { define } from "../core/class/class.js";
import { PyObject } from "../core/class/object.js";
import { Property } from "../core/class/property.js";
import { bytesOf } from "../core/memory/buffer.js";
import { toBytes } from "../core/text/bytes.js";
import type { Value } from "../core/values.js";
import { BytesIO } from "../io/memory-stream.js";
import { loads } from "../modules/json.js";

export class Response extends PyObject {
  /** The stream that the body comes from; None when it has been read. */
  declare raw: Value;
  declare encoding: Value;
  declare status_code: Value;
  declare reason: Value;
  declare headers: Value;
  declare private $body: Value;
  /** What went wrong while the body was read ahead. */
  declare private $failure: unknown;

  override __init__(f: Value): Value {
    this.raw = f;
    this.encoding = "utf-8";
    this.$body = null;
    this.$failure = null;
    return null;
  }

  close(): null {
    if (this.raw !== null) this.raw.close();
    this.raw = null;
    this.$body = null;
    return null;
  }

  json(): Value {
    return loads(this.$content());
  }

  /** Takes the whole body off the connection; `raw` gives it from memory then. */
  *$readAhead(): Waiting<void> {
    const connection = this.raw;
    try {
      this.raw = new BytesIO(toBytes(bytesOf(yield* invokeWait(connection, "read")).slice()));
    } catch (error) {
      this.$failure = error;
    } finally {
      connection.close();
    }
  }

  $content(): Value {
    if (this.$failure !== null) throw this.$failure;
    if (this.$body !== null) return this.$body;
    try {
      this.$body = invoke(this.raw, "read");
    } finally {
      this.raw.close();
      this.raw = null;
    }
    return this.$body;
  }

  __enter__(): Value {
    return this;
  }

  __exit__(_type: Value, _value: Value, _traceback: Value): null {
    return this.close();
  }
}
define(Response, {
  fields: ["raw", "encoding", "status_code", "reason", "headers"],
  attrs: {
    content: new Property((self: Response) => self.$content(), null, null),
    text: new Property((self: Response) => str(self.$content(), self.encoding), null, null),
  },
  methods: {
    __init__: "f",
    close: "",
    json: "",
    __enter__: "",
    __exit__: "exc_type, exc_val, exc_tb",
  },
});
