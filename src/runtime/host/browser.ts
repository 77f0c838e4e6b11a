/**
 * The host of a program in a web page (or a worker), in real time. It uses what every engine with timers
 * has, and nothing of Node or of the document: the page passes in where output goes and where input
 * comes from.
 */

import type { Files } from "./files.js";
import type { InputSource } from "./host.js";
import { MemoryFiles } from "./memory-files.js";
import { MemoryNetwork } from "./memory-network.js";
import type { Network } from "./network.js";
import { RealTimeHost } from "./real-time.js";

export interface BrowserHostOptions {
  write: (data: string | Uint8Array) => void;
  writeError?: (data: string | Uint8Array) => void;
  input?: InputSource;
  files?: Files;
  network?: Network;
  environment?: Record<string, string>;
  /** Tells the host how to interrupt the program: what a stop button calls. */
  onInterrupt?: (interrupt: () => void) => () => void;
}

/** The longest pause (milliseconds) that is spent without returning to the page. */
const LONGEST_PAUSE = 20;

export class BrowserHost extends RealTimeHost {
  readonly environment: Readonly<Record<string, string>>;
  readonly input: InputSource | null;
  readonly files: Files;
  readonly network: Network;
  readonly tls = null;
  private channel: InstanceType<typeof MessageChannel> | null = null;
  private readonly due: (() => void)[] = [];

  constructor(private readonly options: BrowserHostOptions) {
    super();
    this.environment = options.environment ?? {};
    this.input = options.input ?? null;
    this.files = options.files ?? new MemoryFiles(() => Date.now());
    this.network = options.network ?? new MemoryNetwork();
  }

  onInterrupt(interrupt: () => void): () => void {
    return this.options.onInterrupt?.(interrupt) ?? (() => {});
  }

  write(data: string | Uint8Array): void {
    this.options.write(data);
  }

  writeError(data: string | Uint8Array): void {
    (this.options.writeError ?? this.options.write)(data);
  }

  random(bytes: Uint8Array): void {
    crypto.getRandomValues(bytes as Uint8Array<ArrayBuffer>);
  }

  protected override left(): void {
    // An open port would keep a worker alive.
    this.channel?.port1.close();
    this.channel = null;
    this.due.length = 0;
  }

  /** By a message: pages hold back timers that start each other for 4 ms. */
  protected soon(run: () => void): () => void {
    this.due.push(run);
    if (this.channel === null) {
      this.channel = new MessageChannel();
      this.channel.port1.addEventListener("message", () => this.due.shift()?.());
      this.channel.port1.start();
    }
    this.channel.port2.postMessage(null);
    return () => {
      const index = this.due.indexOf(run);
      if (index >= 0) this.due[index] = () => {};
    };
  }

  /** A page cannot stop itself: short pauses are spent looking at the clock, others are refused. */
  protected stopFor(ms: number): boolean {
    if (ms > LONGEST_PAUSE) return false;
    const end = this.now() + ms;
    while (this.now() < end);
    return true;
  }
}
