/**
 * The context-dependent tokens of the grammar: line ends, indentation and the inside of strings.
 * Adapted from `src/tokens.js` of `@lezer/python` (MIT, Marijn Haverbeke and others); only the
 * generated parser imports it. Sources are normalised: the one line end is "\n".
 */
import { ContextTracker, ExternalTokenizer, type InputStream, type Stack } from "@lezer/lr";
import {
  ArgList,
  ArrayComprehensionExpression,
  ArrayExpression,
  blankLineStart,
  BraceL,
  BracketL,
  ComprehensionExpression,
  dedent,
  DictionaryComprehensionExpression,
  DictionaryExpression,
  eof,
  Escape,
  FormatReplacement,
  FormatString,
  formatSpecStart,
  formatStringSpecChars,
  importList,
  indent,
  MappingPattern,
  nestedFormatReplacement,
  newlineBracketed,
  newline as newlineToken,
  ParamList,
  ParenL,
  ParenthesizedExpression,
  PatternArgList,
  pass,
  replacementStart,
  SequencePattern,
  SetComprehensionExpression,
  SetExpression,
  String as StringTerm,
  stringContent,
  stringEnd,
  stringStart,
  stringStartD,
  stringStartF,
  stringStartFD,
  stringStartFL,
  stringStartFLD,
  stringStartFR,
  stringStartFRD,
  stringStartFRL,
  stringStartFRLD,
  stringStartL,
  stringStartLD,
  stringStartR,
  stringStartRD,
  stringStartRL,
  stringStartRLD,
  subscript,
  TupleExpression,
  TypeParamList,
} from "./terms.js";

const NEWLINE = 10;
const SPACE = 32;
const TAB = 9;
const VERTICAL_TAB = 11;
const FORM_FEED = 12;
const HASH = 35;
const DOUBLE_QUOTE = 34;
const SINGLE_QUOTE = 39;
const COLON = 58;
const BACKSLASH = 92;
const BRACE_OPEN = 123;
const BRACE_CLOSE = 125;

const BRACKETED = 1;
const IN_STRING = 2;
const DOUBLE = 4;
const LONG = 8;
const RAW = 16;
const FORMAT = 32;

/** What the tokenizer must know of the surroundings: the indentation or the string it is in. */
class Context {
  readonly hash: number;

  constructor(
    readonly parent: Context | null,
    readonly indent: number,
    readonly flags: number,
  ) {
    const above = parent === null ? 0 : (parent.hash + parent.hash) << 8;
    this.hash = above + indent + (indent << 4) + flags + (flags << 6);
  }
}

const bracketed: ReadonlySet<number> = new Set([
  ParenthesizedExpression,
  TupleExpression,
  ComprehensionExpression,
  importList,
  ArgList,
  ParamList,
  ArrayExpression,
  ArrayComprehensionExpression,
  subscript,
  SetExpression,
  SetComprehensionExpression,
  FormatString,
  FormatReplacement,
  nestedFormatReplacement,
  DictionaryExpression,
  DictionaryComprehensionExpression,
  SequencePattern,
  MappingPattern,
  PatternArgList,
  TypeParamList,
]);

const openers: ReadonlySet<number> = new Set([ParenL, BracketL, BraceL, replacementStart]);

const stringFlags: ReadonlyMap<number, number> = new Map([
  [stringStart, IN_STRING],
  [stringStartD, IN_STRING | DOUBLE],
  [stringStartL, IN_STRING | LONG],
  [stringStartLD, IN_STRING | LONG | DOUBLE],
  [stringStartR, IN_STRING | RAW],
  [stringStartRD, IN_STRING | RAW | DOUBLE],
  [stringStartRL, IN_STRING | RAW | LONG],
  [stringStartRLD, IN_STRING | RAW | LONG | DOUBLE],
  [stringStartF, IN_STRING | FORMAT],
  [stringStartFD, IN_STRING | FORMAT | DOUBLE],
  [stringStartFL, IN_STRING | FORMAT | LONG],
  [stringStartFLD, IN_STRING | FORMAT | LONG | DOUBLE],
  [stringStartFR, IN_STRING | FORMAT | RAW],
  [stringStartFRD, IN_STRING | FORMAT | RAW | DOUBLE],
  [stringStartFRL, IN_STRING | FORMAT | RAW | LONG],
  [stringStartFRLD, IN_STRING | FORMAT | RAW | LONG | DOUBLE],
]);

function isBlank(code: number): boolean {
  return code === SPACE || code === TAB || code === FORM_FEED || code === VERTICAL_TAB;
}

/** Column after a blank character, counted as MicroPython's lexer does: tabs stop every 8. */
function nextColumn(column: number, code: number): number {
  if (code === NEWLINE) return 0;
  return code === TAB ? column + 8 - (column % 8) : column + 1;
}

/** Number of characters before the first that is not blank; a continued line is blank. */
function countBlanks(input: InputStream): number {
  let at = 0;
  for (;;) {
    const code = input.peek(at);
    if (isBlank(code)) at++;
    else if (code === BACKSLASH && input.peek(at + 1) === NEWLINE) at += 2;
    else return at;
  }
}

function columnAfter(input: InputStream, blanks: number): number {
  let column = 0;
  for (let i = 0; i < blanks; i++) column = nextColumn(column, input.peek(i));
  return column;
}

