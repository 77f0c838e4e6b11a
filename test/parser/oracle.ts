/**
 * MicroPython's own verdict on a source text, from the compiler in the WebAssembly package. Used
 * by the tests that compare `parse` with it.
 */
interface MicroPython {
  runPython(code: string): void;
  readonly globals: { get(name: string): (source: string) => string };
}

/** "ok", or the type and message of the exception. */
export type Oracle = (source: string) => string;

const program = `
def _verdict(source):
    try:
        compile(source, "x", "exec")
        return "ok"
    except Exception as e:
        return type(e).__name__ + ": " + str(e)
`;

export async function loadOracle(): Promise<Oracle> {
  const specifier = "@micropython/micropython-webassembly-pyscript/micropython.mjs";
  const { loadMicroPython } = (await import(specifier)) as {
    loadMicroPython(options: object): Promise<MicroPython>;
  };
  const silent = () => {};
  const options = { heapsize: 32 * 1024 * 1024, stdout: silent, stderr: silent };
  const micropython = await loadMicroPython(options);
  micropython.runPython(program);
  const verdict = micropython.globals.get("_verdict");
  // Native emitters are left out of the WebAssembly build; boards have them.
  return (source) =>
    verdict(source.replace(/@micropython\.(?:native|viper|asm_\w+)/g, "@micropython.bytecode"));
}
