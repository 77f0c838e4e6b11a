/** The `re` module. */

import { call } from "../core/call/call.js";
import { def } from "../core/call/signature.js";
import { define } from "../core/class/class.js";
import { identity } from "../core/class/identity.js";
import { PyObject } from "../core/class/object.js";
import { IndexError, NotImplementedError } from "../core/exception/exceptions.js";
import { index } from "../core/number/numbers.js";
import { PRINT } from "../core/slots.js";
import { Bytes, b, toLatin1 } from "../core/text/bytes.js";
import { asText } from "../core/text/strings.js";
import { decodeUtf8, encodeUtf8 } from "../core/text/utf8.js";
import { asTuple, BARE, tup, type Value } from "../core/values.js";
import { portMembers } from "../machine/port/port-members.js";
import { type Captures, search as find, type Subject } from "../regex/match.js";
import { compileRegex, type Program } from "../regex/program.js";

/**
 * Patterns and subjects, str or bytes, as a character for each byte: that is what the engine sees, and
 * why `.` matches half an `é`.
 */
function textOf(value: Value): string {
  return value instanceof Bytes ? toLatin1(value) : utf8Text(asText(value));
}

function utf8Text(text: string): string {
  return isAscii(text) ? text : toLatin1(encodeUtf8(text));
}

function like(subject: Value, text: string): Value {
  if (subject instanceof Bytes) return b(text);
  return isAscii(text) ? text : decodeUtf8(b(text));
}

function isAscii(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant.
  return /^[\0-\x7f]*$/.test(text);
}

class Match extends PyObject {
  declare $captures: Captures;
  declare $subject: Value;
  declare $text: string;

  static $of(captures: Captures, subject: Value, text: string): Match {
    const match = new Match(BARE);
    Object.assign(match, { $captures: captures, $subject: subject, $text: text });
    return match;
  }

  group(number: Value): Value {
    const group = this.$number(number);
    const start = this.$captures[2 * group] as number;
    const end = this.$captures[2 * group + 1] as number;
    return start < 0 ? null : like(this.$subject, this.$text.slice(start, end));
  }

  groups(): Value {
    const count = this.$captures.length / 2 - 1;
    return asTuple(
      Array.from({ length: count }, (_, at) => Match.prototype.group.call(this, at + 1)),
    );
  }

  span(number: Value = 0): Value {
    return tup(Match.prototype.start.call(this, number), Match.prototype.end.call(this, number));
  }

  start(number: Value = 0): Value {
    return this.$position(this.$captures[2 * this.$number(number)] as number);
  }

  end(number: Value = 0): Value {
    return this.$position(this.$captures[2 * this.$number(number) + 1] as number);
  }

  private $number(value: Value): number {
    const group = index(value);
    if (group < 0 || group >= this.$captures.length / 2) throw new IndexError(value);
    return group;
  }

  private $position(offset: number): number {
    if (offset < 0 || this.$subject instanceof Bytes || isAscii(this.$text)) return offset;
    return Array.from(decodeUtf8(b(this.$text.slice(0, offset)))).length;
  }

  [PRINT](): string {
    return `<match num=${this.$captures.length / 2}>`;
  }
}
define(Match, {
  name: "match",
  builtin: true,
  methods: { group: "no, /", groups: "/", span: "no=, /", start: "no=, /", end: "no=, /" },
});
portMembers(Match, "re.Match");

class Regex extends PyObject {
  declare $program: Program;

  static $of(pattern: Value): Regex {
    const regex = new Regex(BARE);
    regex.$program = compileRegex(textOf(pattern));
    return regex;
  }

  match(subject: Value, start?: Value, end?: Value): Value {
    return this.$run(subject, true, start, end);
  }

  search(subject: Value, start?: Value, end?: Value): Value {
    return this.$run(subject, false, start, end);
  }

