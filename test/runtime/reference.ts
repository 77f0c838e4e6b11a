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

def _is_broken(value):
    if isinstance(value, str):
        try:
            str(value.encode(), "utf-8")
        except UnicodeError:
            return True
    if isinstance(value, Exception):
        value = value.args
    if isinstance(value, (tuple, list, set, dict)):
        items = list(value) + list(value.values()) if isinstance(value, dict) else value
        return any(_is_broken(item) for item in items)
    return False

def _shown(value):
    return ("no UTF-8: " if _is_broken(value) else "") + repr(value)

def _evaluate(source):
    try:
        return _shown(eval(source))
    except Exception as e:
        return "raised " + _shown(e)

def _execute(source):
    try:
        scope = {"array": array, "math": math}
        exec(source, scope)
        return _shown(scope["r"])
    except Exception as e:
        return "raised " + _shown(e)
`;

export interface Reference {
  /**
   * The repr of an expression's value, or "raised " and the repr of the exception. "no UTF-8: " stands
   * before the repr of what holds a string of other bytes.
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
