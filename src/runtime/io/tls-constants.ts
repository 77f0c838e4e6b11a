/** The numbers of `tls`'s constants. */

export const PROTOCOL_TLS_CLIENT = 0;
export const PROTOCOL_TLS_SERVER = 1;
export const PROTOCOL_DTLS_CLIENT = 2;
export const PROTOCOL_DTLS_SERVER = 3;
export const CERT_NONE = 0;
export const CERT_OPTIONAL = 1;
export const CERT_REQUIRED = 2;
