/** Reads what node:crypto does not tell of a certificate in DER. Used by node-certificates.ts. */

const SEQUENCE = 0x30;
const OBJECT_IDENTIFIER = 0x06;

interface Element {
  readonly tag: number;
  readonly start: number;
  readonly end: number;
}

/** The element at an offset; null when the bytes are none. */
function element(der: Uint8Array, at: number): Element | null {
  const tag = der[at];
  let length = der[at + 1];
  if (tag === undefined || length === undefined) return null;
  let start = at + 2;
  if (length >= 0x80) {
    const size = length - 0x80;
    if (size === 0 || size > 3) return null;
    length = 0;
    for (let i = 0; i < size; i++) length = (length << 8) | (der[start++] ?? 0);
  }
  const end = start + length;
  return end <= der.length ? { tag, start, end } : null;
}

/** The dotted object identifier of the algorithm that signed a certificate, or null. */
export function signatureAlgorithm(der: Uint8Array): string | null {
  const certificate = element(der, 0);
  if (certificate === null) return null;
  const body = element(der, certificate.start);
  const algorithm = body && element(der, body.end);
  if (algorithm?.tag !== SEQUENCE) return null;
  const identifier = element(der, algorithm.start);
  if (identifier?.tag !== OBJECT_IDENTIFIER) return null;
  return dotted(der.subarray(identifier.start, identifier.end));
}

function dotted(bytes: Uint8Array): string {
  const numbers: number[] = [];
  let number = 0;
  for (const byte of bytes) {
    number = number * 128 + (byte & 0x7f);
    if (byte >= 0x80) continue;
    if (numbers.length === 0) numbers.push(Math.min(2, Math.floor(number / 40)));
    numbers.push(numbers.length === 1 ? number - 40 * (numbers[0] as number) : number);
    number = 0;
  }
  return numbers.join(".");
}
