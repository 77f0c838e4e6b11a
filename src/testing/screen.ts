/**
 * A display of the wiring as a test sees it: as text, for messages of failing tests, and as a picture.
 * Any part with pixels can be shown.
 */

export interface Raster {
  readonly width: number;
  readonly height: number;
  /** The colour of a pixel: 0xrrggbb. */
  colour(x: number, y: number): number;
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const UPPER = "▀";
const LOWER = "▄";
const BOTH = "█";
const BRIGHT = 0x40;
/** The most that a block which is not compressed can hold. */
const BLOCK = 0xffff;

export class Screen {
  constructor(private readonly raster: Raster) {}

  get width(): number {
    return this.raster.width;
  }

  get height(): number {
    return this.raster.height;
  }

  /** "#" for a bright pixel and "." for a dark one; a line for each row. */
  get rows(): string[] {
    return this.lines((x, y) => (this.bright(x, y) ? "#" : "."), 1);
  }

  /** Two rows a line, in blocks: what is drawn can be read in a terminal. */
  get text(): string {
    const block = (x: number, y: number): string => {
      const [upper, lower] = [this.bright(x, y), this.bright(x, y + 1)];
      if (upper && lower) return BOTH;
      return upper ? UPPER : lower ? LOWER : " ";
    };
    return this.lines(block, 2)
      .map((line) => line.trimEnd())
      .join("\n");
  }

  /** The content of a PNG file; each pixel is a square of `scale` by `scale`. */
  png(scale = 1): Uint8Array {
    const { width, height } = this.raster;
    const row = 1 + 3 * width * scale;
    const data = new Uint8Array(row * height * scale);
    for (let y = 0; y < height * scale; y++) {
      for (let x = 0; x < width * scale; x++) {
        const colour = this.raster.colour(Math.floor(x / scale), Math.floor(y / scale));
        data.set([colour >> 16, (colour >> 8) & 0xff, colour & 0xff], y * row + 1 + 3 * x);
      }
    }
    const header = new DataView(new ArrayBuffer(13));
    header.setUint32(0, width * scale);
    header.setUint32(4, height * scale);
    // Eight bits for each of three colours.
    header.setUint16(8, 0x0802);
    const parts = [
      Uint8Array.from(SIGNATURE),
      chunk("IHDR", new Uint8Array(header.buffer)),
      chunk("IDAT", stored(data)),
      chunk("IEND", new Uint8Array(0)),
    ];
    const file = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      file.set(part, at);
      at += part.length;
    }
    return file;
  }

  private bright(x: number, y: number): boolean {
    if (y >= this.height) return false;
    const colour = this.raster.colour(x, y);
    return Math.max(colour >> 16, (colour >> 8) & 0xff, colour & 0xff) >= BRIGHT;
  }

  private lines(glyph: (x: number, y: number) => string, step: number): string[] {
    const lines: string[] = [];
    for (let y = 0; y < this.height; y += step) {
      lines.push(Array.from({ length: this.width }, (_, x) => glyph(x, y)).join(""));
    }
    return lines;
  }
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const whole = new Uint8Array(12 + data.length);
  const view = new DataView(whole.buffer);
  view.setUint32(0, data.length);
  whole.set(
    [...type].map((letter) => letter.charCodeAt(0)),
    4,
  );
  whole.set(data, 8);
  view.setUint32(8 + data.length, crc32(whole.subarray(4, 8 + data.length)));
  return whole;
}

/** A stream that zlib reads, of blocks that are not compressed. */
function stored(data: Uint8Array): Uint8Array {
  const bytes: number[] = [0x78, 0x01];
  for (let at = 0; at === 0 || at < data.length; at += BLOCK) {
    const part = data.subarray(at, at + BLOCK);
    const last = at + BLOCK >= data.length ? 1 : 0;
    const { length } = part;
    bytes.push(last, length & 0xff, length >> 8, ~length & 0xff, (~length >> 8) & 0xff);
    for (const byte of part) bytes.push(byte);
  }
  let [low, high] = [1, 0];
  for (const byte of data) {
    low = (low + byte) % 65521;
    high = (high + low) % 65521;
  }
  bytes.push(high >> 8, high & 0xff, low >> 8, low & 0xff);
  return Uint8Array.from(bytes);
}

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
