/**
 * How the tests and `check-emitted.mjs` check emitted TypeScript: strictly, against the declarations of
 * the built package in the folder `root`. `more`: further options of the compiler.
 */
import { join } from "node:path";

export const strictSettings = (root, more = {}) => ({
  compilerOptions: {
    target: "ES2022",
    lib: ["ES2022"],
    module: "NodeNext",
    strict: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    skipLibCheck: true,
    types: [],
    paths: {
      "mpy2ts/runtime": [join(root, "dist/runtime/index.d.ts")],
      "mpy2ts/modules/*": [join(root, "dist/runtime/modules/*.d.ts")],
    },
    ...more,
  },
});
