/**
 * The command line `mpy2ts`. Each command has a file of its own, loaded when it is called, so that
 * `run` starts fast. Called by `bin/mpy2ts.js`; resolves to the exit code.
 */
import { Command, CommanderError } from "commander";
import { version } from "./package.js";

export async function main(argv: readonly string[]): Promise<number> {
  let exitCode = 0;
  const program = new Command("mpy2ts")
    .description("Turns MicroPython asyncio programs into TypeScript, and runs them.")
    .version(version())
    .exitOverride()
    .configureHelp({ sortSubcommands: false })
    .showHelpAfterError("(try --help)")
    .showSuggestionAfterError();

  program
    .command("build")
    .description("write the TypeScript of a program")
    .argument("<folder|file>", "a folder with boot.py or main.py, or a single program")
    .option("-o, --out <folder>", "where to write", "out")
    .option("--js", "write JavaScript and source maps too")
    .option("--host-module <names...>", "modules that an embedding program supplies")
    .option("--check", "type-check what was written")
    .option("--closed", "nothing but the program itself calls its functions")
    .option("--no-facts", "prove nothing: every operation goes through the runtime")
    .option("--json", "print diagnostics as JSON, one a line")
    .action(async (target, options) => {
      const { build } = await import("./build.js");
      exitCode = await build(target, options);
    });

  program
    .command("run")
    .description("run a program on a simulated board")
    .argument("<folder|file>", "a folder with boot.py or main.py, or a single program")
    .argument("[args...]", "the program's sys.argv")
    .option("--virtual", "virtual time: sleeping takes no time, and runs repeat exactly")
    .option("--trace", "print each pin change with its time")
    .option("--board <name>", "the board to simulate")
    .option("--flash <folder>", "keep what the program writes in a folder")
    .option("--until <ms>", "end the run after so many milliseconds")
    .option("--vcd <file>", "write the waveforms of the pins")
    .option("--events <file>", "write what happens on the board as JSON, one event a line")
    .option("--no-facts", "prove nothing: every operation goes through the runtime")
    .option("--json", "print diagnostics as JSON, one a line")
    .action(async (target, args, options) => {
      const { run } = await import("./run.js");
      exitCode = await run(target, args, options);
    });

  program
    .command("watch")
    .description("build again whenever a file changes")
    .argument("<folder|file>", "what to watch and build")
    .option("-o, --out <folder>", "where to write", "out")
    .option("--js", "write JavaScript and source maps too")
    .option("--run", "run the program, and start it anew after each build")
    .option("--virtual", "with --run: virtual time")
    .option("--trace", "with --run: print each pin change with its time")
    .option("--board <name>", "with --run: the board to simulate")
    .option("--no-facts", "prove nothing: every operation goes through the runtime")
    .option("--json", "print diagnostics as JSON, one a line")
    .action(async (target, options) => {
      const { watch } = await import("./watch.js");
      exitCode = await watch(target, options);
    });

  program
    .command("print", { hidden: true })
    .description("show what a phase of the compiler makes of a file")
    .argument("<file>")
    .requiredOption("--phase <phase>", "ast, scopes or target")
    .option("--no-facts")
    .action(async (target, options) => {
      const { print } = await import("./print.js");
      exitCode = await print(target, options);
    });

  try {
    await program.parseAsync(argv as string[]);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Commander has printed it; asking for help or the version is no error.
    return error.exitCode;
  }
  return exitCode;
}
