/**
 * Keys and certificates as node-tls.ts takes them, and what MicroPython's TLS finds about a chain: its
 * rules (mbedTLS with the default profile), its order, over OpenSSL's signatures and names.
 */

import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import { signatureAlgorithm } from "./der.js";
import type { Examination, ExamineOptions, TlsCertificate, TlsKey } from "./tls.js";
import { Flaw } from "./tls-errors.js";

const SHORTEST_RSA = 2048;
const CURVES: ReadonlySet<string> = new Set(["prime256v1", "secp384r1", "secp521r1", "secp256k1"]);
const SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
const CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
const ANY_USAGE = "2.5.29.37.0";
/** Signatures over SHA-256, SHA-384 and SHA-512: RSA (PKCS #1, PSS) and ECDSA. */
const SIGNATURES: ReadonlySet<string> = new Set([
  "1.2.840.113549.1.1.10",
  "1.2.840.113549.1.1.11",
  "1.2.840.113549.1.1.12",
  "1.2.840.113549.1.1.13",
  "1.2.840.10045.4.3.2",
  "1.2.840.10045.4.3.3",
  "1.2.840.10045.4.3.4",
]);

export class NodeKey implements TlsKey {
  readonly tlsKey = true;

  constructor(readonly object: KeyObject) {}

  get pem(): string {
    return this.object.export({ type: "pkcs8", format: "pem" }) as string;
  }
}

export class NodeCertificate implements TlsCertificate {
  readonly der: Uint8Array;

  constructor(readonly x509: X509Certificate) {
    this.der = x509.raw;
  }

  get pem(): string {
    return this.x509.toString();
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
      return new NodeKey(createPrivateKey(form));
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
  try {
    return pieces.map((piece) => new NodeCertificate(new X509Certificate(piece)));
  } catch {
    return null;
  }
}

function pemText(data: Uint8Array): string | null {
  const text = Buffer.from(data).toString("latin1");
  return text.includes("-----BEGIN ") ? text : null;
}

export function examine(chain: readonly Uint8Array[], options: ExamineOptions): Examination {
  const presented: X509Certificate[] = [];
  try {
    for (const der of chain) presented.push(new X509Certificate(der));
  } catch {
    return { path: chain, flaws: Flaw.NOT_TRUSTED };
  }
  const own = presented[0];
  if (own === undefined) return { path: [], flaws: Flaw.NOT_TRUSTED };
  const trusted = options.trusted.map((certificate) => (certificate as NodeCertificate).x509);
  const { path, flaws } = follow(own, presented.slice(1), trusted, options.now);
  return {
    path: path.map((certificate) => certificate.raw),
    flaws:
      flaws |
      nameFlaw(own, options.hostname) |
      keyFlaw(own.publicKey) |
      usageFlaw(own, options.server),
  };
}

/** Goes from a certificate to its issuer until a trusted one is reached. */
function follow(
  own: X509Certificate,
  others: readonly X509Certificate[],
  trusted: readonly X509Certificate[],
  now: number,
): { path: X509Certificate[]; flaws: number } {
  const path = [own];
  let flaws = timeFlaw(own, now);
  // A self-signed certificate may be trusted as it stands.
  if (own.subject === own.issuer && trusted.some((one) => one.raw.equals(own.raw))) {
    return { path, flaws };
  }
  let left = others;
  for (let child = own; ; ) {
    if (!SIGNATURES.has(signatureAlgorithm(child.raw) ?? "")) flaws |= Flaw.BAD_HASH;
    const anchor = issuerOf(child, trusted);
    const parent = anchor ?? issuerOf(child, left);
    if (parent === undefined) return { path, flaws: flaws | Flaw.NOT_TRUSTED };
    path.push(parent);
    flaws |= keyFlaw(parent.publicKey) | timeFlaw(parent, now);
    if (anchor !== undefined) return { path, flaws };
    left = left.filter((one) => one !== parent);
    child = parent;
  }
}

function issuerOf(
  child: X509Certificate,
  candidates: readonly X509Certificate[],
): X509Certificate | undefined {
  return candidates.find(
    (candidate) =>
      candidate.ca && child.checkIssued(candidate) && child.verify(candidate.publicKey),
  );
}

function timeFlaw({ validFrom, validTo }: X509Certificate, now: number): number {
  return (
    (now > Date.parse(validTo) ? Flaw.EXPIRED : 0) | (now < Date.parse(validFrom) ? Flaw.FUTURE : 0)
  );
}

function nameFlaw(own: X509Certificate, hostname: string | null): number {
  if (hostname === null) return 0;
  if (isIP(hostname) !== 0 && own.checkIP(hostname) !== undefined) return 0;
  const subject = own.subjectAltName === undefined ? "always" : "never";
  return own.checkHost(hostname, { subject, partialWildcards: false }) ? 0 : Flaw.WRONG_NAME;
}

function keyFlaw({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): number {
  const good =
    asymmetricKeyType === "ec"
      ? CURVES.has(asymmetricKeyDetails?.namedCurve ?? "") ||
        asymmetricKeyDetails?.namedCurve?.startsWith("brainpool")
      : (asymmetricKeyDetails?.modulusLength ?? 0) >= SHORTEST_RSA;
  return good ? 0 : Flaw.BAD_KEY;
}

function usageFlaw(own: X509Certificate, server: boolean): number {
  const usages = own.keyUsage as readonly string[] | undefined;
  if (usages === undefined || usages.length === 0) return 0;
  const wanted = server ? SERVER_AUTH : CLIENT_AUTH;
  return usages.includes(wanted) || usages.includes(ANY_USAGE) ? 0 : Flaw.EXTENDED_KEY_USAGE;
}
