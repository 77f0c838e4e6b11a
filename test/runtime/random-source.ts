/**
 * Random Python source of a known type: expressions and short runs of statements, made and shrunk by
 * fast-check. `source-reference.test.ts` compiles and runs them and compares with MicroPython.
 *
 * The types are kept apart so that most cases compute something; a few slips of type are let in, as
 * messages are part of what is compared. Sizes are bounded: no case may take all memory.
 */

import fc from "fast-check";

type Source = fc.Arbitrary<string>;

const SMALL = fc.integer({ min: -7, max: 7 }).map(parenthesised);
const COUNT = fc.integer({ min: -1, max: 4 }).map(parenthesised);
const BOUND = fc.oneof({ weight: 3, arbitrary: SMALL }, { weight: 1, arbitrary: fc.constant("") });

function parenthesised(value: number | bigint): string {
  return value < 0 ? `(${value})` : `${value}`;
}

// Not -(2 ** 30) and -(2 ** 31): the reference tells these literals from results of that value.
const EDGES = [8, 16, 29, 32, 53, 62, 63, 64, 70, 100].flatMap((bits) =>
  [-1n, 0n, 1n].flatMap((delta) => [(1n << BigInt(bits)) + delta, -(1n << BigInt(bits)) + delta]),
);

const intLiteral: Source = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -20, max: 300 }).map(parenthesised) },
  { weight: 2, arbitrary: fc.constantFrom(...EDGES).map(parenthesised) },
  { weight: 1, arbitrary: fc.bigInt({ min: -(1n << 90n), max: 1n << 90n }).map(parenthesised) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.nat(70000), fc.constantFrom("0x", "0b", "0o"))
      .map(([value, prefix]) => prefix + value.toString({ "0x": 16, "0b": 2, "0o": 8 }[prefix])),
  },
  { weight: 1, arbitrary: fc.constantFrom("True", "False", "1_000", "0xFF_FF") },
);

const floatText = fc.oneof(
  fc.constantFrom(
    ...["0.0", "1.0", "0.5", "1.5", "2.5", "0.1", "0.3", "1e-5", "1e-4", "1e16", "1e17", "1e22"],
    ...[
      "1e100",
      "5e-324",
      "1.7976931348623157e308",
      "99999.5",
      "999999.5",
      "0.05",
      "2.675",
      "1.",
      ".5",
    ],
  ),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 }).map(decimal),
  fc.nat(10_000_000).map((value) => decimal(value / 1000)),
);

function decimal(value: number): string {
  const digits = value.toString();
  return /[.e]/.test(digits) ? digits : `${digits}.0`;
}

const floatLiteral: Source = fc.oneof(
  { weight: 8, arbitrary: floatText },
  { weight: 4, arbitrary: floatText.map((text) => `(-${text})`) },
  { weight: 1, arbitrary: fc.constantFrom("float('inf')", "float('-inf')", "float('nan')") },
);

