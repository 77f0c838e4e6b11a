/** `framebuf.FrameBuffer`: drawing into memory of several pixel formats. */

import { define } from "../core/class/class.js";
import { PyObject } from "../core/class/object.js";
import { typeName } from "../core/class/type.js";
import { TypeError, ValueError } from "../core/exception/exceptions.js";
import { asArray, each } from "../core/iteration/iteration.js";
import { bufferOf, requireBuffer } from "../core/memory/buffer.js";
import { index } from "../core/number/numbers.js";
import { truth } from "../core/operator/operators.js";
import { BUFFER, type Buffer } from "../core/slots.js";
import { encodeUtf8 } from "../core/text/utf8.js";
import type { Value } from "../core/values.js";
import { ellipsePoints, linePoints, polygonRows } from "./curves.js";
import { CELL, glyph } from "./font.js";
import { pixelFormats, type Surface } from "./pixel-format.js";

const LARGEST = 0xffff;
const ALL_QUADRANTS = 0xf;

/** Memory seen as pixels, if it is large enough. */
function surface(args: readonly Value[], write: boolean): Surface {
  const [buffer, w, h, f, s] = args;
  const width = index(w);
  const height = index(h);
  let stride = s === undefined ? width : index(s);
  const format = pixelFormats[index(f)];
  if (width < 1 || height < 1 || width > LARGEST || height > LARGEST) throw new ValueError();
  if (stride > LARGEST || stride < width) throw new ValueError();
  if (format === undefined) throw new ValueError("invalid format");
  const round = (count: number, to: number): number => Math.ceil(count / to) * to;
  stride = round(stride, format.align);
  const rows = format.vertical ? round(height, 8) : height;
  const strides = format.vertical ? rows - 8 : rows - 1;
  const memory = requireBuffer(buffer, write).bytes;
  const pixels = strides * stride + (rows - strides) * round(width, format.align);
  if (Math.floor((pixels * format.bits) / 8) > memory.length) throw new ValueError();
  return { memory, width, height, stride, format };
}

export class FrameBuffer extends PyObject {
  declare private $source: Value;
  declare private $canvas: Surface;

  override __init__(
    buffer: Value,
    width: Value,
    height: Value,
    format: Value,
    stride: Value = undefined,
  ): Value {
    this.$source = buffer;
    this.$canvas = surface([buffer, width, height, format, stride], true);
    return null;
  }

  fill(color: Value): Value {
    this.$area(0, 0, this.$canvas.width, this.$canvas.height, index(color));
    return null;
  }

  fill_rect(x: Value, y: Value, w: Value, h: Value, color: Value): Value {
    this.$area(index(x), index(y), index(w), index(h), index(color));
    return null;
  }

  /** The color of a pixel; with a fourth argument: sets it. */
  pixel(x: Value, y: Value, color: Value = undefined): Value {
    const { $canvas: canvas } = this;
    const [column, row] = [index(x), index(y)];
    if (!inside(canvas, column, row)) return null;
    if (color === undefined) return canvas.format.get(canvas, column, row);
    canvas.format.set(canvas, column, row, index(color));
    return null;
  }

  hline(x: Value, y: Value, w: Value, color: Value): Value {
    return FrameBuffer.prototype.fill_rect.call(this, x, y, w, 1, color);
  }

  vline(x: Value, y: Value, h: Value, color: Value): Value {
    return FrameBuffer.prototype.fill_rect.call(this, x, y, 1, h, color);
  }

  rect(x: Value, y: Value, w: Value, h: Value, color: Value, fill: Value = false): Value {
    if (truth(fill)) return FrameBuffer.prototype.fill_rect.call(this, x, y, w, h, color);
    const [left, top, width, height, c] = [x, y, w, h, color].map(index) as [
      number,
      number,
      number,
      number,
      number,
    ];
    this.$area(left, top, width, 1, c);
    this.$area(left, top + height - 1, width, 1, c);
    this.$area(left, top, 1, height, c);
    this.$area(left + width - 1, top, 1, height, c);
    return null;
  }

  line(x1: Value, y1: Value, x2: Value, y2: Value, color: Value): Value {
    const c = index(color);
    for (const [x, y] of linePoints(index(x1), index(y1), index(x2), index(y2))) this.$dot(x, y, c);
    return null;
  }

  ellipse(
    cx: Value,
    cy: Value,
    xr: Value,
    yr: Value,
    color: Value,
    fill: Value = false,
    mask: Value = ALL_QUADRANTS,
  ): Value {
    const [x0, y0, a, b, c] = [cx, cy, xr, yr, color].map(index) as [
      number,
      number,
      number,
      number,
      number,
    ];
    const quadrants = index(mask) & ALL_QUADRANTS;
    if (a === 0 && b === 0) {
      if (quadrants !== 0) this.$dot(x0, y0, c);
      return null;
    }
    const filled = truth(fill);
    for (const [x, y] of ellipsePoints(a, b)) {
      for (const [bit, sx, sy] of [
        [1, 1, -1],
        [2, -1, -1],
        [4, -1, 1],
        [8, 1, 1],
      ] as const) {
        if ((quadrants & bit) === 0) continue;
        if (filled) this.$area(sx > 0 ? x0 : x0 - x, y0 + sy * y, x + 1, 1, c);
        else this.$dot(x0 + sx * x, y0 + sy * y, c);
      }
    }
    return null;
  }

