/** A WebSocket client, written from RFC 6455, against an emitted server. */
import { createHash, randomBytes } from "node:crypto";
import { request } from "node:http";
import type { Socket } from "node:net";
import { serve } from "./served.js";

const GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

function upgraded(port: number): Promise<{ socket: Socket; head: Buffer }> {
  const key = randomBytes(16).toString("base64");
  return new Promise((resolve, reject) => {
    const asked = request({
      port,
      host: "127.0.0.1",
      headers: {
        Connection: "Upgrade",
        Upgrade: "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": key,
      },
    });
    asked.on("upgrade", (response, socket, head) => {
      const accept = createHash("sha1")
        .update(key + GUID)
        .digest("base64");
      expect(response.headers["sec-websocket-accept"]).toBe(accept);
      resolve({ socket, head });
    });
    asked.on("error", reject).end();
  });
}

function masked(opcode: number, data: Buffer): Buffer {
  const mask = randomBytes(4);
  const size =
    data.length < 126
      ? Buffer.of(0x80 | data.length)
      : data.length < 65536
        ? Buffer.of(0x80 | 126, data.length >> 8, data.length & 255)
        : Buffer.concat([Buffer.of(0x80 | 127, 0, 0, 0, 0), uint32(data.length)]);
  const body = Buffer.from(data.map((byte, i) => byte ^ (mask[i & 3] as number)));
  return Buffer.concat([Buffer.of(0x80 | opcode), size, mask, body]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** The payloads of unmasked frames, as they come. */
async function* frames(socket: Socket, head: Buffer): AsyncGenerator<[number, Buffer]> {
  let rest = head;
  for await (const chunk of socket) {
    rest = Buffer.concat([rest, chunk as Buffer]);
    for (;;) {
      const short = (rest[1] ?? 0) & 127;
      const start = short === 127 ? 10 : short === 126 ? 4 : 2;
      if (rest.length < start) break;
      const size =
        short === 127 ? rest.readUInt32BE(6) : short === 126 ? rest.readUInt16BE(2) : short;
      if (rest.length < start + size) break;
      yield [(rest[0] as number) & 15, rest.subarray(start, start + size)];
      rest = rest.subarray(start + size);
    }
  }
}

test("messages of all sizes come back, in order, and closing is answered", async () => {
  const { port, server } = await serve("websocket_server.py");
  const { socket, head } = await upgraded(port);
  const sizes = [0, 1, 125, 126, 4096, 65535, 65536, 100_000];
  const messages = sizes.map((size) => Buffer.alloc(size, `${size}-`));
  for (const message of messages) socket.write(masked(1, message));
  socket.write(masked(8, Buffer.of(3, 232)));
  const received: [number, Buffer][] = [];
  for await (const [opcode, data] of frames(socket, head)) {
    received.push([opcode, Buffer.from(data)]);
    if (opcode === 8) break;
  }
  expect(received.map(([opcode]) => opcode)).toEqual([...messages.map(() => 1), 8]);
  messages.forEach((message, i) => {
    expect(received[i]?.[1].equals(message)).toBe(true);
  });
  await server.until(/closed/);
});
