/** A small MQTT broker for the tests of umqtt: topics match by prefix, nothing is kept. */

import type { AddressInfo } from "node:net";
import { createServer, type Server, type Socket } from "node:net";

const CONNECT = 1;
const PUBLISH = 3;
const SUBSCRIBE = 8;
const UNSUBSCRIBE = 10;
const PING = 12;
const DISCONNECT = 14;
/** What a subscriber of "greeting" gets at once. */
const GREETING = packet(0x30, Buffer.from("\0\x08greetingwelcome"));

export class Broker {
  /** What clients said when they came, in hexadecimal. */
  readonly introductions: string[] = [];
  private readonly subscribers = new Map<string, Socket>();
  private readonly server: Server;

  private constructor() {
    this.server = createServer((client) => this.serve(client));
  }

  static async start(): Promise<Broker> {
    const broker = new Broker();
    await new Promise<void>((ready) => broker.server.listen(0, "127.0.0.1", ready));
    return broker;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  stop(): void {
    this.server.close();
  }

  private serve(client: Socket): void {
    let waiting = Buffer.alloc(0);
    client.on("error", () => {});
    client.on("data", (data) => {
      waiting = Buffer.concat([waiting, data]);
      for (let taken = packetIn(waiting); taken !== null; taken = packetIn(waiting)) {
        waiting = waiting.subarray(taken.size);
        this.answer(client, taken.kind, taken.body);
      }
    });
  }

  private answer(client: Socket, kind: number, body: Buffer): void {
    switch (kind >> 4) {
      case CONNECT: {
        this.introductions.push(body.toString("hex"));
        const refused = textAt(body, 10).toString() === "bad" ? 2 : 0;
        client.write(Buffer.from([0x20, 2, 0, refused]));
        break;
      }
      case SUBSCRIBE:
        this.subscribers.set(textAt(body, 2).toString().replace("#", ""), client);
        client.write(Buffer.from([0x90, 3, ...body.subarray(0, 2), 0]));
        if (textAt(body, 2).toString() === "greeting") client.write(GREETING);
        break;
      case UNSUBSCRIBE:
        client.write(Buffer.from([0xb0, 2, ...body.subarray(0, 2)]));
        break;
      case PUBLISH:
        this.publish(client, kind, body);
        break;
      case PING:
        client.write(Buffer.from([0xd0, 0]));
        break;
      case DISCONNECT:
        client.end();
        break;
    }
  }

  private publish(client: Socket, kind: number, body: Buffer): void {
    const topic = textAt(body, 0);
    if (topic.toString() === "drop") {
      client.destroy();
      return;
    }
    const end = 2 + topic.length;
    const isAnswered = (kind & 6) !== 0;
    const text = body.subarray(isAnswered ? end + 2 : end);
    for (const [prefix, subscriber] of this.subscribers) {
      if (!topic.toString().startsWith(prefix)) continue;
      subscriber.write(packet(0x30, Buffer.concat([body.subarray(0, end), text])));
    }
    if (isAnswered) client.write(Buffer.from([0x40, 2, ...body.subarray(end, end + 2)]));
  }
}

function textAt(body: Buffer, at: number): Buffer {
  return body.subarray(at + 2, at + 2 + body.readUInt16BE(at));
}

function packet(kind: number, body: Buffer): Buffer {
  const length: number[] = [];
  for (let rest = body.length; rest > 0 || length.length === 0; rest >>= 7) {
    length.push((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0));
  }
  return Buffer.concat([Buffer.from([kind, ...length]), body]);
}

/** The first packet, if it is there whole. */
function packetIn(bytes: Buffer): { kind: number; body: Buffer; size: number } | null {
  let length = 0;
  for (let at = 1; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    length |= (byte & 0x7f) << (7 * (at - 1));
    if (byte & 0x80) continue;
    const size = at + 1 + length;
    const kind = bytes[0] as number;
    return bytes.length < size ? null : { kind, body: bytes.subarray(at + 1, size), size };
  }
  return null;
}
