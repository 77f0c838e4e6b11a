/** Keys and certificates as node-tls.ts takes them, of what mbedTLS knows: RSA and curves, PEM and DER. */

import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { CertificateFields } from "./certificate-fields.js";
import type { TlsCertificate, TlsKey } from "./tls.js";

export class NodeKey implements TlsKey {
  readonly tlsKey = true;

  constructor(readonly object: KeyObject) {}

  get pem(): string {
    return this.object.export({ type: "pkcs8", format: "pem" }) as string;
  }
}

export class NodeCertificate implements TlsCertificate {
  readonly der: Uint8Array;
  readonly publicKey: KeyObject;
  readonly fields: CertificateFields;

  constructor(readonly x509: X509Certificate) {
    this.der = x509.raw;
    this.publicKey = x509.publicKey;
    this.fields = new CertificateFields(x509.raw);
  }

  get pem(): string {
    return this.x509.toString();
  }

  get isSelfIssued(): boolean {
    return this.x509.subject === this.x509.issuer;
  }
}

export function parseKey(data: Uint8Array): NodeKey | null {
  const text = pemText(data);
  const bytes = Buffer.from(data);
  const forms =
    text !== null
      ? [{ key: text, format: "pem" as const }]
      : (["pkcs8", "pkcs1", "sec1"] as const).map((type) => ({
          key: bytes,
          format: "der" as const,
          type,
        }));
  for (const form of forms) {
    try {
      const key = createPrivateKey(form);
      return isKnown(key) ? new NodeKey(key) : null;
    } catch {
      // Another form, or none.
    }
  }
  return null;
}

export function parseCertificates(data: Uint8Array): NodeCertificate[] | null {
  const text = pemText(data);
  const pieces: (string | Uint8Array)[] =
    text === null
      ? [data]
      : (text.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? []);
  if (pieces.length === 0) return null;
  const found = pieces.map(certificate);
  const isWhole = found.every((one) => one !== null && !one.fields.hasUnknownCritical);
  return isWhole ? (found as NodeCertificate[]) : null;
}

/** A certificate in PEM or DER; null when it is none that mbedTLS reads. */
export function certificate(data: string | Uint8Array): NodeCertificate | null {
  try {
    const found = new NodeCertificate(new X509Certificate(data));
    return isKnown(found.publicKey) ? found : null;
  } catch {
    return null;
  }
}

/** mbedTLS knows RSA and curves. */
function isKnown({ asymmetricKeyType }: KeyObject): boolean {
  return asymmetricKeyType === "rsa" || asymmetricKeyType === "ec";
}

function pemText(data: Uint8Array): string | null {
  const text = Buffer.from(data).toString("latin1");
  return text.includes("-----BEGIN ") ? text : null;
}
