/** MPY1xxx: what the lexer and the grammar report. */
import { error } from "./rule.js";

export const syntaxRules = {
  // The grammar gave up, with nothing better to say.
  MPY1001: error<{ found: string }>(({ found }) => `invalid syntax: unexpected ${found}`),

  // Brackets, characters and strings.
  MPY1002: error<{ character: string }>(({ character }) => `'${character}' was never closed`),
  MPY1003: error<{ character: string }>(({ character }) => `unmatched '${character}'`),
  MPY1004: error<{ closing: string; opening: string }>(
    ({ closing, opening }) => `closing '${closing}' does not match opening '${opening}'`,
  ),
  MPY1005: error("too deeply nested", "Split the expression or the block into smaller parts."),
  MPY1006: error("unterminated triple-quoted string"),
  MPY1007: error("unexpected character after the line continuation '\\'"),
  MPY1008: error<{ character: string }>(({ character }) => `invalid character '${character}'`),
  MPY1009: error("not in Python 3: backquotes", "Use repr(x)."),
  MPY1010: error("invalid character '!'", "Negation is written 'not x'."),
  MPY1011: error<{ literal: string }>(({ literal }) => `invalid number '${literal}'`),
  MPY1012: error<{ literal: string }>(
    ({ literal }) => `a decimal number cannot begin with 0: '${literal}'`,
    "Octal numbers are written 0o17.",
  ),
  MPY1013: error<{ literal: string; base: number }>(
    ({ literal, base }) => `'${literal}' is not an integer of base ${base}`,
  ),
  MPY1014: error<{ escape: string }>(
    ({ escape }) => `too few hexadecimal digits after '${escape}'`,
  ),
  MPY1015: error<{ escape: string }>(({ escape }) => `'${escape}' is out of range`),
  MPY1016: error(
    "not in MicroPython: escapes by character name (\\N{...})",
    "Write the character itself or its \\u escape.",
  ),
  MPY1017: error<{ prefix: string }>(
    ({ prefix }) => `not in MicroPython: string prefix '${prefix}' in upper case`,
    ({ prefix }) => `Write '${prefix.toLowerCase()}'.`,
  ),
  MPY1018: error("bytes and str literals cannot be joined"),
  MPY1019: error("a t-string cannot be joined with other literals"),
  MPY1020: error<{ character: string }>(
    ({ character }) => `MicroPython cuts this replacement field at '${character}'`,
    "Compute the value before the f-string and put the variable in.",
  ),
  MPY1021: error<{ conversion: string }>(
    ({ conversion }) => `not in MicroPython: conversion '!${conversion}'`,
    "Use !r or !s.",
  ),
  MPY1022: error(
    "not in MicroPython: a space after '=' in a replacement field",
    "Write the '=' next to the closing brace.",
  ),
  MPY1023: error("unterminated string"),
  MPY1024: error("the replacement field of this f-string does not end", "A '{' is written '{{'."),
  MPY1025: error("malformed f-string: a replacement field needs one expression"),

  // What people write from other languages, older and newer Pythons.
  MPY1031: error("not in Python 3: operator '<>'", "Use '!='."),
  MPY1032: error("not in Python 3: the print statement", "Write print(...)."),
  MPY1033: error("not in Python 3: the exec statement", "Write exec(...)."),
  MPY1034: error("'=' cannot stand here", "A comparison is written '=='."),
  MPY1035: error("expected ':' at the end of the line"),
  MPY1036: error("'else if' is not a statement", "Write 'elif'."),
  MPY1037: error("there is no '++' and no '--'", "Write 'x += 1'."),
  MPY1038: error<{ word: string }>(({ word }) => `'${word}' is a keyword and cannot be a name`),
  MPY1039: error("':=' cannot stand here", "Put the assignment between parentheses."),
  MPY1040: error("the line ends too early"),
  MPY1041: error<{ operator: string }>(
    ({ operator }) => `there is no operator '${operator}${operator}'`,
    ({ operator }) => `Write '${operator === "&" ? "and" : "or"}'.`,
  ),
  MPY1042: error(
    "not in MicroPython: this form of decorator",
    "A decorator is a dotted name, with arguments or without: '@a.b(c)'.",
  ),
  MPY1044: error(
    "not in MicroPython: the items of 'with' between parentheses",
    "Write them without parentheses, or nest two 'with'.",
  ),
  MPY1046: error<{ statement: string }>(
    ({ statement }) => `'${statement}' cannot follow on the line of another statement`,
  ),
  MPY1045: error("not in MicroPython: '*' in a subscript"),

  // Indentation.
  MPY1051: error("unexpected indent"),
  MPY1052: error("unindent doesn't match any outer indent level"),
  MPY1053: error<{ statement: string }>(
    ({ statement }) => `expected an indented block after '${statement}'`,
  ),
};