export const trackIndent: ContextTracker<Context> = new ContextTracker<Context>({
  start: new Context(null, 0, 0),
  reduce(context, term) {
    const closes =
      ((context.flags & BRACKETED) !== 0 && bracketed.has(term)) ||
      ((term === StringTerm || term === FormatString) && (context.flags & IN_STRING) !== 0);
    return closes && context.parent !== null ? context.parent : context;
  },
  shift(context, term, stack, input) {
    if (term === indent) {
      return new Context(context, columnAfter(input, stack.pos - input.pos), 0);
    }
    if (term === dedent) return context.parent ?? context;
    if (openers.has(term)) return new Context(context, 0, BRACKETED);
    const flags = stringFlags.get(term);
    if (flags !== undefined) return new Context(context, 0, flags | (context.flags & BRACKETED));
    return context;
  },
  hash: (context) => context.hash,
});

/** A statement is open: it can end here, or an expression can begin and a statement cannot. */
function inStatement(stack: Stack): boolean {
  return stack.canShift(newlineToken) || (stack.canShift(ParenL) && !stack.canShift(pass));
}

/**
 * At the beginning of a line, and not of one that a backslash continues. A backslash at the end of
 * a comment continues nothing.
 */
function atLineStart(input: InputStream, stack: Stack): boolean {
  const previous = input.peek(-1);
  if (previous < 0) return true;
  if (previous !== NEWLINE) return false;
  return input.peek(-2) !== BACKSLASH || !inStatement(stack);
}

function contextOf(stack: Stack): Context {
  return stack.context as Context;
}

export const newlines = new ExternalTokenizer(
  (input, stack) => {
    if (input.next < 0) {
      input.acceptToken(eof);
    } else if ((contextOf(stack).flags & BRACKETED) !== 0) {
      if (input.next === NEWLINE) input.acceptToken(newlineBracketed, 1);
    } else {
      if (atLineStart(input, stack) && stack.canShift(blankLineStart)) {
        const blanks = countBlanks(input);
        const next = input.peek(blanks);
        const atEnd = next < 0 && blanks > 0;
        if (next === NEWLINE || next === HASH || atEnd) input.acceptToken(blankLineStart);
      } else if (input.next === NEWLINE) {
        input.acceptToken(newlineToken, 1);
      }
    }
  },
  { contextual: true },
);

export const indentation = new ExternalTokenizer((input, stack) => {
  const context = contextOf(stack);
  if (context.flags !== 0 || input.peek(-1) < 0 || !atLineStart(input, stack)) return;
  const blanks = countBlanks(input);
  const column = columnAfter(input, blanks);
  const next = input.peek(blanks);
  if (column === context.indent || next === NEWLINE || next === HASH || next < 0) return;
  if (column < context.indent) input.acceptToken(dedent);
  else input.acceptToken(indent, blanks);
});

/** The string around a replacement field, or the string itself. */
function enclosingString(context: Context | null): number {
  for (let at = context; at !== null; at = at.parent) {
    if ((at.flags & IN_STRING) !== 0) return at.flags;
  }
  return 0;
}

function atClosingQuote(input: InputStream, flags: number): boolean {
  const quote = (flags & DOUBLE) !== 0 ? DOUBLE_QUOTE : SINGLE_QUOTE;
  if (input.next !== quote) return false;
  return (flags & LONG) === 0 || (input.peek(1) === quote && input.peek(2) === quote);
}

/** A format spec ends with its field, and at the latest where the string ends. */
function readFormatSpec(input: InputStream, flags: number): void {
  const start = input.pos;
  while (input.next >= 0 && input.next !== BRACE_OPEN && input.next !== BRACE_CLOSE) {
    if (atClosingQuote(input, flags) || (input.next === NEWLINE && (flags & LONG) === 0)) break;
    input.advance();
  }
  if (input.pos > start) input.acceptToken(formatStringSpecChars);
}

/** After the expression of a field a colon opens the spec, even before `=`. */
export const formatSpecs = new ExternalTokenizer((input, stack) => {
  if (input.next === COLON && stack.canShift(formatSpecStart)) input.acceptToken(formatSpecStart, 1);
});

export const strings = new ExternalTokenizer((input, stack) => {
  if (stack.canShift(formatStringSpecChars)) {
    readFormatSpec(input, enclosingString(contextOf(stack)));
    return;
  }
  const { flags } = contextOf(stack);
  const start = input.pos;
  const atStart = () => input.pos === start;
  while (input.next >= 0) {
    if ((flags & FORMAT) !== 0 && input.next === BRACE_OPEN) {
      if (input.peek(1) === BRACE_OPEN) {
        input.advance(2);
        continue;
      }
      if (!atStart()) break;
      input.acceptToken(replacementStart, 1);
      return;
    }
    if (input.next === BACKSLASH) {
      if ((flags & RAW) === 0) {
        if (!atStart()) break;
        input.advance();
        if (input.next >= 0) input.advance();
        input.acceptToken(Escape);
        return;
      }
      // A raw string keeps the backslash, and whatever follows it, the quote included.
      input.advance(input.peek(1) < 0 ? 1 : 2);
      continue;
    }
    if (atClosingQuote(input, flags)) {
      if (!atStart()) break;
      input.acceptToken(stringEnd, (flags & LONG) !== 0 ? 3 : 1);
      return;
    }
    if (input.next === NEWLINE && (flags & LONG) === 0) {
      // An unterminated string ends with its line; the scanner has reported it.
      if (!atStart()) break;
      input.acceptToken(stringEnd);
      return;
    }
    input.advance();
  }
  if (!atStart()) input.acceptToken(stringContent);
});
