/**
 * The host of a program that runs under Node in real time: timers and sockets wake it, and Node's event
 * loop goes on while it rests. Output is collected for a moment, and flushed whenever the program rests
 * and at the exit.
 */

import { randomFillSync } from "node:crypto";
import type { Files } from "./files.js";
import type { InputSource } from "./host.js";
import type { Network } from "./network.js";
import { onInterrupt, pause, pollInterrupts } from "./node-interrupt.js";
import { NodeNetwork } from "./node-network.js";
import { NodeOutput } from "./node-output.js";
import { NodeTls } from "./node-tls.js";
import { RealTimeHost } from "./real-time.js";

export interface NodeHostOptions {
  write?: (data: string | Uint8Array) => void;
  writeError?: (data: string | Uint8Array) => void;
  output?: NodeOutput;
  input?: InputSource;
  files?: Files;
  network?: Network;
  environment?: Record<string, string>;
  /** Tells the host how to interrupt the program; by Ctrl-C when left out. */
  onInterrupt?: (interrupt: () => void) => () => void;
}

export class NodeHost extends RealTimeHost {
  readonly environment: Readonly<Record<string, string>>;
  readonly input: InputSource | null;
  readonly files: Files | null;
  readonly network: Network;
  readonly tls = new NodeTls();
  private processOutput: NodeOutput | undefined;

  constructor(private readonly options: NodeHostOptions = {}) {
    super();
    this.processOutput = options.output;
    this.environment = options.environment ?? (process.env as Record<string, string>);
    this.input = options.input ?? null;
    this.files = options.files ?? null;
    this.network = options.network ?? new NodeNetwork();
  }

  onInterrupt(interrupt: () => void): () => void {
    return (this.options.onInterrupt ?? onInterrupt)(interrupt);
  }

  write(data: string | Uint8Array): void {
    if (this.options.write) this.options.write(data);
    else this.output().write(1, data);
  }

  writeError(data: string | Uint8Array): void {
    if (this.options.writeError) this.options.writeError(data);
    else this.output().write(2, data);
  }

  random(bytes: Uint8Array): void {
    randomFillSync(bytes);
  }

  protected override flush(): void {
    this.processOutput?.flush();
  }

  protected override left(): void {
    if (this.network instanceof NodeNetwork) this.network.closeAll();
  }

  protected soon(run: () => void): () => void {
    const immediate = setImmediate(run);
    return () => clearImmediate(immediate);
  }

  private output(): NodeOutput {
    this.processOutput ??= new NodeOutput();
    return this.processOutput;
  }

  protected stopFor(ms: number): boolean {
    pause(ms);
    return true;
  }

  protected override poll(): boolean {
    return pollInterrupts();
  }
}
