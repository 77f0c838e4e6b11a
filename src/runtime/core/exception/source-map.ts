/**
 * Source maps of emitted modules, for tracebacks: from a position in the JavaScript to the line of
 * the Python file. The loader registers each module's map under the URL that stacks show.
 */

/** A source map of version 3, as far as it is needed here. */
export interface SourceMap {
  sources: readonly (string | null)[];
  mappings: string;
  names?: readonly string[];
  /** Functions and classes of the Python file, outer ones first. */
  x_functions?: readonly FunctionExtent[];
  /** The name that tracebacks show. */
  x_file?: string;
}

/** Of a class with the line of its statement, of a lambda with the columns of its ends. */
type FunctionExtent =
  | readonly [first: number, last: number, name: string]
  | readonly [first: number, last: number, name: string, statement: number]
  | readonly [first: number, last: number, name: string, start: number, end: number];

/** A map, its JSON, or what reads that when a traceback needs it. */
export type SourceMapSource = SourceMap | string | (() => string);

export interface Position {
  file: string;
  line: number;
  /** The Python function around it; undefined where the map does not say. */
  name: string | undefined;
  /** In the body of a class: the class statement, which Python executes by a call of the body. */
  outer?: Position;
}

/** [column in the JavaScript, source, line, column], all counted from 0 */
type Segment = readonly [column: number, source: number, line: number, sourceColumn: number];

interface Entry {
  map: SourceMapSource;
  file: string | undefined;
  lines?: Segment[][];
}

/** By URL; null: it was looked for and there is none. */
const registered = new Map<string, Entry | null>();

/** Tells tracebacks about an emitted module; `file` is the name that they show. */
export function registerSourceMap(url: string, map: SourceMapSource, file?: string): void {
  registered.set(url, { map, file });
}

/** Looks up maps that nobody has registered: a host that can read files. */
let find: (url: string) => string | null = () => null;

/** Tells how the map of a module that nobody has registered is found; null: it has none. */
export function findSourceMaps(lookUp: (url: string) => string | null): void {
  find = lookUp;
}

function entryOf(url: string): Entry | null {
  // Some test runners show paths in place of URLs.
  const asFile = url.startsWith("/") ? `file://${encodeURI(url)}` : url;
  const known = registered.get(url) ?? registered.get(asFile);
  if (known !== undefined) return known;
  const map = find(url);
  const entry: Entry | null = map === null ? null : { map, file: undefined };
  registered.set(url, entry);
  return entry;
}

/** Forgets a module whose code nobody can call any more. */
export function unregisterSourceMap(url: string): void {
  registered.delete(url);
}

/** The Python position of a JavaScript one (both counted from 1); undefined for other files. */
export function originalPosition(url: string, line: number, column: number): Position | undefined {
  const entry = entryOf(url);
  if (entry === null) return undefined;
  const map = read(entry);
  entry.lines ??= decode(map.mappings);
  let found: Segment | undefined;
  for (const segment of entry.lines[line - 1] ?? []) {
    if (segment[0] > column - 1) break;
    found = segment;
  }
  if (found === undefined) return undefined;
  const at = found[2] + 1;
  const file = entry.file ?? map.x_file ?? map.sources[found[1]] ?? url;
  if (map.x_functions === undefined) return { file, line: at, name: undefined };
  const around = map.x_functions.filter((one) => isInside(one, at, found[3] + 1));
  return within(around, file, at);
}

/** A line in the last of the functions and classes, which are inside each other. */
function within(around: readonly FunctionExtent[], file: string, line: number): Position {
  const inner = around.at(-1);
  if (inner === undefined) return { file, line, name: "<module>" };
  const [, , name, statement] = inner;
  if (inner.length !== 4 || statement === undefined) return { file, line, name };
  return { file, line, name, outer: within(around.slice(0, -1), file, statement) };
}

/** Lines and columns are counted from 1; the end is the column behind the last one. */
function isInside(extent: FunctionExtent, line: number, column: number): boolean {
  const [first, last] = extent;
  if (line < first || line > last) return false;
  if (extent.length !== 5) return true;
  const [, , , start, end] = extent;
  return (line > first || column >= start) && (line < last || column < end);
}

function read(entry: Entry): SourceMap {
  if (typeof entry.map === "function") entry.map = entry.map();
  if (typeof entry.map === "string") entry.map = JSON.parse(entry.map) as SourceMap;
  return entry.map;
}

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Decodes the base-64 VLQ numbers of `mappings`. */
function decode(mappings: string): Segment[][] {
  const lines: Segment[][] = [];
  let source = 0;
  let sourceLine = 0;
  let sourceColumn = 0;
  for (const group of mappings.split(";")) {
    const segments: Segment[] = [];
    let column = 0;
    for (const text of group.split(",")) {
      if (text === "") continue;
      const [columnStep = 0, sourceStep, lineStep, sourceColumnStep = 0] = numbers(text);
      column += columnStep;
      if (sourceStep === undefined || lineStep === undefined) continue;
      source += sourceStep;
      sourceLine += lineStep;
      sourceColumn += sourceColumnStep;
      segments.push([column, source, sourceLine, sourceColumn]);
    }
    lines.push(segments);
  }
  return lines;
}

function numbers(text: string): number[] {
  const found: number[] = [];
  let value = 0;
  let shift = 0;
  for (const char of text) {
    const digit = DIGITS.indexOf(char);
    value += (digit & 31) << shift;
    shift += 5;
    if (digit & 32) continue;
    found.push(value & 1 ? -(value >> 1) : value >> 1);
    value = 0;
    shift = 0;
  }
  return found;
}
