/** How byte strings are printed: `b'a\x00'`. */

const NAMED: Record<number, string> = { 9: "\\t", 10: "\\n", 13: "\\r", 92: "\\\\" };

export function reprBytes(bytes: Uint8Array): string {
  return `b${quoteBytes(bytes)}`;
}

/** In quotes; double ones if there are single quotes, and no double ones, inside. */
export function quoteBytes(bytes: Uint8Array): string {
  const quote = bytes.includes(39) && !bytes.includes(34) ? 34 : 39;
  let result = "";
  for (const byte of bytes) {
    if (byte === quote) result += `\\${String.fromCharCode(byte)}`;
    else if (NAMED[byte] !== undefined) result += NAMED[byte];
    else if (byte >= 32 && byte < 127) result += String.fromCharCode(byte);
    else result += `\\x${byte.toString(16).padStart(2, "0")}`;
  }
  const mark = String.fromCharCode(quote);
  return mark + result + mark;
}
