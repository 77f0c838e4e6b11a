/** How the pixels of a frame buffer lie in its memory: one row for each format of `framebuf`. */

export interface Surface {
  memory: Uint8Array;
  width: number;
  height: number;
  stride: number;
  format: PixelFormat;
}

export interface PixelFormat {
  bits: number;
  /** Rows of bytes hold a multiple of so many pixels. */
  align: number;
  /** Eight rows share a byte. */
  vertical: boolean;
  get(surface: Surface, x: number, y: number): number;
  set(surface: Surface, x: number, y: number, color: number): void;
}

/** Formats of 1, 2 or 4 bits, several pixels to a byte from left to right. */
function packed(bits: 1 | 2 | 4, lowFirst: boolean): PixelFormat {
  const perByte = 8 / bits;
  const mask = (1 << bits) - 1;
  const shift = (x: number): number =>
    bits * (lowFirst ? x % perByte : perByte - 1 - (x % perByte));
  const at = ({ stride }: Surface, x: number, y: number): number =>
    Math.floor((x + y * stride) / perByte);
  return {
    bits,
    align: perByte,
    vertical: false,
    get: (surface, x, y) => ((surface.memory[at(surface, x, y)] as number) >> shift(x)) & mask,
    set(surface, x, y, color) {
      const value = bits === 1 ? Number(color !== 0) : color & mask;
      const index = at(surface, x, y);
      const kept = (surface.memory[index] as number) & ~(mask << shift(x));
      surface.memory[index] = kept | (value << shift(x));
    },
  };
}

const vertical: PixelFormat = {
  bits: 1,
  align: 1,
  vertical: true,
  get: ({ memory, stride }, x, y) => ((memory[(y >> 3) * stride + x] as number) >> (y & 7)) & 1,
  set({ memory, stride }, x, y, color) {
    const index = (y >> 3) * stride + x;
    const bit = 1 << (y & 7);
    memory[index] =
      color === 0 ? (memory[index] as number) & ~bit : (memory[index] as number) | bit;
  },
};

const grey: PixelFormat = {
  bits: 8,
  align: 1,
  vertical: false,
  get: ({ memory, stride }, x, y) => memory[x + y * stride] as number,
  set({ memory, stride }, x, y, color) {
    memory[x + y * stride] = color;
  },
};

const rgb565: PixelFormat = {
  bits: 16,
  align: 1,
  vertical: false,
  get({ memory, stride }, x, y) {
    const at = 2 * (x + y * stride);
    return (memory[at] as number) | ((memory[at + 1] as number) << 8);
  },
  set({ memory, stride }, x, y, color) {
    const at = 2 * (x + y * stride);
    memory[at] = color;
    memory[at + 1] = color >> 8;
  },
};

/** By the numbers of `framebuf.MONO_VLSB` and so on. */
export const pixelFormats: Readonly<Record<number, PixelFormat>> = {
  0: vertical,
  1: rgb565,
  2: packed(4, false),
  3: packed(1, false),
  4: packed(1, true),
  5: packed(2, true),
  6: grey,
};
