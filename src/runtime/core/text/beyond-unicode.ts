/**
 * Characters beyond U+10FFFF. MicroPython decodes any four bytes that look like UTF-8, up to
 * U+1FFFFF; JavaScript's strings cannot hold such characters. Each that turns up is given a stand-in,
 * from the end of the last plane for private use down, and is that character again wherever code
 * points or bytes are seen. Used by utf8.ts, `ord` and `repr`.
 */

const FIRST = 0x100000;
const LAST = 0x10fffd;
const REPLACEMENT = 0xfffd;

/** In the order in which they turned up. Strings outlive programs, so these do too. */
const characters: number[] = [];
const standIns = new Map<number, number>();

/** The code point that stands for a character beyond U+10FFFF. */
export function standIn(character: number): number {
  const known = standIns.get(character);
  if (known !== undefined) return known;
  const made = LAST - characters.length;
  if (made < FIRST) return REPLACEMENT;
  characters.push(character);
  standIns.set(character, made);
  return made;
}

/** The character that a code point means. */
export function characterOf(codePoint: number): number {
  return codePoint <= LAST ? (characters[LAST - codePoint] ?? codePoint) : codePoint;
}
