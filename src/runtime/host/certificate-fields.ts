/**
 * What mbedTLS reads of a certificate and node:crypto does not tell: the algorithm that signed it, and
 * the extensions that say what it may be used for. Used by node-certificates.ts and node-secure-context.ts.
 */

import { children, dotted, type Element, elements, Tag, unsigned } from "./der.js";

const VERSION = 0xa0;
const EXTENSIONS = 0xa3;

const KEY_USAGE = "2.5.29.15";
const BASIC_CONSTRAINTS = "2.5.29.19";
const EXTENDED_KEY_USAGE = "2.5.29.37";
/** Extensions that mbedTLS reads too: names, policies, identifiers of keys, Netscape's type. */
const OTHERS: ReadonlySet<string> = new Set([
  "2.5.29.14",
  "2.5.29.17",
  "2.5.29.32",
  "2.5.29.35",
  "2.16.840.1.113730.1.1",
]);

const ANY_USAGE = "2.5.29.37.0";

/** What a key may be used for; bits of the extension's first byte. */
export const KeyUsage = {
  DIGITAL_SIGNATURE: 0x80,
  KEY_ENCIPHERMENT: 0x20,
  KEY_CERT_SIGN: 0x04,
} as const;

/** Whom the owner of a key may be. */
export const ExtendedUsage = {
  SERVER_AUTH: "1.3.6.1.5.5.7.3.1",
  CLIENT_AUTH: "1.3.6.1.5.5.7.3.2",
} as const;

export class CertificateFields {
  version = 1;
  /** The dotted identifier of the algorithm that signed it; "" when there is none. */
  readonly signature: string;
  isAuthority = false;
  /** How many authorities may stand between it and the certificate at the end; null: any number. */
  pathLength: number | null = null;
  /** Whether it has an extension that must be understood and is not. */
  hasUnknownCritical = false;
  private keyUsage: number | null = null;
  private extendedUsage: readonly string[] | null = null;

  constructor(der: Uint8Array) {
    const [body, algorithm] = children(der);
    const [identifier] = algorithm === undefined ? [] : elements(algorithm.body);
    this.signature = identifier === undefined ? "" : dotted(identifier.body);
    for (const part of body === undefined ? [] : elements(body.body)) {
      if (part.tag === VERSION) {
        const [number] = elements(part.body);
        this.version = number === undefined ? 1 : 1 + unsigned(number.body);
      } else if (part.tag === EXTENSIONS) {
        for (const extension of children(part.body)) this.read([...elements(extension.body)]);
      }
    }
  }

  /** Whether the key may be used so; a certificate that says nothing allows everything. */
  allows(usage: number): boolean {
    return this.keyUsage === null || (this.keyUsage & usage) === usage;
  }

  allowsExtended(usage: string): boolean {
    const { extendedUsage } = this;
    return extendedUsage === null || [usage, ANY_USAGE].some((one) => extendedUsage.includes(one));
  }

  private read(parts: readonly Element[]): void {
    const [identifier] = parts;
    const value = parts.at(-1);
    if (identifier === undefined || value?.tag !== Tag.OCTET_STRING) return;
    const critical = parts.some(({ tag, body }) => tag === Tag.BOOLEAN && body[0] !== 0);
    const [content] = elements(value.body);
    const name = dotted(identifier.body);
    if (name === BASIC_CONSTRAINTS) this.readConstraints(content);
    else if (name === KEY_USAGE) this.keyUsage = content?.body[1] ?? 0;
    else if (name === EXTENDED_KEY_USAGE) {
      this.extendedUsage = content ? [...elements(content.body)].map((e) => dotted(e.body)) : [];
    } else if (critical && !OTHERS.has(name)) this.hasUnknownCritical = true;
  }

  private readConstraints(content: Element | undefined): void {
    for (const { tag, body } of content === undefined ? [] : elements(content.body)) {
      if (tag === Tag.BOOLEAN) this.isAuthority = body[0] !== 0;
      else if (tag === Tag.INTEGER) this.pathLength = unsigned(body);
    }
  }
}
