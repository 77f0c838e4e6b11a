/**
 * MicroPython's own results, from the WebAssembly package: the differential tests evaluate the same
 * expressions here and with the runtime's functions.
 */

interface MicroPython {
  runPython(code: string): void;
  readonly globals: { get(name: string): (source: string) => string };
}

const program = `
import array, binascii, cmath, heapq, json, math, re, struct

def _groups(match):
    if match is None:
        return None
    groups = []
    try:
        while True:
            groups.append(match.group(len(groups)))
    except IndexError:
        return groups

def _changed(target, key, value):
    target[key] = value
    return target

class _Slices:
    def __getitem__(self, key):
        return key

_slices = _Slices()

def _shown(value):
    text = repr(value)
    try:
        str(text.encode(), "utf-8")
    except UnicodeError:
        return "no UTF-8: " + repr(text.encode())
    return text

def _evaluate(source):
    try:
        return _shown(eval(source))
    except Exception as e:
        return "raised " + repr(e)

def _execute(source):
    try:
        scope = {"array": array, "math": math}
        exec(source, scope)
        return _shown(scope["r"])
    except Exception as e:
        return "raised " + repr(e)
`;

export interface Reference {
  /**
   * The repr of an expression's value, or "raised " and the repr of the exception. Of a repr that is no
   * UTF-8 it is "no UTF-8: " and the repr of its bytes.
   */
  (expression: string): string;
  /** The same of what statements leave in `r`. */
  execute(statements: string): string;
}

export async function loadReference(): Promise<Reference> {
  const specifier = "@micropython/micropython-webassembly-pyscript/micropython.mjs";
  const { loadMicroPython } = (await import(specifier)) as {
    loadMicroPython(options: object): Promise<MicroPython>;
  };
  const silent = () => {};
  const options = { heapsize: 32 * 1024 * 1024, stdout: silent, stderr: silent };
  const micropython = await loadMicroPython(options);
  micropython.runPython(program);
  const execute = micropython.globals.get("_execute");
  return Object.assign(micropython.globals.get("_evaluate"), { execute });
}
