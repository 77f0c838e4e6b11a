/**
 * What a random program may show differently here and in MicroPython's wasm, for `source-reference.test.ts`.
 * Each row is one cause, and looks for that cause in what MicroPython makes of the program, so that it
 * excuses nothing else.
 */

export interface Comparison {
  /** The program. */
  text: string;
  wanted: string;
  found: string;
  /** What MicroPython makes of the program when it runs it once more. */
  again(): string;
}

export const allowances: Readonly<Record<string, (comparison: Comparison) => boolean>> = {
  /**
   * Strings are bytes there: an empty pattern of `replace` matches within a character, a precision cuts
   * one, and any bytes can name a keyword (fixtures/differences/strings-broken-utf8).
   */
  "broken strings": ({ text, wanted }) =>
    /^(raised )?no UTF-8: /.test(wanted) ||
    (cuts(text) && (wanted === "raised UnicodeError()" || showsPart(text, wanted))),

  /**
   * The hash of a tuple starts from its address, that of a large number is cut to 32 bits in the wasm and
   * to 64 elsewhere: the order of sets and dicts that hold them is by chance.
   */
  "order of hashes": ({ text, wanted, found }) =>
    hasHashes(text) && ordered(wanted) === ordered(found),

  /** What the order decides, of tuples: MicroPython shows another result when it is asked again. */
  "address of a tuple": ({ text, found, again }) =>
    hasHashes(text) && Array.from({ length: 20 }, again).includes(found),

  /** And of large numbers: which two of the items sorting compares first. */
  "order of a sort": ({ text, wanted, found }) =>
    hasHashes(text) && /\bsort/.test(text) && swapped(wanted) === found,

  /** Two NaN are two objects there, and two keys. */
  "keys that are NaN": ({ text, wanted, found }) =>
    hasHashes(text) && oneNaN(wanted) === oneNaN(found),

  /** NaN is itself there (fixtures/differences/identity-of-numbers). */
  "identity of NaN": ({ text, wanted, found }) =>
    /\bis\b/.test(text) && /nan/.test(wanted) && wanted.replace("True", "False") === found,

  /** A dict whose keys are interned strings finds any other key missing before it asks for a hash. */
  "interned keys": ({ text, wanted, found }) =>
    hasHashes(text) && /^raised TypeError.*__hash__/.test(wanted) && /^raised KeyError/.test(found),

  /** A method is looked up before its arguments are evaluated (fixtures/differences/method-lookup-order). */
  "order of lookup": ({ wanted, found }) =>
    /^raised AttributeError\("'\w+' object has no attribute/.test(wanted) &&
    found.startsWith("raised "),

  /** `pow()` of three arguments gives large ints there, even of small values: the operator has a name then. */
  "ints of pow": ({ text, wanted, found }) =>
    /pow\(/.test(text) && wanted.replace(/ for __\w+__: 'int', '/, " for : 'int', '") === found,

  /** Bytes made of an empty buffer have no address there, and nothing is found in them. */
  "bytes at no address": ({ text, wanted }) =>
    /bytes\((bytearray|memoryview|array)/.test(text) &&
    /^(-1|False|raised ValueError.*)$/.test(wanted),
};

/** The cause of a difference, if it is one of those known. */
export function excuse(comparison: Comparison): string | undefined {
  return Object.keys(allowances).find((cause) => allowances[cause]?.(comparison));
}

/** `replace`, `strip`, a precision or formatted bytes, where there are characters of several bytes. */
const cuts = (text: string): boolean =>
  /[^ -~\n]|\\x[89a-f]/.test(text) && /\.replace\(|strip\(|\.\d|\.format\(|%/.test(text);

/** The program takes the repr of a part of a character, which is taken for another character. */
const showsPart = (text: string, wanted: string): boolean =>
  /\brepr\(|!r|%[^ ]*r/.test(text) &&
  (wanted.match(/\\\\x[01][0-9a-f]/g) ?? []).some((escape) => !text.includes(escape.slice(1)));

/** The message of a comparison that is not supported, of the operands the other way round. */
const swapped = (text: string): string =>
  text.replace(/ for __lt__: '(\w+)', '(\w+)'/, " for __lt__: '$2', '$1'");

const hasHashes = (text: string): boolean => /\bset\b|\bdict\b|\{/.test(text);

const oneNaN = (text: string): string => text.replace(/nan(?:, -?nan)+/g, "nan");

const TOKEN = /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|, |[([{}\])]|[^'"([{}\]),]+|./gs;

/** A repr whose displays have their items in order wherever that order is by chance. */
function ordered(text: string): string {
  const tokens = text.match(TOKEN) ?? [];
  let at = 0;
  const items = (isOutermost: boolean): string => {
    const done: string[] = [];
    let item = "";
    for (; at < tokens.length; at++) {
      const token = tokens[at] as string;
      if (/^[)\]}]$/.test(token) && !isOutermost) break;
      if (token === ", ") {
        done.push(item);
        item = "";
      } else if (/^[([{]$/.test(token)) {
        at++;
        item += token + items(false) + (tokens[at] ?? "");
      } else if (/^['"]./.test(token)) {
        item += token[0] + ordered(token.slice(1));
      } else item += token;
    }
    done.push(item);
    const byChance = done.some((each) => /\(|\d{10}|e\+/.test(each));
    return (byChance ? done.sort() : done).join(", ");
  };
  return items(true);
}
