/**
 * Methods of the runtime that suspend the program: seeds of the colouring (`facts/colour.ts`), beside
 * the functions that `runtime-signatures.ts` lists as blocking. The object of a call is not known, so
 * the name decides.
 */

/** Methods of any object. */
export const BLOCKING_METHODS: ReadonlySet<string> = new Set(["run_forever", "run_until_complete"]);

/** Methods that block only in modules that import one of the modules named. */
export const BLOCKING_METHODS_WITH: Readonly<
  Record<string, { readonly modules: readonly string[]; readonly methods: ReadonlySet<string> }>
> = {
  socket: {
    modules: ["socket", "usocket"],
    methods: new Set([
      "accept",
      "connect",
      "makefile",
      "read",
      "readinto",
      "readline",
      "recv",
      "recvfrom",
      "recv_into",
      "recvfrom_into",
      "send",
      "sendall",
      "sendto",
      "write",
    ]),
  },
  deflate: {
    modules: ["deflate"],
    methods: new Set(["read", "readinto", "readline"]),
  },
  select: {
    modules: ["select", "uselect"],
    methods: new Set(["poll", "ipoll"]),
  },
};
