/**
 * IP addresses as text and as bytes, for `socket.inet_pton` and `inet_ntop`. The text of IPv6 is that of
 * the C library: the longest run of zero groups is `::`, and an embedded IPv4 address keeps its dots.
 */

const GROUPS = 8;

/** The bytes of an address; null where the text is none. */
export function addressBytes(text: string, family: 4 | 6): number[] | null {
  if (family === 4) return dotted(text);
  const [head = "", tail, ...more] = text.split("::");
  if (more.length > 0) return null;
  const before = groups(head, tail === undefined);
  const after = tail === undefined ? [] : groups(tail, true);
  if (before === null || after === null) return null;
  const missing = 2 * GROUPS - before.length - after.length;
  if (tail === undefined ? missing !== 0 : missing < 2) return null;
  return [...before, ...new Array<number>(missing).fill(0), ...after];
}

function dotted(text: string): number[] | null {
  const parts = text.split(".");
  const isValid = parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part));
  const bytes = parts.map(Number);
  return isValid && bytes.every((byte) => byte <= 255) ? bytes : null;
}

/** Groups of four hexadecimal digits; the last one may be an IPv4 address. */
function groups(text: string, isLast: boolean): number[] | null {
  if (text === "") return [];
  const bytes: number[] = [];
  const parts = text.split(":");
  for (const [at, part] of parts.entries()) {
    if (isLast && at === parts.length - 1 && part.includes(".")) {
      const embedded = dotted(part);
      if (embedded === null) return null;
      bytes.push(...embedded);
    } else if (/^[0-9a-fA-F]{1,4}$/.test(part)) {
      const group = Number.parseInt(part, 16);
      bytes.push(group >> 8, group & 255);
    } else return null;
  }
  return bytes;
}

/** The text of 4 or 16 bytes. */
export function addressText(bytes: Uint8Array): string {
  if (bytes.length === 4) return bytes.join(".");
  const values = Array.from({ length: GROUPS }, (_, at) => {
    return ((bytes[2 * at] as number) << 8) | (bytes[2 * at + 1] as number);
  });
  const [start, length] = longestZeros(values);
  const isEmbedded = start === 0 && (length === 6 || (length === 5 && values[5] === 0xffff));
  const written = values.map((value) => value.toString(16));
  if (isEmbedded) written.splice(6, 2, bytes.subarray(12).join("."));
  if (length < 2) return written.join(":");
  return `${written.slice(0, start).join(":")}::${written.slice(start + length).join(":")}`;
}

/** Where the longest run of zeros begins, and how long it is: the first of the longest ones. */
function longestZeros(values: readonly number[]): [start: number, length: number] {
  let best: [number, number] = [0, 0];
  let length = 0;
  for (const [at, value] of values.entries()) {
    length = value === 0 ? length + 1 : 0;
    if (length > best[1]) best = [at - length + 1, length];
  }
  return best;
}
