/** `server-net.js PORT`: the same server on node:net alone. Tells its CPU time when asked. */
import { createServer } from "node:net";

const NEWLINE = 10;

const server = createServer((socket) => {
  let rest = Buffer.alloc(0);
  socket.on("data", (chunk) => {
    let data = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (let end = data.indexOf(NEWLINE); end >= 0; end = data.indexOf(NEWLINE)) {
      socket.write(data.subarray(0, end + 1));
      data = data.subarray(end + 1);
    }
    rest = data;
  });
  socket.on("error", () => socket.destroy());
});
server.listen(Number(process.argv[2]), "127.0.0.1", () => process.send("listening"));
process.on("message", () => process.send(process.cpuUsage()));
