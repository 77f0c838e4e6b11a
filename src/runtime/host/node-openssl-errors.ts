/** What OpenSSL's reasons for a failure are called in MicroPython. Used by node-tls-connection.ts. */

import { TlsError } from "./tls-errors.js";

/** Alerts from the peer are told by their names. */
const ERRORS: Readonly<Record<string, number>> = {
  ERR_SSL_NO_SHARED_CIPHER: TlsError.HANDSHAKE_FAILURE,
  ERR_SSL_UNSUPPORTED_PROTOCOL: TlsError.BAD_PROTOCOL_VERSION,
  ERR_SSL_WRONG_VERSION_NUMBER: TlsError.INVALID_RECORD,
  ERR_SSL_HTTP_REQUEST: TlsError.INVALID_RECORD,
  ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC: TlsError.INVALID_MAC,
  ERR_SSL_CIPHER_OPERATION_FAILED: TlsError.INVALID_MAC,
  ERR_SSL_BAD_DECRYPT: TlsError.INVALID_MAC,
  ERR_SSL_DIGEST_CHECK_FAILED: TlsError.INVALID_MAC,
  ERR_SSL_BLOCK_CIPHER_PAD_IS_WRONG: TlsError.INVALID_MAC,
  ERR_SSL_INVALID_AAD: TlsError.INVALID_MAC,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: TlsError.BAD_INPUT_DATA,
  ERR_SSL_ENCRYPTED_LENGTH_TOO_LONG: TlsError.BAD_INPUT_DATA,
  ERR_SSL_PSK_IDENTITY_NOT_FOUND: TlsError.UNKNOWN_IDENTITY,
  ERR_SSL_UNEXPECTED_MESSAGE: TlsError.UNEXPECTED_MESSAGE,
  ERR_SSL_LENGTH_MISMATCH: TlsError.DECODE_ERROR,
};

const TLS_1_2 = 0x0303;

/** `asked`: the version that a client has asked for; `secured`: whether the handshake is over. */
export function opensslError(error: Error, asked: number, secured: boolean): number {
  const code = (error as NodeJS.ErrnoException).code ?? "";
  // A client of TLS 1.3 alone asks for 1.2 and says so elsewhere, where mbedTLS does not look: it
  // finds only that they share no suite.
  if (code === "ERR_SSL_UNSUPPORTED_PROTOCOL" && asked >= TLS_1_2)
    return TlsError.HANDSHAKE_FAILURE;
  if (code.includes("_ALERT_")) return TlsError.FATAL_ALERT_MESSAGE;
  return ERRORS[code] ?? (secured ? TlsError.INVALID_RECORD : TlsError.HANDSHAKE_FAILURE);
}
