/** `sys.stdin`, `sys.stdout` and `sys.stderr` of the running program, over the host's. */

import type { Waiting } from "../core/blocking/blocking.js";
import { Wait } from "../core/blocking/wait.js";
import { define } from "../core/class/class.js";
import { current, perContext } from "../core/context.js";
import { PRINT } from "../core/slots.js";
import type { Value } from "../core/values.js";
import type { Host, InputSource } from "../host/host.js";
import { POLLABLE, POLLHUP, POLLIN, POLLOUT, type Pollable } from "./pollable.js";
import { Stream } from "./stream.js";
import { duplicatePollables, duplicates, readDuplicates, writeTerminal } from "./terminal.js";
import { WaitingStream } from "./waiting-stream.js";

/** Standard output or standard error. */
export class OutputStream extends Stream {
  declare private $put: (data: Uint8Array) => void;
  declare private $fd: number;
  /** The same stream for bytes. */
  declare buffer: Value;

  declare protected $text: boolean;

  override __init__(fd: number, put: (data: Uint8Array) => void, text = true): Value {
    this.$fd = fd;
    this.$put = put;
    this.$text = text;
    if (text) this.buffer = new RawOutput(fd, put, false);
    return null;
  }

  override get $isText(): boolean {
    return this.$text;
  }

  override $writeRaw(data: Uint8Array): number {
    this.$put(data.slice());
    return data.length;
  }

  fileno(): number {
    return this.$fd;
  }

  get [POLLABLE](): Pollable {
    return { poll: (flags) => flags & POLLOUT, watch: () => () => {} };
  }

  [PRINT](): string {
    return `<io.${this.$text ? "TextIOWrapper" : "FileIO"} ${this.$fd}>`;
  }
}
define(OutputStream, {
  name: "TextIOWrapper",
  builtin: true,
  fields: ["buffer"],
  methods: { __init__: "fd, put, text=", fileno: "" },
});

/** `sys.stdout.buffer` */
class RawOutput extends OutputStream {}
define(RawOutput, { name: "FileIO", builtin: true });

/** Standard input. Reading blocks until something has arrived, so its methods can be waited for. */
export class InputStream extends WaitingStream {
  declare private $host: Host;
  declare private $text: boolean;
  declare buffer: Value;

  override __init__(host: Host, text: boolean): Value {
    this.$host = host;
    this.$text = text;
    if (text) this.buffer = new RawInput(host, false);
    return null;
  }

  override get $isText(): boolean {
    return this.$text;
  }

  override *$arrived(max: number): Waiting<Uint8Array> {
    const { input } = this.$host;
    for (;;) {
      const bytes = readDuplicates() ?? (input === null ? null : input.read(max));
      if (bytes !== null) return bytes;
      if (input === null && duplicates().size === 0) return new Uint8Array(0);
      const others = duplicatePollables();
      yield new Wait(null, (wake) => {
        const ends = [...others.map((one) => one?.watch?.(wake)), input?.watch(wake)];
        return () => {
          for (const end of ends) end?.();
        };
      });
    }
  }

  fileno(): number {
    return 0;
  }

  get [POLLABLE](): Pollable {
    const { input } = this.$host;
    return {
      poll: (flags) => eventsOf(input, flags),
      watch: (notify) => (input === null ? () => {} : input.watch(notify)),
    };
  }

  [PRINT](): string {
    return `<io.${this.$text ? "TextIOWrapper" : "FileIO"} 0>`;
  }
}
define(InputStream, {
  name: "TextIOWrapper",
  builtin: true,
  fields: ["buffer"],
  methods: { __init__: "host, text", fileno: "" },
});

function eventsOf(input: InputSource | null, flags: number): number {
  if (input === null) return flags & POLLIN;
  const readable = input.readable();
  const events = input.poll?.() ?? { readable, writable: true, hungUp: false };
  const ready = (events.readable ? POLLIN : 0) | (events.writable ? POLLOUT : 0);
  return (flags & ready) | (events.hungUp ? POLLHUP : 0);
}

/** `sys.stdin.buffer` */
class RawInput extends InputStream {}
define(RawInput, { name: "FileIO", builtin: true });

interface StandardStreams {
  stdin: InputStream;
  stdout: OutputStream;
  stderr: OutputStream;
}

export const standardStreams = perContext((): StandardStreams => {
  const host = current().host as Host;
  return {
    stdin: new InputStream(host, true),
    stdout: new OutputStream(1, (data: Uint8Array) => writeTerminal(data)),
    stderr: new OutputStream(2, (data: Uint8Array) => host.writeError(data)),
  };
});
