/** Processes that run the fixtures, so that none costs the start of one. */
import { type ChildProcess, fork } from "node:child_process";
import { availableParallelism } from "node:os";

export interface Outcome {
  readonly output: string;
  readonly error: string;
  readonly exitCode: number;
  readonly trace: string;
}

export interface Job {
  readonly target: string;
  readonly facts: boolean;
  /** The content of a wiring file. */
  readonly wiring: unknown;
  /** The generic one unless told otherwise. */
  readonly board?: string;
}

interface QueuedJob extends Job {
  readonly done: (outcome: Outcome) => void;
}

/** Longest time that one fixture may take; a worker that needs longer is replaced. */
export const LIMIT_MS = 20_000;

export class Pool {
  readonly #jobs: QueuedJob[] = [];
  readonly #workers = new Set<ChildProcess>();

  /** Queues a run; nothing happens before `start()`. */
  run(job: Job): Promise<Outcome> {
    return new Promise((done) => this.#jobs.push({ ...job, done }));
  }

  start(): void {
    for (let n = 0; n < Math.min(availableParallelism(), 4); n++) this.#hire();
  }

  stop(): void {
    for (const worker of this.#workers) worker.kill("SIGKILL");
  }

  #hire(): void {
    const worker = fork(new URL("worker.mjs", import.meta.url), { execArgv: [] });
    this.#workers.add(worker);
    let current: QueuedJob | undefined;
    let timer: NodeJS.Timeout | undefined;
    const next = (): void => {
      current = this.#jobs.shift();
      if (current === undefined) {
        worker.disconnect();
        return;
      }
      timer = setTimeout(() => worker.kill("SIGKILL"), LIMIT_MS);
      const { done: _, ...job } = current;
      worker.send(job);
    };
    worker.on("message", (outcome: Outcome) => {
      clearTimeout(timer);
      current?.done(outcome);
      next();
    });
    worker.on("exit", (_code, signal) => {
      clearTimeout(timer);
      this.#workers.delete(worker);
      if (current === undefined) return;
      const error = signal === "SIGKILL" ? `stopped after ${LIMIT_MS} ms` : "the process died";
      current.done({ output: "", error, exitCode: -1, trace: "" });
      this.#hire();
    });
    next();
  }
}
