/**
 * MicroPython's own verdict on a source text, from the compiler in the WebAssembly package. Used by
 * `check-emitted.mjs`; `test/parser/oracle.ts` is the same for the tests.
 */
import { loadMicroPython } from "@micropython/micropython-webassembly-pyscript/micropython.mjs";

const program = `
def _verdict(source):
    try:
        compile(source, "x", "exec")
        return "ok"
    except Exception as e:
        return type(e).__name__ + ": " + str(e)
`;

/** A function that gives "ok", or the type and message of the exception. */
export async function loadOracle() {
  const silent = () => {};
  const micropython = await loadMicroPython({
    heapsize: 32 * 1024 * 1024,
    stdout: silent,
    stderr: silent,
  });
  micropython.runPython(program);
  const verdict = micropython.globals.get("_verdict");
  // Native emitters are left out of the WebAssembly build; boards have them.
  return (source) =>
    verdict(source.replace(/@micropython\.(?:native|viper|asm_\w+)/g, "@micropython.bytecode"));
}