  /** `coords`: an array of x, y, x, y ... relative to (x, y). */
  poly(x: Value, y: Value, coords: Value, color: Value, fill: Value = false): Value {
    const [left, top, c] = [index(x), index(y), index(color)];
    requireBuffer(coords);
    const values = Array.from(each(coords), index);
    const points: [number, number][] = [];
    for (let i = 0; i + 1 < values.length; i += 2) {
      points.push([values[i] as number, values[i + 1] as number]);
    }
    if (points.length === 0) return null;
    const outline = (from: [number, number], to: [number, number]): void => {
      for (const [px, py] of linePoints(...from, ...to)) this.$dot(left + px, top + py, c);
    };
    if (truth(fill)) {
      polygonRows(points, {
        span: (px, py, width) => this.$area(left + px, top + py, width, 1, c),
        dot: (px, py) => this.$dot(left + px, top + py, c),
        line: outline,
      });
      return null;
    }
    let previous = points[0] as [number, number];
    for (let i = points.length - 1; i >= 0; i--) {
      const point = points[i] as [number, number];
      outline(previous, point);
      previous = point;
    }
    return null;
  }

  /** Copies another buffer; the color `key` is transparent. */
  blit(fbuf: Value, x: Value, y: Value, key: Value = -1, palette: Value = null): Value {
    const source = readable(fbuf);
    const colors = palette === null ? null : readable(palette);
    const { $canvas: canvas } = this;
    const [left, top, transparent] = [index(x), index(y), index(key)];
    for (let row = 0; row < source.height; row++) {
      for (let column = 0; column < source.width; column++) {
        if (!inside(canvas, left + column, top + row)) continue;
        let color = source.format.get(source, column, row);
        if (colors !== null) color = colors.format.get(colors, color, 0);
        if (color !== transparent) canvas.format.set(canvas, left + column, top + row, color);
      }
    }
    return null;
  }

  /** Moves the picture; what it moves away from stays. */
  scroll(xstep: Value, ystep: Value): Value {
    const { $canvas: canvas } = this;
    const { width, height, format } = canvas;
    const [dx, dy] = [index(xstep), index(ystep)];
    const columns = order(width, dx);
    for (const y of order(height, dy)) {
      for (const x of columns) format.set(canvas, x, y, format.get(canvas, x - dx, y - dy));
    }
    return null;
  }

  text(s: Value, x: Value, y: Value, color: Value = 1): Value {
    if (typeof s !== "string") {
      throw new TypeError(`can't convert '${typeName(s)}' object to str implicitly`);
    }
    const [top, c] = [index(y), index(color)];
    let left = index(x);
    for (const code of encodeUtf8(s)) {
      glyph(code).forEach((column, i) => {
        for (let row = 0; row < CELL; row++) {
          if ((column >> row) & 1) this.$dot(left + i, top + row, c);
        }
      });
      left += CELL;
    }
    return null;
  }

  [BUFFER](write: boolean): Buffer | null {
    return bufferOf(this.$source, write);
  }

  /** Its pixels, for blit(). */
  get $surface(): Surface {
    return this.$canvas;
  }

  private $dot(x: number, y: number, color: number): void {
    const { $canvas: canvas } = this;
    if (inside(canvas, x, y)) canvas.format.set(canvas, x, y, color);
  }

  private $area(x: number, y: number, w: number, h: number, color: number): void {
    const { $canvas: canvas } = this;
    const { format } = canvas;
    const right = Math.min(canvas.width, x + w);
    const bottom = Math.min(canvas.height, y + h);
    for (let row = Math.max(0, y); row < bottom; row++) {
      for (let column = Math.max(0, x); column < right; column++)
        format.set(canvas, column, row, color);
    }
  }
}
define(FrameBuffer, {
  builtin: true,
  methods: {
    __init__: "buffer, width, height, format, stride=, /",
    fill: "c, /",
    fill_rect: "x, y, w, h, c, /",
    pixel: "x, y, c=, /",
    hline: "x, y, w, c, /",
    vline: "x, y, h, c, /",
    rect: "x, y, w, h, c, f=, /",
    line: "x1, y1, x2, y2, c, /",
    ellipse: "x, y, xr, yr, c, f=, m=, /",
    poly: "x, y, coords, c, f=, /",
    blit: "fbuf, x, y, key=, palette=, /",
    scroll: "xstep, ystep, /",
    text: "s, x, y, c=, /",
  },
});

function inside({ width, height }: Surface, x: number, y: number): boolean {
  return x >= 0 && y >= 0 && x < width && y < height;
}

/** A buffer, or a tuple (buffer, width, height, format, stride). */
function readable(value: Value): Surface {
  if (value instanceof FrameBuffer) return value.$surface;
  const items = asArray(value);
  if (items.length < 4 || items.length > 5) throw new ValueError();
  return surface(items, false);
}

/** The positions that get another's pixel, in the order in which none is overwritten too early. */
function order(size: number, step: number): number[] {
  const count = Math.max(0, size - Math.abs(step));
  return Array.from({ length: count }, (_, i) => (step < 0 ? i : size - 1 - i));
}
