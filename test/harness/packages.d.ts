/** Packages without types that tests import. */
declare module "@micropython/micropython-webassembly-pyscript/micropython.mjs";
