/** What seven segments look like as a character: for the displays that are made of them. */

/** Segments a to g, bit 0 first. */
const GLYPHS: Readonly<Record<number, string>> = {
  0: " ",
  63: "0",
  6: "1",
  91: "2",
  79: "3",
  102: "4",
  109: "5",
  125: "6",
  7: "7",
  127: "8",
  111: "9",
  64: "-",
  119: "A",
  124: "b",
  57: "C",
  94: "d",
  121: "E",
  113: "F",
  99: "°",
};

/** "?" for what is no character. */
export function glyphOf(segments: number): string {
  return GLYPHS[segments & 0x7f] ?? "?";
}
