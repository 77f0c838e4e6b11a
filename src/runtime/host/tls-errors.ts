/**
 * The numbers and names of the errors that MicroPython's TLS (mbedTLS) raises, the flaws that it finds
 * in certificates with its texts, and the alerts it sends. Used by hosts and by `io/ssl-socket.ts`.
 */

export const TlsError = {
  INVALID_FORMAT: -0x2180,
  INVALID_EXTENSIONS: -0x2562,
  CERT_VERIFY_FAILED: -0x2700,
  BAD_CONFIG: -0x5e80,
  UNKNOWN_IDENTITY: -0x6c80,
  HANDSHAKE_FAILURE: -0x6e00,
  BAD_PROTOCOL_VERSION: -0x6e80,
  UNEXPECTED_MESSAGE: -0x7700,
  BAD_INPUT_DATA: -0x7100,
  INVALID_MAC: -0x7180,
  INVALID_RECORD: -0x7200,
  CONN_EOF: -0x7280,
  DECODE_ERROR: -0x7300,
  NO_CLIENT_CERTIFICATE: -0x7480,
  CA_CHAIN_REQUIRED: -0x7680,
  FATAL_ALERT_MESSAGE: -0x7780,
  BAD_CERTIFICATE: -0x7a00,
} as const;

const SPECIAL_NAMES: Readonly<Record<number, string>> = {
  [TlsError.INVALID_FORMAT]: "MBEDTLS_ERR_X509_INVALID_FORMAT",
  [TlsError.INVALID_EXTENSIONS]:
    "MBEDTLS_ERR_X509_INVALID_EXTENSIONS+MBEDTLS_ERR_ASN1_UNEXPECTED_TAG",
  [TlsError.CERT_VERIFY_FAILED]: "MBEDTLS_ERR_X509_CERT_VERIFY_FAILED",
  1: "MBEDTLS_ERR_ERROR_GENERIC_ERROR",
};

/** The name that stands beside an error's number. */
export function tlsErrorName(error: number): string {
  const special = SPECIAL_NAMES[error];
  if (special !== undefined) return special;
  const found = Object.entries(TlsError).find(([, number]) => number === error);
  if (found !== undefined) return `MBEDTLS_ERR_SSL_${found[0]}`;
  return `MBEDTLS_ERR_UNKNOWN (0x${Math.abs(error).toString(16).toUpperCase().padStart(4, "0")})`;
}

/** What may be wrong with a certificate chain. */
export const Flaw = {
  EXPIRED: 0x01,
  WRONG_NAME: 0x04,
  NOT_TRUSTED: 0x08,
  FUTURE: 0x0200,
  KEY_USAGE: 0x0800,
  EXTENDED_KEY_USAGE: 0x1000,
  BAD_HASH: 0x4000,
  BAD_KEY: 0x10000,
} as const;

/** What is looked at after the chain itself: alone, these have an error of their own. */
export const USAGE_FLAWS = Flaw.KEY_USAGE | Flaw.EXTENDED_KEY_USAGE;

/** The texts, in the order in which they are listed. */
const FLAW_TEXTS: readonly (readonly [number, string])[] = [
  [Flaw.EXPIRED, "The certificate validity has expired"],
  [Flaw.WRONG_NAME, "The certificate Common Name (CN) does not match with the expected CN"],
  [Flaw.NOT_TRUSTED, "The certificate is not correctly signed by the trusted CA"],
  [Flaw.FUTURE, "The certificate validity starts in the future"],
  [Flaw.KEY_USAGE, "Usage does not match the keyUsage extension"],
  [Flaw.EXTENDED_KEY_USAGE, "Usage does not match the extendedKeyUsage extension"],
  [Flaw.BAD_HASH, "The certificate is signed with an unacceptable hash."],
  [
    Flaw.BAD_KEY,
    "The certificate is signed with an unacceptable key (eg bad curve, RSA too short).",
  ],
];

/** The text of the ValueError for a chain with flaws. */
export function flawText(flaws: number): string {
  return FLAW_TEXTS.filter(([flaw]) => (flaws & flaw) !== 0)
    .map(([, text]) => `\n${text}\n`)
    .join("");
}

export const Alert = {
  HANDSHAKE_FAILURE: 40,
  BAD_CERTIFICATE: 42,
  UNSUPPORTED_CERTIFICATE: 43,
  CERTIFICATE_EXPIRED: 45,
  CERTIFICATE_UNKNOWN: 46,
  UNKNOWN_CA: 48,
  ACCESS_DENIED: 49,
  UNKNOWN_PSK_IDENTITY: 115,
} as const;

/** The alert for a chain with flaws: the gravest decides. */
export function flawAlert(flaws: number): number {
  if (flaws & Flaw.WRONG_NAME) return Alert.BAD_CERTIFICATE;
  if (flaws & (USAGE_FLAWS | Flaw.BAD_KEY)) {
    return Alert.UNSUPPORTED_CERTIFICATE;
  }
  if (flaws & Flaw.EXPIRED) return Alert.CERTIFICATE_EXPIRED;
  return flaws & Flaw.NOT_TRUSTED ? Alert.UNKNOWN_CA : Alert.CERTIFICATE_UNKNOWN;
}
