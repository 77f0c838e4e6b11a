/** MPY2xxx: programs that the grammar reads and that MicroPython's compiler refuses. */
import { error } from "./rule.js";

export const validationRules = {
  // Targets.
  MPY2001: error<{ what: string }>(({ what }) => `can't assign to ${what}`),
  MPY2002: error(
    "*x must be assignment target",
    "MicroPython unpacks in calls and in targets only; build the list with 'list(x) + [...]'.",
  ),
  MPY2003: error("can't assign to expression", "The left side of ':=' must be a name."),
  MPY2004: error<{ what: string }>(({ what }) => `can't delete ${what}`),
  MPY2005: error("multiple *x in assignment"),
  MPY2006: error<{ name: string }>(
    ({ name }) => `the value of const() for '${name}' is not a constant`,
    "const() takes numbers, strings, tuples of them, and names defined with const() above.",
  ),

  // Scopes and places.
  MPY2011: error<{ word: string }>(({ word }) => `'${word}' outside loop`),
  MPY2012: error("'return' outside function"),
  MPY2013: error("'yield' outside function"),
  MPY2014: error("'await' outside function"),
  MPY2015: error<{ statement: string }>(
    ({ statement }) => `'async ${statement}' outside async function`,
  ),
  MPY2016: error<{ name: string }>(
    ({ name }) => `'${name}' is used before it is declared global`,
    "Put the declaration first.",
  ),
  MPY2017: error<{ name: string }>(
    ({ name }) => `'${name}' is used before it is declared nonlocal`,
    "Put the declaration first.",
  ),
  MPY2018: error<{ name: string }>(({ name }) => `no binding for nonlocal '${name}' found`),
  MPY2019: error("can't declare nonlocal in outer code"),
  MPY2020: error("import * not at module level"),
  MPY2021: error("super() can't find self", "super() without arguments needs a first parameter."),

  // Statements.
  MPY2101: error("an annotated assignment has one target"),
  MPY2102: error<{ statement: string }>(
    ({ statement }) => `not in MicroPython: '*' after '${statement}'`,
    "Build the tuple first.",
  ),
  MPY2103: error("not in Python 3: 'raise' with a comma", "Write 'raise Error(message)'."),
  MPY2104: error("'assert' takes a condition and a message"),
  MPY2105: error("names after 'import' cannot stand between parentheses"),
  MPY2106: error("a comma cannot stand at the end here"),
  MPY2107: error("a name imported with 'from' has no dots"),
  MPY2109: error("'try' without 'except' or 'finally'"),
  MPY2110: error("'else' after 'try' needs an 'except'"),
  MPY2111: error("not in MicroPython: 'except*'", "Use 'except'."),
  MPY2112: error("not in Python 3: 'except' with a comma", "Write 'except Error as name'."),
  MPY2113: error("default 'except' must be last"),
  MPY2114: error(
    "invalid micropython decorator",
    "There are bytecode, native, viper and asm_thumb, asm_xtensa, asm_rv32.",
  ),
  MPY2120: error<{ feature: string }>(({ feature }) => `not in MicroPython: ${feature}`),
  MPY2121: error("not in MicroPython: match statement", "Use if/elif."),
  MPY2122: error("not in MicroPython: type statement", "Use a plain assignment."),

  // Expressions.
  MPY2130: error("'await' takes a name, a call or something between parentheses"),
  MPY2131: error("'not' cannot stand here", "Put 'not x' between parentheses."),
  MPY2132: error("not in MicroPython: ':=' in a subscript", "Put it between parentheses."),
  MPY2133: error("not in MicroPython: '**' in a dict display", "Use update()."),
  MPY2134: error("not in MicroPython: async comprehension", "Use an 'async for' loop."),

  // Parameters and arguments.
  MPY2140: error("not in MicroPython: positional-only parameters ('/')", "Leave the '/' out."),
  MPY2141: error("no parameter can follow '**'"),
  MPY2142: error("only one '*' in a parameter list"),
  MPY2143: error<{ name: string }>(
    ({ name }) => `parameter '${name}' without a default follows one with a default`,
  ),
  MPY2144: error<{ name: string }>(({ name }) => `argument name '${name}' reused`),
  MPY2150: error("* arg after **"),
  MPY2151: error("not in MicroPython: '*' argument after a keyword argument", "Put it first."),
  MPY2152: error("a comprehension as keyword argument needs parentheses"),
  MPY2153: error("positional arg after **"),
  MPY2154: error("positional arg after keyword arg"),
  MPY2155: error("the left side of a keyword argument must be a name"),
  MPY2156: error("too many arguments before '*'", "Put the '*' argument among the first 30."),
};
