/**
 * A share of the clients of main.js: `clients.js PORT CONNECTIONS REQUESTS SECONDS`. Opens all
 * connections, then sends numbered lines over each, one at a time, and checks that each comes back as
 * it was sent: until REQUESTS are answered, and for SECONDS at least.
 */
import { connect } from "node:net";

const [port, connections, requests, seconds] = process.argv.slice(2).map(Number);
const AT_ONCE = 100;

const counts = { connected: 0, answered: 0, lost: 0, wrong: 0, failed: 0 };
const sockets = [];
for (let i = 0; i < connections; i += AT_ONCE) {
  const batch = Array.from({ length: Math.min(AT_ONCE, connections - i) }, open);
  sockets.push(...(await Promise.all(batch)).filter((socket) => socket !== null));
}
process.send({ connected: sockets.length });
await new Promise((resolve) => process.once("message", resolve));

const end = Date.now() + 1000 * seconds;
let asked = 0;
await Promise.all(sockets.map(talk));
process.send({ ...counts, connected: sockets.length });
process.disconnect();
for (const socket of sockets) socket.destroy();

function open() {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true });
    socket.once("connect", () => resolve(socket));
    socket.once("error", () => {
      counts.failed += 1;
      resolve(null);
    });
  });
}

/** Asks over one connection until enough was asked over all of them. */
function talk(socket, index) {
  return new Promise((resolve) => {
    let number = 0;
    let text = "";
    let sent = "";
    const ask = () => {
      if (asked >= requests && Date.now() >= end) return resolve();
      asked += 1;
      sent = `${process.pid} ${index} ${number++}\n`;
      socket.write(sent);
    };
    socket.on("data", (data) => {
      text += data;
      if (!text.endsWith("\n")) return;
      if (text === sent) counts.answered += 1;
      else counts.wrong += 1;
      text = "";
      ask();
    });
    socket.on("close", () => {
      counts.lost += 1;
      resolve();
    });
    ask();
  });
}
