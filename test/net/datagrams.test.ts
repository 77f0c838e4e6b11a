/** Datagrams that nobody receives: what does not fit is dropped, as a kernel does. */

import { createSocket } from "node:dgram";
import { connect } from "node:net";
import { Running } from "../harness/command-line.js";
import { freePort } from "../harness/free-port.js";
import { program } from "./served.js";

const SENT = 2000;
const SIZE = 1000;

test("a flood of datagrams takes no more than a kernel would keep", async () => {
  const port = await freePort();
  const server = new Running(["run", "main.py", String(port)], program("udp_idle.py", port, []));
  await server.until(/listening/);
  const socket = createSocket("udp4");
  for (let i = 0; i < SENT; i++) {
    const data = Buffer.alloc(SIZE, String(i).padStart(8, "0"), "latin1");
    await new Promise<void>((sent) => socket.send(data, port, "127.0.0.1", () => sent()));
  }
  socket.close();
  connect(port, "127.0.0.1").end("x");
  expect(await server.ended()).toBe(0);
  const [, kept, wrong] = /kept (\d+) wrong (\d+)/.exec(server.stdout) ?? [];
  // The kernel's own share comes in addition, where it has not handed over all.
  expect(Number(kept)).toBeGreaterThan(100);
  expect(Number(kept)).toBeLessThan(700);
  expect(Number(kept) * SIZE).toBeLessThan(700_000);
  expect(wrong).toBe("0");
});
