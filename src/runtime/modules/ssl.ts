/** The `ssl` module: `tls` with file names, and the old function `wrap_socket`. */

import { open } from "../builtins/open.js";
import { blocking, type Waiting } from "../core/blocking/blocking.js";
import { def } from "../core/call/signature.js";
import { define } from "../core/class/class.js";
import { PyObject } from "../core/class/object.js";
import { truth } from "../core/operator/unary.js";
import type { Value } from "../core/values.js";

import { SSLContext as TlsContext } from "../io/ssl-context.js";
import { CERT_NONE, PROTOCOL_TLS_CLIENT, PROTOCOL_TLS_SERVER } from "../io/tls-constants.js";

export {
  CERT_NONE,
  CERT_OPTIONAL,
  CERT_REQUIRED,
  MBEDTLS_VERSION,
  PROTOCOL_DTLS_CLIENT,
  PROTOCOL_DTLS_SERVER,
  PROTOCOL_TLS_CLIENT,
  PROTOCOL_TLS_SERVER,
} from "./tls.js";

class ContextOfFiles extends PyObject {
  declare _context: Value;

  override __init__(protocol: Value): Value {
    this._context = new TlsContext(protocol);
    this._context.verify_mode = CERT_NONE;
    return null;
  }

  get verify_mode(): Value {
    return this._context.verify_mode;
  }

  set verify_mode(val: Value) {
    this._context.verify_mode = val;
  }

  /** File names as str, or the data as bytes. */
  load_cert_chain(certfile: Value, keyfile: Value): null {
    const cert = typeof certfile === "string" ? contents(certfile) : certfile;
    return this._context.load_cert_chain(
      cert,
      typeof keyfile === "string" ? contents(keyfile) : keyfile,
    );
  }

  load_verify_locations(cafile: Value = null, cadata: Value = null): null {
    return this._context.load_verify_locations(truth(cafile) ? contents(cafile) : cadata);
  }

  *wrap_socket(
    sock: Value,
    server_side: Value = false,
    do_handshake_on_connect: Value = true,
    server_hostname: Value = null,
  ): Waiting {
    const { _context: context } = this;
    const { wait } = context.wrap_socket as Value;
    return yield* wait.call(context, sock, server_side, do_handshake_on_connect, server_hostname);
  }
}
define(ContextOfFiles, {
  fields: ["_context"],
  name: "SSLContext",
  methods: {
    __init__: "protocol",
    load_cert_chain: "certfile, keyfile",
    load_verify_locations: "cafile=, cadata=",
    wrap_socket: "sock, server_side=, do_handshake_on_connect=, server_hostname=",
  },
  blocking: ["wrap_socket"],
});

function contents(name: Value): Value {
  const file = open(name, "rb");
  try {
    return file.read();
  } finally {
    file.close();
  }
}

/** `wrap_socket(sock, ...)`: a context for one connection; the certificate and key are bytes. */
export const wrap_socket = def(
  blocking(function* wrap_socket(
    sock: Value,
    server_side: Value = false,
    key: Value = null,
    cert: Value = null,
    cert_reqs: Value = CERT_NONE,
    cadata: Value = null,
    server_hostname: Value = null,
    do_handshake: Value = true,
  ): Waiting {
    const server = truth(server_side);
    const context = new ContextOfFiles(server ? PROTOCOL_TLS_SERVER : PROTOCOL_TLS_CLIENT);
    if (truth(cert) || truth(key)) context.load_cert_chain(cert, key);
    if (truth(cadata)) context.load_verify_locations(null, cadata);
    context.verify_mode = cert_reqs;
    const { wait } = context.wrap_socket as Value;
    return yield* wait.call(context, sock, server, do_handshake, server_hostname);
  }),
  "sock, server_side=, key=, cert=, cert_reqs=, cadata=, server_hostname=, do_handshake=",
);

export { ContextOfFiles as SSLContext };
