/**
 * The worker thread that owns Ctrl-C for a program (node-interrupt-guard.ts starts it). Its text is
 * handed to the thread, so it uses nothing of the files around it.
 */

/**
 * `state`: how often Ctrl-C was pressed, how many of these the program has answered, whether there is
 * a program. Node lets a thread hear of signals by one way only: while it runs a script that they break
 * off. So the thread sleeps in such a script.
 */
export function interruptWorker(load: (name: string) => unknown): void {
  const { parentPort, workerData } = load(
    "node:worker_threads",
  ) as typeof import("node:worker_threads");
  const { Script } = load("node:vm") as typeof import("node:vm");
  const { Session } = load("node:inspector") as typeof import("node:inspector");
  const { state, grace, handler } = workerData as {
    state: Int32Array;
    grace: number;
    handler: string;
  };
  const names = globalThis as { state?: Int32Array; seen?: number; limit?: number };
  names.state = state;
  const sleep = new Script("Atomics.wait(state, 1, seen, limit)");

  let last = Number.NEGATIVE_INFINITY;
  for (;;) {
    const asked = Atomics.load(state, 0);
    const seen = Atomics.load(state, 1);
    names.seen = seen;
    names.limit = seen === asked ? Number.POSITIVE_INFINITY : grace;
    let pressed = false;
    let result: unknown;
    try {
      result = sleep.runInThisContext({ breakOnSigint: true });
    } catch {
      pressed = true;
    }
    if (pressed) {
      const now = performance.now();
      const again = now - last < grace;
      last = now;
      if (again || Atomics.load(state, 2) === 0) break;
      Atomics.add(state, 0, 1);
      Atomics.notify(state, 0);
      parentPort?.postMessage(null);
    } else if (result === "timed-out") {
      break;
    }
  }

  const end = (): void => void process.kill(process.pid, "SIGINT");
  // Whatever the main thread does, this comes; and it keeps this thread alive until then.
  setTimeout(end, grace);
  if (Atomics.load(state, 2) === 0) end();
  const session = new Session();
  session.connectToMainThread();
  session.on("Debugger.paused", ({ params }) => {
    const callFrameId = params.callFrames[0]?.callFrameId ?? "";
    const expression = `globalThis[Symbol.for(${JSON.stringify(handler)})]()`;
    session.post("Debugger.evaluateOnCallFrame", { callFrameId, expression }, end);
  });
  session.post("Debugger.enable", () => session.post("Debugger.pause"));
}
