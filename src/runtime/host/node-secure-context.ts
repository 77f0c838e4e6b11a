/** What OpenSSL is to know of the settings of a program's SSLContext. Used by node-tls.ts. */

import { createSecureContext, type SecureContext } from "node:tls";
import { ExtendedUsage, KeyUsage } from "./certificate-fields.js";
import { cipherSuites, opensslName, usesPsk, usesSignature } from "./cipher-suites.js";
import type { NodeCertificate, NodeKey } from "./node-certificates.js";
import type { TlsSettings } from "./tls.js";

/** TLS 1.2 alone, as in the ports. */
const VERSION = "TLSv1.2";
/** OpenSSL's options for what the ports' TLS is built without: tickets, and a second handshake. */
const SSL_OP_NO_TICKET = 1 << 14;
const SSL_OP_NO_RENEGOTIATION = 1 << 30;

export function secureContext(settings: TlsSettings): SecureContext {
  const { certificates, key, server } = settings;
  const asked = settings.ciphers.length > 0 ? settings.ciphers : cipherSuites;
  const fit = server ? asked.filter((suite) => serves(settings, suite)) : asked;
  // OpenSSL does not ask what a certificate may be used for; without one it refuses by itself.
  const hasCertificate = key !== null && (!server || fit.some((suite) => !usesPsk(suite)));
  const suites = fit.length > 0 ? fit : asked;
  return createSecureContext({
    minVersion: VERSION,
    maxVersion: VERSION,
    // MicroPython sets limits of its own, and none to its own keys.
    ciphers: `${suites.map(opensslName).join(":")}:@SECLEVEL=0`,
    secureOptions: SSL_OP_NO_TICKET | SSL_OP_NO_RENEGOTIATION,
    honorCipherOrder: server,
    ...(hasCertificate && {
      key: (key as NodeKey).pem,
      cert: certificates.map((certificate) => (certificate as NodeCertificate).pem).join("\n"),
    }),
  });
}

/** Whether a server's certificate may be used with a suite. */
function serves({ certificates, key }: TlsSettings, suite: string): boolean {
  if (key === null || usesPsk(suite)) return true;
  const { fields } = certificates[0] as NodeCertificate;
  const usage = usesSignature(suite) ? KeyUsage.DIGITAL_SIGNATURE : KeyUsage.KEY_ENCIPHERMENT;
  return fields.allows(usage) && fields.allowsExtended(ExtendedUsage.SERVER_AUTH);
}
