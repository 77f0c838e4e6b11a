/** The `tls` module: TLS contexts as MicroPython's C code offers them. */

export { SSLContext } from "../io/ssl-context.js";
export {
  CERT_NONE,
  CERT_OPTIONAL,
  CERT_REQUIRED,
  PROTOCOL_DTLS_CLIENT,
  PROTOCOL_DTLS_SERVER,
  PROTOCOL_TLS_CLIENT,
  PROTOCOL_TLS_SERVER,
} from "../io/tls-constants.js";

/** The library whose behaviour, names and numbers these are. */
export const MBEDTLS_VERSION = "Mbed TLS 3.6.6";
