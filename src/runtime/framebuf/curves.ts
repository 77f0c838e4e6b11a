/** The points of lines, ellipses and filled polygons, with integers alone. */

type Point = readonly [number, number];

/** Bresenham's line, with its last point. */
export function* linePoints(x1: number, y1: number, x2: number, y2: number): Generator<Point> {
  const [dx, dy] = [Math.abs(x2 - x1), Math.abs(y2 - y1)];
  const [sx, sy] = [x2 > x1 ? 1 : -1, y2 > y1 ? 1 : -1];
  const steep = dy > dx;
  const [long, short] = steep ? [dy, dx] : [dx, dy];
  let [x, y] = [x1, y1];
  let error = 2 * short - long;
  for (let i = 0; i < long; i++) {
    yield [x, y];
    for (; error >= 0; error -= 2 * long) {
      if (steep) x += sx;
      else y += sy;
      if (long === 0) break;
    }
    if (steep) y += sy;
    else x += sx;
    error += 2 * short;
  }
  yield [x2, y2];
}

/** One quadrant of an ellipse around the origin: the flat part after the steep one. */
export function* ellipsePoints(a: number, b: number): Generator<Point> {
  const [aa, bb] = [2 * a * a, 2 * b * b];
  let [x, y] = [a, 0];
  let [changeX, changeY] = [b * b * (1 - 2 * a), a * a];
  let error = 0;
  for (let [stopX, stopY] = [bb * a, 0]; stopX >= stopY; ) {
    yield [x, y];
    y += 1;
    stopY += aa;
    error += changeY;
    changeY += aa;
    if (2 * error + changeX > 0) {
      x -= 1;
      stopX -= bb;
      error += changeX;
      changeX += bb;
    }
  }
  [x, y] = [0, b];
  [changeX, changeY] = [b * b, a * a * (1 - 2 * b)];
  error = 0;
  for (let [stopX, stopY] = [0, aa * b]; stopX <= stopY; ) {
    yield [x, y];
    x += 1;
    stopX += bb;
    error += changeX;
    changeX += bb;
    if (2 * error + changeY > 0) {
      y -= 1;
      stopY -= aa;
      error += changeY;
      changeY += aa;
    }
  }
}

export interface PolygonPen {
  span(x: number, y: number, width: number): void;
  dot(x: number, y: number): void;
  line(from: [number, number], to: [number, number]): void;
}

/** Fills a polygon row by row between the places where its edges cross the row. */
export function polygonRows(points: readonly [number, number][], pen: PolygonPen): void {
  const rows = points.map(([, y]) => y);
  for (let row = Math.min(...rows); row <= Math.max(...rows); row++) {
    const crossings: number[] = [];
    let [px, py] = points[0] as [number, number];
    for (let i = points.length - 1; i >= 0; i--) {
      const [qx, qy] = points[i] as [number, number];
      if (py !== qy && ((py > row && qy <= row) || (py <= row && qy > row))) {
        const slope = Math.trunc((32 * (qx - px) * (row - py)) / (qy - py));
        crossings.push(Math.trunc((32 * px + slope + 16) / 32));
      } else if (row === Math.max(py, qy)) {
        // A corner at the bottom belongs to no crossing.
        if (py < qy) pen.dot(qx, qy);
        else if (qy < py) pen.dot(px, py);
        else pen.line([px, py], [qx, qy]);
      }
      [px, py] = [qx, qy];
    }
    crossings.sort((left, right) => left - right);
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const [left, right] = crossings.slice(i, i + 2) as [number, number];
      pen.span(left, row, right - left + 1);
    }
  }
}