const LETTERS = [..."abcABC012 ,.-_xyz"];
const RARE = ["é", "ñ", "日", "😀", "\\n", "\\t", "\\x00", "\\\\", "\\x7f", "ß"];
const stringBody = fc
  .array(
    fc.oneof(
      { weight: 9, arbitrary: fc.constantFrom(...LETTERS) },
      { weight: 1, arbitrary: fc.constantFrom(...RARE) },
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(""));
const stringLiteral: Source = stringBody.map((body) => `'${body}'`);
/** What `int`, `float` and `complex` are given to read: nearly numbers. */
const numberText: Source = fc
  .tuple(
    fc.constantFrom("", "", "", " ", "\\n"),
    fc.constantFrom("", "", "-", "+", "--"),
    fc.constantFrom("", "", "", "0x", "0B", "0o", "0", "00", "."),
    fc.oneof(
      fc.nat(99999).map(String),
      fc.constantFrom("1_000", "ff", "12e3", "1.5", "inf", "nan", "iNF", "1__0", "_1", "zz", ""),
    ),
    fc.constantFrom("", "", "", "", "e5", "e-7", "E+3", ".", "j", "+2j", "-1.5j", "_", "L"),
    fc.constantFrom("", "", "", " ", "\\t", "x"),
  )
  .map((parts) => `'${parts.join("")}'`);

const NUMBER_TEXTS = ["'12'", "' -7 '", "'0x1f'", "'1.5'", "'1e3'", "'zz'", "'1_0'", "'-0'", "''"];

const bytesLiteral: Source = fc
  .array(fc.constantFrom(...LETTERS, "\\x00", "\\xff", "\\x80", "\\n", "\\\\"), { maxLength: 8 })
  .map((parts) => `b'${parts.join("")}'`);

/** One of several templates; `$` and a type's letter is replaced by a source of that type. */
function templates(holes: Readonly<Record<string, Source>>, ...texts: string[]): Source {
  return fc.oneof(
    ...texts.map((text) => {
      const parts = text.split(/\$(\w)/);
      const sources = parts.map((part, at) =>
        at % 2 === 0 ? fc.constant(part) : (holes[part] as Source),
      );
      return fc.tuple(...sources).map((made) => made.join(""));
    }),
  );
}

const formatSpec: Source = fc
  .tuple(
    fc.constantFrom("", "", "", "<", ">", "^", "=", "*^", "0>", "x<"),
    fc.constantFrom("", "", "", "+", "-", " "),
    fc.constantFrom("", "", "", "#"),
    fc.constantFrom("", "", "0"),
    fc.constantFrom("", "", "1", "5", "8", "12"),
    fc.constantFrom("", "", "", "", ",", "_"),
    fc.constantFrom("", "", "", ".0", ".1", ".3", ".6"),
  )
  .map((parts) => parts.join(""));

const percentFlags: Source = fc
  .tuple(
    fc.constantFrom("", "", "", "-", "+", " ", "0", "#"),
    fc.constantFrom("", "", "1", "5", "8", "12"),
    fc.constantFrom("", "", "", ".0", ".1", ".3", ".6"),
  )
  .map((parts) => parts.join(""));

const ARRAY_CODES = fc.constantFrom(..."bBhHiIlLqQfd");

type Kind =
  | ("int" | "float" | "complex" | "str" | "bytes" | "buffer" | "bool")
  | ("list" | "tuple" | "dict" | "set" | "any");

const types = fc.letrec<Record<Kind, string>>((untyped) => {
  const tie = (kind: Kind) => untyped(kind) as Source;
  const holes: Record<string, Source> = {
    i: tie("int"),
    f: tie("float"),
    c: tie("complex"),
    s: tie("str"),
    b: tie("bytes"),
    m: tie("buffer"),
    o: tie("bool"),
    l: tie("list"),
    t: tie("tuple"),
    d: tie("dict"),
    e: tie("set"),
    a: tie("any"),
    n: SMALL,
    k: COUNT,
    B: BOUND,
    S: stringLiteral,
    I: intLiteral,
    F: formatSpec,
    P: percentFlags,
    A: ARRAY_CODES,
    N: fc.oneof(fc.constantFrom(...NUMBER_TEXTS), numberText),
    T: numberText,
    R: fc.constantFrom("0", "2", "3", "8", "10", "16", "30", "36", "1", "37"),
    H: fc.constantFrom("'00ff'", "'0A b1'", "'1'", "'zz'", "''", "' 7e'", "b'7f80'"),
    E: fc.constantFrom(..."diuxXoeEfFgGsrca"),
    O: fc.constantFrom(..."dnbcoxXeEfFgG%s"),
    C: fc.constantFrom("<", "<=", ">", ">=", "==", "!="),
    // Names of the enclosing comprehension or lambda.
    v: fc.constantFrom("v", "v", "(v)", "[v]"),
    // One slip in many: anything where a type is meant.
    q: fc.oneof({ weight: 5, arbitrary: tie("int") }, { weight: 1, arbitrary: tie("any") }),
    r: fc.oneof({ weight: 5, arbitrary: tie("str") }, { weight: 1, arbitrary: tie("any") }),
    x: fc.oneof(tie("int"), tie("float")),
    y: fc.oneof(tie("list"), tie("tuple"), tie("str"), tie("bytes"), tie("dict"), tie("buffer")),
  };
  const depth = { maxDepth: 3, depthIdentifier: "source" };
  /** A leaf, or one of the templates, which two spaces set apart. */
  const grown = (leaf: Source, texts: string): Source =>
    fc.oneof(
      depth,
      { weight: 2, arbitrary: leaf },
      { weight: 5, arbitrary: templates(holes, ...texts.trim().split(/\s{2,}/)) },
    );

  return {
    int: grown(
      intLiteral,
      `
      ($i + $i)  ($i - $i)  ($i * $i)  ($i // $i)  ($i % $i)  ($i & $i)  ($i | $i)  ($i ^ $i)
      ($i << $k)  ($i >> $k)  ($i ** $k)  ($q + $q)  ($q // $q)  (-$i)  (~$i)  (+$i)  abs($i)
      len($y)  int($f)  int($N)  int($s)  int($N, 0)  int($N, 16)  int($N, 36)  round($f)  sum($l)
      min($i, $i)  max($i, $i, $i)  ($i if $o else $i)  $b[$n]  $m[$n]  $s.find($s)
      $s.rfind($s, $n)  $s.count($s)  $l.count($a)  $l.index($a)  int.from_bytes($b, 'big')
      int.from_bytes($b, 'little', True)  divmod($i, $i)[0]  divmod($i, $i)[1]  ord($s)
      pow($i, abs($k), 97)  ($i and $i)  ($i or $i)  (lambda v: v * 2 - $i)($i)  hash($i)
      range($n, $n, $I)[$k]  len(range($n, $n, $k))  math.floor($f)  math.ceil($f)  math.trunc($f)
      int($T)  int($T, $R)  int($b)  $s.index($s)  $s.rindex($s)  $s.find($s, $n, $n)  $b.find($b)
      $b.rfind($b, $n)  $b.index($b)  $b.count($b)  $t.index($a)  $t.count($a)  range($n, $n)[$n]
      round($i, $k)  pow($i, abs($k))  sum($t, $i)  min($y)  len(str($i))  ($i << (abs($n) * 9))
      ($i >> (abs($n) * 9))  int.from_bytes($m, 'little')  max($t, key=abs)  $l[$n]  $t[$n]
    `,
    ),
    float: grown(
      floatLiteral,
      `
      ($f + $f)  ($f - $f)  ($f * $f)  ($f / $f)  ($i / $i)  ($f // $f)  ($f % $f)  ($x + $f)
      ($f * $x)  ($x % $f)  ($f // $i)  (-$f)  abs($f)  float($i)  float($N)
      float($s)  round($f, $k)  min($f, $x)  max($x, $f)  divmod($f, $x)[0]  divmod($x, $f)[1]
      ($f if $o else $f)  sum([$f, $x, $f])  $c.real  $c.imag  math.sqrt(abs($f))  math.fabs($f)
      math.modf($f)[0]  math.copysign($f, $f)  float($T)  ($i / $x)  round($x, $n)  ($i ** $n)
      ($f ** $k)  max($f, $f, $x)  sum([$x, $x])  float($b)  math.ldexp($f, $n)  math.fmod($f, $f)
    `,
    ),
    complex: grown(
      fc.constantFrom("1j", "2.5j", "(1+2j)", "(-1.5-0.5j)", "0j", "complex(0, -1)", "(3-0j)"),
      `
      ($c + $c)  ($c - $c)  ($c * $c)  ($c / $c)  ($c + $x)  ($x * $c)  (-$c)  complex($x, $x)
      complex($x)  complex($T)  ($c - $x)  ($x / $c)  (+$c)  ($c + $i)  complex($c, $x)
    `,
    ),
    str: grown(
      stringLiteral,
      `
      ($s + $s)  ($s + $r)  ($s * $k)  ($k * $s)  $s[$n]  $s[$B:$B]  $s[$B:$B:$B]  $s[$n:]
      $s[:$n]  $s[::-1]  str($a)  repr($a)  hex($i)  oct($i)  bin($i)  chr($i)  $s.upper()
      $s.lower()  $s.strip()  $s.strip($s)  $s.lstrip($s)  $s.rstrip($s)  $s.replace($S, $s)
      $s.replace($S, $s, $k)  $s.join([$s, $s])  $s.join($l)  $s.center(abs($n))
      ','.join($s.split($s))  ('<%$Pd>' % $q)  ('<%$Px>' % $i)  ('<%$Po>' % $i)  ('<%$Pf>' % $x)
      ('<%$Pe>' % $x)  ('<%$Pg>' % $x)  ('<%$Ps>' % ($a,))  ('<%$Pr>' % ($S,))  ('<%$Pc>' % $q)
      ('%s %d %%' % ($a, $i))  ('%(a)s' % {'a': $a})  ('%*d|%-*s' % ($k, $i, $k, $s))
      '{:$F}'.format($x)  '{:$Fd}'.format($q)  '{:$Fx}'.format($i)  '{:$Fb}'.format($i)
      '{:$Fo}'.format($i)  '{:$FX}'.format($i)  '{:$Ff}'.format($x)  '{:$Fe}'.format($f)
      '{:$Fg}'.format($x)  '{:$FG}'.format($f)  '{:$F%}'.format($f)  '{:$Fs}'.format($s)
      '{:$F}'.format($s)  '{:$F}'.format($o)  '{1!r:>9} {0}'.format($a, $s)
      '{:{}}'.format($s, $k)  '{:{w}.{p}}'.format($x, w=9, p=2)  '{a[0]}{b}'.format(a=$t, b=$i)
      f"{$I:$F}"  f"{$I + 1:>{4 + 3}}{2.5:.{1}f}"  f"{len($S)}{{}}{$S!r:8}"  f"{$I!s}-{$S}"
      f"{$n:{3}d}|{$n=}"  $s.partition($S)[0]  $s.rpartition($S)[2]  min($s, $s)  ($s or $s)
      ($s if $o else $s)  $b.decode()  str($b, 'utf-8')  max($s)  ('<%$P$E>' % $q)  ('<%$P$E>' % $x)
      ('<%$P$E>' % $r)  ('%(a)$Pd|%(b)$Ps' % {'a': $q, 'b': $r})  ('%s' % $a)  ('%r' % ($a,))
      ('%*.*f' % ($k, $k, $x))  '{:$F$O}'.format($q)  '{:$F$O}'.format($x)  '{:$F$O}'.format($r)
      f"{$i:$F$O}"  f"{$f:$F$O}"  f"{$s!r:$F}"  '{0:$F}{0!s}{1!r}'.format($x, $a)  '{:$F}'.format($a)
      '{:{}{}}'.format($x, '<', $k)  '{} {}'.format($a)  '{2}'.format($a)  '{}{0}'.format($a)
      str($c)  '%s' % $c  '{}'.format($c)  $b.hex()  $b.hex(':')  str($d)  str($e)  str($m)
      $s.replace($s, $S)  $s.strip(None)  $s.rpartition($s)[0]  str($b, 'ascii')
      '|'.join($s.rsplit($s, $k))  ''.join($y)  $S.join($t)  min($s, key=ord)  repr($s + $s)
      ''.join(reversed($s))  ''.join(sorted($s))  $s.format($a)  ($s % $a)
    `,
    ),
    bytes: grown(
      bytesLiteral,
      `
      ($b + $b)  ($b + $m)  ($b * $k)  $b[$B:$B]  $b[$B:$B:$B]  $b[$n:]  $b[:$n]  $b[::-1]
      bytes($m)  bytes([$k, $k, 255])  bytes($k)  $s.encode()  abs($i).to_bytes(12, 'big')
      $i.to_bytes(12, 'little')  $b.strip()  $b.replace($b, $b)  $b.join([$b, $b])
      bytes(memoryview($b)[1:])  $b.upper()  $b.partition(b',')[2]  bytes(range($k, 9))
      (b'%s|%d' % ($b, $i))  $b.lower()  bytes($l)  bytes.fromhex($H)  $b.lstrip($b)  $b.rstrip()
      $b.rpartition(b'a')[0]  ($b * $n)  b''.join($l)  bytes($y)  $b.center(abs($n))  ($b or $b)
      $i.to_bytes($k, 'big')  bytes($s, 'utf-8')  $b.strip($m)  $s.encode('ascii')  bytes($t)
      b' '.join($b.split())  b'.'.join($b.rsplit(b'a', $k))  b''.join($b.splitlines())
    `,
    ),
    buffer: grown(
      bytesLiteral.map((text) => `bytearray(${text})`),
      `
      bytearray($b)  bytearray($k)  ($m + $b)  $m[$B:$B]  $m[$B:$B:$B]  $m[$n:]  $m[:$n]  $m[::-1]
      memoryview($b)[1:]  memoryview($m)[1:]  array.array('$A', [$k, $k, 7])
      array.array('$A', [$I])  array.array('$A', $b)  memoryview($m)[$B:$B]  ($m * $k)  ($m + $m)
      bytearray($s, 'utf-8')  array.array('$A', [$x, $k])[$B:$B]  memoryview(array.array('$A', [1, 2]))
      (array.array('h', [$k]) + array.array('h', [1, $k]))  bytearray($l)  array.array('$A', $l)
    `,
    ),
    bool: grown(
      fc.constantFrom("True", "False"),
      `
      ($i < $i)  ($i <= $x)  ($x == $x)  ($f > $i)  ($f >= $f)  ($s < $s)  ($s == $s)  ($b == $m)
      ($b < $b)  ($l == $l)  ($l < $l)  ($t <= $t)  ($a == $a)  ($a != $a)  ($a in $l)  ($s in $s)
      ($i in $b)  ($r not in $s)  ($a in $d)  ($i in $e)  ($a < $a)  ($i < $x < $x)
      ($x == $x >= $x != $x)  (not $a)  ($o and $o)  ($o or $o)  bool($a)  $s.startswith($s)
      $s.endswith(($s, $s))  $s.isdigit()  $s.isalpha()  $s.isspace()  $s.isupper()
      isinstance($a, (int, str))  all($l)  any($l)  ($e <= $e)  ($d == $d)  ($a is None)
      callable($a)  ($c == $x)  (range($n) == range($n))  $e.isdisjoint($e)  ($a $C $a)  ($x $C $x)
      ($l $C $l)  ($t $C $t)  ($e $C $e)  ($d $C $d)  ($c $C $c)  ($b $C $m)  ($s $C $b)  ($t == $l)
      ($m $C $m)  ($i $C $c)  ($o $C $x)  ($a is not None)  $b.startswith($b)  $b.endswith($b, $n)
      $s.startswith($s, $n)  $b.isdigit()  $s.islower()  $b.isspace()  ($b in $b)  ($i in $m)
      ($a in $t)  ($x in range($n, $n))  $e.issubset($l)  $e.issuperset($t)  ($a not in $y)
      any(v $C $i for v in $y)  ($i $C $i $C $i)  ($s $C $s $C $s)  bool($c)
    `,
    ),
    list: grown(
      fc.constantFrom("[]", "[1]", "[3, 1, 2]", "['a', 'b']", "[1.5, 2]", "[None, True]"),
      `
      [$i, $i]  [$a, $a, $a]  ($l + $l)  ($l * $k)  $l[$B:$B]  $l[$B:$B:$B]  $l[$n:]  $l[:$n]
      $l[::-1]  list($y)  list(range($n, $n, $k))  [v for v in $y]  [$v for v in $l if v]
      [v * 2 for v in $l]  [(v, w) for v in $y for w in [$i]]  sorted([$i, $i, $i])  sorted($l)
      sorted($l, reverse=True)  sorted($y, key=lambda v: -len(str(v)))  $s.split()  $s.split($S)
      $s.split($S, $k)  $s.rsplit($S, $k)  $s.splitlines()  $b.split(b'a')  list(map(str, $y))
      list(zip($y, $y))  list(enumerate($y, $k))  list(reversed($l))  list(filter(None, $y))
      list(map(lambda v: v + v, $y))  sorted($e)  sorted($d)  list(memoryview($m))  ($l or $l)
      [$a][0:$k]  [v := $i, v + 1]  sorted([$a, $a])  sorted($t, key=str)  $s.splitlines(True)
      $b.split()  $b.rsplit(b',', $k)  list(range($n, $n, $n)[$B:$B])  list(range($n, $n)[::$n])
      list($d.items())  list($d.values())  [v for v in $y if v not in $l]
      [[w for w in $t] for v in $l]  list(map(lambda v, w: (w, v), $y, $y))  list(zip($y, $y, $y))
      sorted($y, reverse=True)  list(filter(lambda v: v $C $i, $y))  [v for v, *w in [$y]]
      list(enumerate($y))  list($m)  [(lambda *v: v)(*$y)]  [(v, w) for v, w in zip($y, $y) if v]
    `,
    ),
    tuple: grown(
      fc.constantFrom("()", "(1,)", "(1, 2)", "('a', 2.5)"),
      `
      ($a, $a)  ($a,)  ($t + $t)  ($t * $k)  $t[$B:$B]  $t[$B:$B:$B]  $t[$n:]  $t[:$n]  $t[::-1]
      tuple($y)  divmod($x, $x)  $s.partition($s)  tuple(v for v in $y)  tuple(sorted($t))
      math.frexp($f)  $b.partition($b)  math.modf($f)  tuple(reversed($t))
      divmod($q, $x)  ($t or $t)  tuple(zip($t, $l))
    `,
    ),
    dict: grown(
      fc.constantFrom("{}", "{'a': 1}", "{1: 'x', 2: 'y'}"),
      `
      {$I: $a, $S: $i}  {v: v for v in $l}  dict([($s, $i)])  dict(zip($l, $l))  dict(a=$i)
      {v: len(str(v)) for v in $y}  dict.fromkeys($l, $i)  dict($d, b=$a)  ($d | $d)  {**$d, 'z': $a}
      {v: w for v, w in zip($y, $y)}  dict($l)  dict(($s, $a) for v in $t)  $d.copy()
    `,
    ),
    set: grown(
      fc.constantFrom("set()", "{1}", "{1, 2, 3}"),
      `
      {$i, $i}  set($l)  ($e | $e)  ($e & $e)  ($e - $e)  ($e ^ $e)  {v for v in $l}  {$s, $s}
      $e.union($l)  $e.difference($l)  $e.symmetric_difference($e)  $e.intersection($y)
      set($y)  $e.copy()  {v % 3 for v in $t}
    `,
    ),
    any: fc.oneof(
      { depthIdentifier: "source", maxDepth: 4 },
      fc.constant("None"),
      tie("int"),
      tie("float"),
      tie("str"),
      tie("bytes"),
      tie("bool"),
      tie("list"),
      tie("tuple"),
      tie("complex"),
      tie("buffer"),
      tie("dict"),
      tie("set"),
    ),
  };
});

/** Leaves out what the reference cannot be asked. */
function isSound(source: string): boolean {
  // The sign of a NaN is the host's.
  if (/copysign/.test(source) && /nan|inf/.test(source)) return false;
  // Bytes made of an empty buffer have no address there, and a search from the right ends the process.
  return !(
    /bytes\(/.test(source) &&
    /bytearray|memoryview|array\./.test(source) &&
    /rsplit/.test(source)
  );
}

/** One expression of any type. */
export const expressions: Source = fc
  .oneof(
    { weight: 3, arbitrary: types.int },
    { weight: 3, arbitrary: types.float },
    { weight: 5, arbitrary: types.str },
    { weight: 2, arbitrary: types.bytes },
    { weight: 2, arbitrary: types.buffer },
    { weight: 2, arbitrary: types.bool },
    { weight: 3, arbitrary: types.list },
    { weight: 1, arbitrary: types.tuple },
    { weight: 1, arbitrary: types.complex },
    { weight: 1, arbitrary: types.dict },
    { weight: 1, arbitrary: types.set },
  )
  .filter(isSound);

/** Statements that leave their result in `r`. */
export const statements: Source = templates(
  {
    i: types.int,
    x: fc.oneof(types.int, types.float),
    s: types.str,
    b: types.bytes,
    m: types.buffer,
    l: types.list,
    t: types.tuple,
    d: types.dict,
    e: types.set,
    a: types.any,
    y: fc.oneof(types.list, types.tuple, types.str, types.bytes, types.dict),
    n: SMALL,
    B: BOUND,
    o: fc.constantFrom("+", "-", "*", "//", "%", "&", "|", "^", "/"),
  },
  "r = $l\nr[$B:$B] = $y",
  "r = $l\nr[$n] = $a",
  "r = $l\nr[$n] $o= $i",
  "r = $l\nr[$B:$B:$B] = $l",
  "r = $l\ndel r[$B:$B]",
  "r = $l\ndel r[$B:$B:$B]",
  "r = $l\ndel r[$n]",
  "r = $m\nr[$B:$B] = $b",
  "r = $m\nr[$B:$B] = $m",
  "r = $m\nr[$n] = $i",
  "r = $m\nr += $b",
  "r = $l\nr += $y",
  "r = $l\nr *= $n",
  "r = $x\nr $o= $x",
  "r = $s\nr += $s",
  "r = $s\nr %= ($a,)",
  "r = $d\nr[$i] = $a",
  "r = $d\nr.update($d)",
  "r = $d\nr = (r.pop($i, $a), r.get($i), r.setdefault($s, $i), sorted(map(str, r)))",
  "r = $l\nr.sort()",
  "r = $l\nr.insert($n, $a)",
  "r = $l\nr = (r.pop($n), r)",
  "r = $l\nr.remove($a)",
  "r = $l\nr.extend($y)",
  "r = $l\nr.reverse()",
  "r = $e\nr |= $e",
  "r = $e\nr -= $e",
  "r = $e\nr.discard($i)",
  "r = $e\nr.add($a)",
  "a, *b = $y\nr = (a, b)",
  "a, b = $y\nr = (a, b)",
  "*a, b = $y\nr = (a, b)",
  "r = 0\nfor v in $y:\n    r += v",
  "r = []\nfor v in range($n, $n, $n):\n    r.append(v)",
  "r = ''\nfor v in $y:\n    r += str(v)\n    if len(r) > 9: break\nelse:\n    r = (r,)",
  "r = $i\nn = 0\nwhile r > 3 and n < 9:\n    r //= 2\n    n += 1",
  "def f(a, b=$a, *c, d=$i):\n    return a, b, c, d\nr = f(*$y)",
  "def f(*a, **k):\n    return a, sorted(k)\nr = f($a, *$l, **$d)",
  "try:\n    r = $a + $a\nexcept TypeError as e:\n    r = e.args",
  "r = memoryview(bytearray($b))\nr[$B:$B] = $b\nr = bytes(r)",
  "r = $m\ndel r[$B:$B]",
  "r = bytearray($b)\nr.append($i)",
  "r = $m\nr.extend($y)",
  "import array\nr = array.array('h', [$n, 1])\nr[$B:$B] = array.array('h', [$n])",
  "r = $e\nr.update($y)",
  "r = $e\nr.remove($a)",
  "r = $e\nr &= $e",
  "r = $e\nr ^= $e",
  "r = $e\nr.difference_update($l)",
  "r = $d\ndel r[$s]",
  "r = $d\nr |= $d",
  "r = $d\nr = [(k, v) for k, v in r.items()]",
  "r = $d\nr.update($y)",
  "r = $l\nr.sort(key=lambda v: (str(type(v)), str(v)), reverse=$n > 0)",
  "r = $l\nr[$n][$n] = $n",
  "r = $l\nr.append(r.copy())\nr.clear() if $n else None",
  "r = [$y, $y]\nfor v in r:\n    if v: break\nelse:\n    r = None",
  "r = []\nfor v, w in zip($y, $y):\n    if not v: continue\n    r.append((v, w))",
  "r = []\ntry:\n    r.append($i // $n)\nexcept ZeroDivisionError as e:\n    r.append(e)\nelse:\n    r.append($a)\nfinally:\n    r.append($n)",
  "def f():\n    for v in $y:\n        try:\n            return v\n        finally:\n            r.append($a)\nr = []\nr.append(f())",
  "def f(n):\n    got = yield n\n    while got:\n        got = yield got\n    return $a\ng = f($i)\nr = [next(g), g.send($a)]",
  "def f():\n    r.append((yield from $y))\n    yield $a\nr = []\nr.extend(f())",
  "def f():\n    n = $i\n    def g(v):\n        nonlocal n\n        n $o= v\n        return n\n    return [g(v) for v in $l]\nr = f()",
  "class A:\n    def __init__(self, v): self.v = v\n    def __add__(self, w): return ('add', self.v, w)\n    def __radd__(self, w): return ('radd', self.v, w)\n    def __eq__(self, w): return self.v == w\n    def __getitem__(self, w): return w\nr = (A($i) + $a, $x + A($s), A($a) == $a, A(1)[$B:$B], A(2)[$a, $n])",
  "class A(list):\n    pass\nr = A($y)\nr.append($a)\nr = (r[$B:$B], len(r), r == list(r), r + [$n])",
  "class A(dict):\n    def __missing__(self, k): return k\nr = A($d)\nr[$s] = $a\nr = sorted(map(str, r.items()))",
  "a = b = $a\nr = (a, b, a is b)",
  "(a, b), c = $t, $y\nr = [a, b, c]",
  "r = $s\nr = [r[v:v + 2] for v in range(0, len(r), 2)]",
  "r = iter($y)\nr = [next(r, $a), next(r), list(r)]",
  "r = $x\nn = 0\nwhile r and n < 9:\n    r = r * 3 + 1\n    n += 1\n    if r % 7 == 2: break\nelse:\n    r = [r]",
).filter(isSound);
