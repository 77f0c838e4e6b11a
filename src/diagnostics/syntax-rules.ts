/** MPY1xxx: what the lexer and the grammar report. */
import { error } from "./rule.js";

export const syntaxRules = {
  MPY1001: error<{ found: string }>(({ found }) => `invalid syntax: unexpected ${found}`),
  MPY1005: error("too deeply nested", "Split the expression or the block into smaller parts."),
  MPY1011: error<{ literal: string }>(({ literal }) => `invalid number '${literal}'`),
  MPY1012: error<{ literal: string }>(
    ({ literal }) => `a decimal number cannot begin with 0: '${literal}'`,
    "Octal numbers are written 0o17.",
  ),
  MPY1013: error<{ literal: string; base: number }>(
    ({ literal, base }) => `'${literal}' is not an integer of base ${base}`,
  ),
  MPY1014: error<{ escape: string }>(({ escape }) => `too few hexadecimal digits after '${escape}'`),
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
  MPY1031: error("not in MicroPython: operator '<>'", "Use '!='."),
};
