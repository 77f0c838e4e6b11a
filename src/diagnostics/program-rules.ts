/** MPY3xxx: what module resolution, analysis and the program as a whole report. */
import { error, warning } from "./rule.js";

export const programRules = {
  MPY3001: warning<{ name: string }>(
    ({ name }) => `cannot find module '${name}'`,
    "The import raises ImportError when it is executed. Add the module to the source folder, or guard the import with try/except ImportError.",
  ),
  MPY3002: error<{ first: string; second: string; output: string }>(
    ({ first, second, output }) =>
      `'${first}' and '${second}' would both be written to '${output}'`,
    "Rename one of the two modules.",
  ),
  MPY3003: error<{ output: string; source: string }>(
    ({ output, source }) =>
      `the output folder '${output}' lies inside the source folder '${source}'`,
    "Choose an output folder beside the source folder.",
  ),
  MPY3004: warning<{ name: string; module: string }>(
    ({ name, module }) => `module '${module}' has no name '${name}'`,
    "The import raises ImportError when it is executed.",
  ),
  MPY3005: error<{ name: string }>(
    ({ name }) => `cannot find module '${name}'`,
    "Add the module to the source folder or its lib/, or guard the import with try/except ImportError.",
  ),
  MPY3006: error<{ file: string; package: string; module: string }>(
    ({ file, package: folder, module }) =>
      `'${file}' and '${folder}' are both the module '${module}'`,
    "Rename one of the two; MicroPython would never load the file.",
  ),
  MPY3007: warning<{ name: string }>(
    ({ name }) => `not supported yet: module '${name}'`,
    "The import raises ImportError when it is executed, as on a board that lacks the module.",
  ),
  MPY3008: error<{ code: string; text: string }>(
    ({ code, text }) => `the emitted TypeScript does not type-check: ${text} (${code})`,
    "This is a fault of the compiler unless an annotation of the program is wrong; the program runs all the same.",
  ),
};
