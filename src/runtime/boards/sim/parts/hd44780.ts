/**
 * The controller of character displays (HD44780): takes bytes or halves of bytes when its enable falls,
 * keeps letters and glyphs of the program's own, and is read while its enable is high. `lcd1602` wires it.
 */

const LINE = 0x40;
const MEMORY = 0x80;
/** Milliseconds that it is busy with "clear" and "home", and with everything else. */
const LONG = 1.52;
const SHORT = 0.037;

export class Hd44780 {
  on = false;
  private readonly memory = new Uint8Array(MEMORY).fill(0x20);
  private readonly glyphs = new Uint8Array(64);
  /** Where the next byte goes; in the memory of glyphs while `inGlyphs`. */
  private cursor = 0;
  private inGlyphs = false;
  private step = 1;
  private shift = 0;
  /** Bytes come and go in two halves. */
  private halves = false;
  private upper: number | null = null;
  private readingLower = false;
  private busyUntil = 0;

  constructor(
    private readonly columns: number,
    private readonly rows: number,
    private readonly now: () => number,
    private readonly changed: () => void,
  ) {}

  /** What can be read on the display; a glyph of the program's own is a "?". */
  get lines(): string[] {
    const starts = [0, LINE, this.columns, LINE + this.columns];
    return starts.slice(0, this.rows).map((start) => {
      const codes = Array.from({ length: this.columns }, (_, i) => {
        const line = start & LINE;
        return this.memory[line | (((start & ~LINE) + i + this.shift) % 40)] as number;
      });
      return this.on ? codes.map(letter).join("") : " ".repeat(this.columns);
    });
  }

  /** The enable fell in a write: `pins` are d7 to d0. */
  written(pins: number, isData: boolean): void {
    const byte = this.halves ? this.joined(pins) : pins;
    if (byte === null) return;
    this.busyUntil = this.now() + (!isData && byte < 4 ? LONG : SHORT);
    if (isData) this.store(byte);
    else this.perform(byte);
    this.changed();
  }

  /** What d7 to d0 show in a read, while the enable is high. */
  shown(isData: boolean): number {
    const busy = this.now() < this.busyUntil ? 0x80 : 0;
    const byte = isData ? this.here() : busy | this.cursor;
    return this.halves && this.readingLower ? (byte << 4) & 0xf0 : byte;
  }

  /** The enable fell in a read. */
  wasRead(isData: boolean): void {
    if (this.halves) {
      this.readingLower = !this.readingLower;
      if (this.readingLower) return;
    }
    if (isData) this.advance();
  }

  private joined(pins: number): number | null {
    const { upper } = this;
    this.upper = upper === null ? pins & 0xf0 : null;
    return upper === null ? null : upper | (pins >> 4);
  }

  private perform(code: number): void {
    if (code & 0x80) {
      this.cursor = code & 0x7f;
      this.inGlyphs = false;
    } else if (code & 0x40) {
      this.cursor = code & 0x3f;
      this.inGlyphs = true;
    } else if (code & 0x20) {
      this.halves = (code & 0x10) === 0;
      this.upper = null;
      this.readingLower = false;
    } else if (code & 0x10) {
      const by = code & 0x04 ? -1 : 1;
      if (code & 0x08) this.shift = (this.shift + by + 40) % 40;
      else this.cursor = (this.cursor - by) & 0x7f;
    } else if (code & 0x08) this.on = (code & 0x04) !== 0;
    else if (code & 0x04) this.step = code & 0x02 ? 1 : -1;
    else if (code !== 0) this.home(code === 0x01);
  }

  private home(clears: boolean): void {
    if (clears) {
      this.memory.fill(0x20);
      this.step = 1;
    }
    this.cursor = 0;
    this.shift = 0;
    this.inGlyphs = false;
  }

  private here(): number {
    return (this.inGlyphs ? this.glyphs[this.cursor & 0x3f] : this.memory[this.cursor]) as number;
  }

  private store(byte: number): void {
    if (this.inGlyphs) this.glyphs[this.cursor & 0x3f] = byte;
    else this.memory[this.cursor] = byte;
    this.advance();
  }

  private advance(): void {
    this.cursor = (this.cursor + (this.inGlyphs ? 1 : this.step)) & (this.inGlyphs ? 0x3f : 0x7f);
  }
}

function letter(code: number): string {
  if (code < 0x10) return "?";
  if (code === 0xdf) return "°";
  return code >= 0x20 && code < 0x7e ? String.fromCharCode(code) : "?";
}
