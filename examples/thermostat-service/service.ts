/**
 * A Node service around the thermostat in `firmware/`: HTTP in, HTTP out. Build and start it with
 * `npm run build && npm start`; it prints the port that it listens on.
 */

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { PythonError, start, toHost } from "mpy2ts/node";
import main, { calibrate, reached, ready, set_target, status } from "./generated/main.js";

const shown: string[] = [];

/** What the firmware imports as `site`. */
const site = {
  async outside_temperature(place: string): Promise<number> {
    await delay(20);
    if (place !== "garden") throw new Error(`there is no ${place}`);
    return 7.5;
  },
  show(text: string): void {
    shown.push(text);
  },
};

const program = start(main, {
  hostModules: { site },
  output: (text) => process.stdout.write(`[thermostat] ${text}`),
  errors: (text) => process.stderr.write(text),
});

const routes: Record<string, (query: URLSearchParams) => unknown> = {
  "/start": () => program.within(() => ready.set()),
  "/status": () => program.within(() => toHost(status())),
  "/target": async (query) => toHost(await program.call(set_target, Number(query.get("celsius")))),
  "/reached": async (query) => toHost(await program.call(reached, Number(query.get("ms")))),
  "/calibrate": async () => toHost(await program.call(calibrate, 20)),
  "/shown": () => shown,
};

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
  const route = routes[pathname];
  let code = route === undefined ? 404 : 200;
  let body: unknown = null;
  try {
    body = await route?.(searchParams);
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    code = 422;
    body = { error: error.name, message: error.message, traceback: error.traceback };
  }
  response.writeHead(code, { "content-type": "application/json" });
  response.end(JSON.stringify(body ?? null));
}

const server = createServer((request, response) => void answer(request, response));
server.listen(0, "127.0.0.1", () => {
  console.log(`listening on ${(server.address() as AddressInfo).port}`);
});

process.on("SIGTERM", async () => {
  const { code } = await program.stop();
  console.log(`the program has ended with ${code}`);
  server.close();
});
