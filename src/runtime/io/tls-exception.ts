/** The Python exception for an error of TLS or of the connection below it. */

import { osError } from "../core/exception/errno-name.js";
import { OSError } from "../core/exception/exceptions.js";
import { tlsErrorName } from "../host/tls-errors.js";

/** Errors of MicroPython's TLS are far below zero; what stands between are errno numbers. */
const LOWEST_ERRNO = -256;

/** `OSError(-30592, 'MBEDTLS_ERR_SSL_FATAL_ALERT_MESSAGE')`, `OSError(104,)` */
export function tlsException(error: number): OSError {
  return new OSError(error, tlsErrorName(error));
}

/** The exception for `Connection.error`: an errno, or an error of TLS. */
export function connectionException(error: number): OSError {
  return error > 0 || error > LOWEST_ERRNO ? osError(Math.abs(error)) : tlsException(error);
}
