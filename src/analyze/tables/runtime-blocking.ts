/**
 * What of the runtime suspends the program: the seeds of the colouring (`facts/colour.ts`). These
 * are the functions built with `blocking(...)` and the methods that runtime classes list as such.
 */

/** By module. "time.sleep(1)" and `from time import sleep`. */
export const BLOCKING_FUNCTIONS: Readonly<Record<string, ReadonlySet<string>>> = {
  asyncio: new Set(["run", "run_until_complete"]),
  machine: new Set(["deepsleep", "idle", "lightsleep", "sleep"]),
  pyb: new Set(["delay", "stop", "standby", "udelay", "wfi"]),
  select: new Set(["select"]),
  time: new Set(["sleep", "sleep_ms", "sleep_us"]),
};

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
  select: {
    modules: ["select", "uselect"],
    methods: new Set(["poll", "ipoll"]),
  },
};