  private $run(value: Value, anchored: boolean, start: Value, end: Value): Value {
    const subject = subjectOf(value);
    const { length } = subject.text;
    // Where to start and to end are numbers of bytes; what a match tells are indices.
    if (start !== undefined) subject.begin = Math.max(0, Math.min(index(start), length));
    if (end !== undefined) subject.end = Math.max(subject.begin, Math.min(index(end), length));
    const captures = find(this.$program, subject, anchored);
    return captures === null ? null : Match.$of(captures, value, subject.text);
  }

  split(value: Value, maxsplit: Value = 0): Value {
    const subject = subjectOf(value);
    const parts: Value[] = [];
    for (let left = index(maxsplit); ; ) {
      const captures = find(this.$program, subject, false);
      if (captures === null || captures[0] === captures[1]) break;
      parts.push(like(value, subject.text.slice(subject.begin, captures[0])));
      if (this.$program.groups > 0) throw new NotImplementedError("splitting with sub-captures");
      subject.begin = captures[1] as number;
      if (left > 0 && --left === 0) break;
    }
    parts.push(like(value, subject.text.slice(subject.begin)));
    return parts;
  }

  sub(replacement: Value, value: Value, count: Value = 0, _flags?: Value): Value {
    const subject = subjectOf(value);
    let result = "";
    let replaced = 0;
    for (let left = index(count); ; ) {
      const captures = find(this.$program, subject, false);
      if (captures === null || captures[0] === captures[1]) break;
      const match = Match.$of(captures, value, subject.text);
      result += subject.text.slice(subject.begin, captures[0]);
      const template = typeof replacement === "function" ? call(replacement, match) : replacement;
      result += expand(textOf(template), match);
      subject.begin = captures[1] as number;
      replaced++;
      if (left > 0 && --left === 0) break;
    }
    if (replaced === 0) return value;
    return like(value, result + subject.text.slice(subject.begin));
  }

  [PRINT](): string {
    return `<re ${identity(this).toString(16)}>`;
  }
}
define(Regex, {
  name: "re",
  builtin: true,
  methods: {
    match: "string, pos=, endpos=, /",
    search: "string, pos=, endpos=, /",
    split: "string, maxsplit=, /",
    sub: "repl, string, count=, flags=, /",
  },
});

function subjectOf(value: Value): Subject {
  const text = textOf(value);
  return { text, begin: 0, end: text.length, lineStart: 0 };
}

/** `\1` and `\g<1>` stand for groups; any other escape but `\\` is dropped. */
function expand(template: string, match: Match): string {
  return template.replace(/\\(?:g<(\d+)>?|(\d+)|(\\)|)/g, (_all, named, digits, backslash) => {
    if (backslash !== undefined) return "\\";
    const number: string | undefined = named ?? digits;
    if (number === undefined) return "";
    const group = match.group(Number(number));
    return group === null ? "" : textOf(group);
  });
}

function regexOf(pattern: Value): Regex {
  return pattern instanceof Regex ? pattern : Regex.$of(pattern);
}

export const compile = def(
  (pattern: Value, _flags?: Value) => Regex.$of(pattern),
  "pattern, flags=, /",
  "compile",
);

/** Positions are for compiled expressions only. */
export const match = def(
  (pattern: Value, string: Value, pos?: Value, endpos?: Value) =>
    pattern instanceof Regex ? pattern.match(string, pos, endpos) : regexOf(pattern).match(string),
  "pattern, string, pos=, endpos=, /",
  "match",
);

export const search = def(
  (pattern: Value, string: Value, pos?: Value, endpos?: Value) =>
    pattern instanceof Regex
      ? pattern.search(string, pos, endpos)
      : regexOf(pattern).search(string),
  "pattern, string, pos=, endpos=, /",
  "search",
);

export const sub = def(
  (pattern: Value, repl: Value, string: Value, count?: Value, flags?: Value) =>
    regexOf(pattern).sub(repl, string, count, flags),
  "pattern, repl, string, count=, flags=, /",
  "sub",
);
