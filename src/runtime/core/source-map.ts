/**
 * Source maps of emitted modules, for tracebacks: from a position in the JavaScript to the line of
 * the Python file. The loader registers each module's map under the URL that stacks show.
 */

/** A source map of version 3, as far as it is needed here. */
export interface SourceMap {
  sources: readonly (string | null)[];
  mappings: string;
  names?: readonly string[];
  /** Functions of the Python file, outer ones first; lambdas with the columns of their ends. */
  x_functions?: readonly FunctionExtent[];
  /** The name that tracebacks show. */
  x_file?: string;
}

type FunctionExtent = readonly [
  first: number,
  last: number,
  name: string,
  start?: number,
  end?: number,
];

/** A map, its JSON, or what reads that when a traceback needs it. */
export type SourceMapSource = SourceMap | string | (() => string);

export interface Position {
  file: string;
  line: number;
  /** The Python function around it; undefined where the map does not say. */
  name: string | undefined;
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
  const around = map.x_functions?.filter((one) => isInside(one, at, found[3] + 1));
  return {
    file,
    line: at,
    name: map.x_functions === undefined ? undefined : (around?.at(-1)?.[2] ?? "<module>"),
  };
}

/** Lines and columns are counted from 1; the end is the column behind the last one. */
function isInside([first, last, , start, end]: FunctionExtent, line: number, column: number) {
  if (line < first || line > last) return false;
  const begins = start === undefined || line > first || column >= start;
  return begins && (end === undefined || line < last || column < end);
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
