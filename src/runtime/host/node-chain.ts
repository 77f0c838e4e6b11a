/**
 * What MicroPython's TLS finds about a chain of certificates: its rules (mbedTLS with the default
 * profile), its order, over OpenSSL's signatures and names. Used by node-tls.ts.
 */

import type { KeyObject, X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import { type CertificateFields, ExtendedUsage, KeyUsage } from "./certificate-fields.js";
import { certificate, type NodeCertificate } from "./node-certificates.js";
import type { Examination, ExamineOptions } from "./tls.js";
import { Flaw, TlsError } from "./tls-errors.js";

const SHORTEST_RSA = 2048;
const CURVES: ReadonlySet<string> = new Set(["prime256v1", "secp384r1", "secp521r1", "secp256k1"]);
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

/** The error of a chain that cannot be read, whoever trusts it; 0 for others. */
export function chainError(chain: readonly Uint8Array[]): number {
  for (const der of chain) {
    const found = certificate(der);
    if (found === null) return TlsError.INVALID_FORMAT;
    if (found.fields.hasUnknownCritical) return TlsError.INVALID_EXTENSIONS;
  }
  return 0;
}

export function examine(chain: readonly Uint8Array[], options: ExamineOptions): Examination {
  const presented = chain.map(certificate).filter((one) => one !== null);
  const [own, ...others] = presented;
  if (own === undefined || presented.length < chain.length) {
    return { path: chain, flaws: Flaw.NOT_TRUSTED };
  }
  const { path, flaws } = follow(own, others, options.trusted as NodeCertificate[], options.now);
  return {
    path: path.map(({ der }) => der),
    flaws:
      flaws |
      nameFlaw(own.x509, options.hostname) |
      keyFlaw(own.publicKey) |
      usageFlaw(own.fields, options),
  };
}

/** Goes from a certificate to its issuer until a trusted one is reached. */
function follow(
  own: NodeCertificate,
  others: readonly NodeCertificate[],
  trusted: readonly NodeCertificate[],
  now: number,
): { path: NodeCertificate[]; flaws: number } {
  const path = [own];
  let flaws = timeFlaw(own.x509, now);
  let later = others;
  let selfIssued = 0;
  for (let child = own; ; ) {
    if (!SIGNATURES.has(child.fields.signature)) flaws |= Flaw.BAD_HASH;
    // A self-signed certificate may be trusted as it stands.
    if (child === own && own.isSelfIssued && trusted.some((one) => equal(one.der, own.der))) break;
    const depth = path.length - 1 - selfIssued;
    const anchor = issuerIn(trusted, child, { depth, now, isTrusted: true });
    const issuer = anchor ?? issuerIn(later, child, { depth, now, isTrusted: false });
    if (issuer === null) {
      flaws |= Flaw.NOT_TRUSTED;
      break;
    }
    const { parent, hasSigned } = issuer;
    if (child !== own && child.isSelfIssued) selfIssued += 1;
    if (!hasSigned) flaws |= Flaw.NOT_TRUSTED;
    path.push(parent);
    flaws |= keyFlaw(parent.publicKey) | timeFlaw(parent.x509, now);
    if (anchor !== null) break;
    later = later.slice(later.indexOf(parent) + 1);
    child = parent;
  }
  return { path, flaws };
}

interface Issuer {
  readonly parent: NodeCertificate;
  readonly hasSigned: boolean;
}

/** Who has issued a certificate that has `depth` authorities below it; rather one that is still valid. */
function issuerIn(
  candidates: readonly NodeCertificate[],
  child: NodeCertificate,
  { depth, now, isTrusted }: { depth: number; now: number; isTrusted: boolean },
): Issuer | null {
  let outOfDate: Issuer | null = null;
  for (const parent of candidates) {
    if (!mayIssue(parent, child, isTrusted, depth)) continue;
    const hasSigned = child.x509.verify(parent.publicKey);
    if (isTrusted && !hasSigned) continue;
    if (timeFlaw(parent.x509, now) === 0) return { parent, hasSigned };
    outOfDate ??= { parent, hasSigned };
  }
  return outOfDate;
}

/** Trusted certificates of before version 3 could not yet say that they are authorities. */
function mayIssue(
  { x509, fields }: NodeCertificate,
  child: NodeCertificate,
  isTrusted: boolean,
  depth: number,
): boolean {
  if (x509.subject !== child.x509.issuer) return false;
  if (fields.pathLength !== null && fields.pathLength < depth) return false;
  if (isTrusted && fields.version < 3) return true;
  return fields.isAuthority && fields.allows(KeyUsage.KEY_CERT_SIGN);
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

function usageFlaw(own: CertificateFields, { server, signs }: ExamineOptions): number {
  const extended = server ? ExtendedUsage.SERVER_AUTH : ExtendedUsage.CLIENT_AUTH;
  const usage = signs ? KeyUsage.DIGITAL_SIGNATURE : KeyUsage.KEY_ENCIPHERMENT;
  return (
    (own.allows(usage) ? 0 : Flaw.KEY_USAGE) |
    (own.allowsExtended(extended) ? 0 : Flaw.EXTENDED_KEY_USAGE)
  );
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
