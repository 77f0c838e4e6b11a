/** Reads the encoding of certificates (DER): elements of a tag and a body. Used by certificate-fields.ts. */

export const Tag = {
  BOOLEAN: 0x01,
  INTEGER: 0x02,
  BIT_STRING: 0x03,
  OCTET_STRING: 0x04,
  OBJECT_IDENTIFIER: 0x06,
  SEQUENCE: 0x30,
} as const;

export interface Element {
  readonly tag: number;
  readonly body: Uint8Array;
}

/** The elements that follow one another in `der`, as far as they are well formed. */
export function* elements(der: Uint8Array): Generator<Element> {
  for (let at = 0; at < der.length; ) {
    const tag = der[at] as number;
    let length = der[at + 1];
    if (length === undefined) return;
    let start = at + 2;
    if (length >= 0x80) {
      const size = length - 0x80;
      if (size === 0 || size > 3) return;
      length = 0;
      for (let i = 0; i < size; i++) length = (length << 8) | (der[start++] ?? 0);
    }
    const end = start + length;
    if (end > der.length) return;
    yield { tag, body: der.subarray(start, end) };
    at = end;
  }
}

/** The elements within the first element of `der`. */
export function children(der: Uint8Array): Element[] {
  const [whole] = elements(der);
  return whole === undefined ? [] : [...elements(whole.body)];
}

/** An object identifier as numbers with dots. */
export function dotted(bytes: Uint8Array): string {
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

/** The value of an integer that is not negative; the largest safe one for anything beyond. */
export function unsigned(bytes: Uint8Array): number {
  let value = 0;
  for (const byte of bytes) value = value * 256 + byte;
  return Math.min(value, Number.MAX_SAFE_INTEGER);
}
