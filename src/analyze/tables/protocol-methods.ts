/**
 * Methods that the runtime calls on objects which a program gives it: such a method gets arguments that
 * no call in the program shows. Special methods (`__iter__`) are apart, and so is what a subclass of
 * one of the runtime's classes overrides. Read by `types/parameters.ts`; a test compares the rows with
 * what the runtime's sources call by name.
 */

interface Protocol {
  /** A class takes part when it has this method; null: whatever else it has. */
  readonly marker: string | null;
  readonly methods: readonly string[];
}

const words = (text: string): readonly string[] => text.split(" ");

export const PROTOCOLS: Readonly<Record<string, Protocol>> = {
  /** print(file=...), json, deflate, ssl, asyncio.Stream, select, dupterm. */
  stream: {
    marker: null,
    methods: words("read readinto readline write close flush seek tell ioctl fileno"),
  },
  /** What asyncio.Stream, ssl and urequests use of a socket of the program's own. */
  socket: {
    marker: "setblocking",
    methods: words(
      "setblocking settimeout connect send sendto recv recvfrom sendall makefile irecv",
    ),
  },
  /** A module `socket` or `ssl` of the program's own, as an object. */
  socketModule: { marker: null, methods: words("getaddrinfo socket wrap_socket") },
  blockDevice: {
    marker: "readblocks",
    methods: words("readblocks writeblocks ioctl count sync"),
  },
  /** os.mount and what comes through the mounted file system. */
  fileSystem: {
    marker: "mount",
    methods: words(
      "mount umount open stat statvfs ilistdir mkdir remove rename rmdir chdir getcwd",
    ),
  },
  /** What `yield from` and asyncio do with a coroutine of another kind. */
  coroutine: { marker: null, methods: words("send throw close pend_throw") },
  /** What a task waits in: asyncio takes a cancelled task out of it. */
  waitingPlace: { marker: null, methods: words("remove") },
  /** dict(m), d.update(m), f(**m). */
  mapping: { marker: null, methods: words("keys get") },
  /** Signal. */
  pin: { marker: null, methods: words("init value") },
  /** ds18x20. */
  oneWire: {
    marker: "writebyte",
    methods: words("reset readbit readbyte readinto writebit writebyte write select_rom scan crc8"),
  },
};
