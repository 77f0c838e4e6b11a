/**
 * `load.js PORT CONNECTIONS REQUESTS...`: for each count of REQUESTS sends so many lines in all, each
 * connection one at a time, waits for their echoes, says that it is done, and waits to be told to go on.
 */
import { connect } from "node:net";

const [port, connections, ...counts] = process.argv.slice(2).map(Number);
const LINE = "a line of fifty bytes, as a sensor might send it.\n";

let left = 0;
let open = 0;
let finished = () => {};

function client() {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => resolve(socket));
    let received = 0;
    socket.setNoDelay(true);
    socket.on("data", (chunk) => {
      received += chunk.length;
      if (received < LINE.length) return;
      if (received > LINE.length) throw new Error("more came back than was sent");
      received = 0;
      send(socket);
    });
  });
}

function send(socket) {
  if (left === 0) {
    open -= 1;
    if (open === 0) finished();
    return;
  }
  left -= 1;
  socket.write(LINE);
}

const sockets = await Promise.all(Array.from({ length: connections }, client));
for (const count of counts) {
  await new Promise((resolve) => process.once("message", resolve));
  await new Promise((resolve) => {
    finished = resolve;
    left = count;
    open = sockets.length;
    for (const socket of sockets) send(socket);
  });
  process.send("done");
}
process.exit(0);
