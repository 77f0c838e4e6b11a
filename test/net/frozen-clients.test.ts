/**
 * The clients that boards freeze, `requests` and `umqtt`, against servers of this process. The outputs are
 * those of micropython-lib's files on a unix port of MicroPython, against the same servers.
 */

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Running } from "../harness/command-line.js";
import { Broker } from "./broker.js";
import { program } from "./served.js";

async function printed(name: string, port: number): Promise<string[]> {
  const run = new Running(["run", "main.py"], program(name, port, []));
  const code = await run.ended();
  expect(run.stderr).toBe("");
  expect(code).toBe(0);
  return run.stdout.trimEnd().split("\n");
}

/** Answers with a greeting, with what it was sent, in chunks, from elsewhere, or not as it should. */
function webServer(): Promise<Server> {
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (data) => {
      body += data;
    });
    request.on("end", () => {
      const { method, url = "", headers } = request;
      const path = url.replace(/\?.*/, "");
      switch (path) {
        case "/hello":
          response.writeHead(200, { "X-Two": "2", "Content-Length": "5" }).end("hello");
          break;
        case "/echo": {
          const { authorization, "transfer-encoding": coding, "content-type": type } = headers;
          response.end(JSON.stringify({ method, body, authorization, coding, type }));
          break;
        }
        case "/chunked":
          response.write("abc");
          setTimeout(() => response.end("defgh"), 20);
          break;
        case "/moved":
          response.writeHead(302, { Location: "/hello" }).end();
          break;
        case "/lost":
          response.writeHead(305, { Location: "/hello" }).end();
          break;
        default:
          response.writeHead(418).end("teapot");
      }
    });
  });
  return new Promise((ready) => server.listen(0, "127.0.0.1", () => ready(server)));
}

describe("requests", () => {
  test("asks, sends, follows and refuses", async () => {
    const server = await webServer();
    try {
      const { port } = server.address() as AddressInfo;
      expect(await printed("requests_client.py", port)).toEqual([
        "200 b'OK' hello 2",
        `{'body': '{"a": 1}', 'method': 'POST', 'type': 'application/json'} b'{"m'`,
        '{"method":"POST","body":"text","authorization":"Basic dTpw"}',
        '{"method":"PUT","body":"onetwo","coding":"chunked"}',
        "abcdefgh",
        "bytearray(b'abc') b'defgh'",
        "200 hello",
        '{"method":"DELETE","body":""}',
        '{"method":"PATCH","body":"zz"} 200',
        "ValueError('Unsupported protocol: ftp:',)",
        "teapot",
        "NotImplementedError('Redirect 305 not yet supported',)",
        "111",
        "hello",
        "True {}",
        "False hello",
      ]);
    } finally {
      server.close();
    }
  });
});

describe("umqtt", () => {
  let broker: Broker;
  beforeAll(async () => {
    broker = await Broker.start();
  });
  afterAll(() => broker.stop());

  test("introduces itself, publishes and listens", async () => {
    expect(await printed("mqtt_client.py", broker.port)).toEqual([
      "0",
      "(b'a/b', b'one') 300",
      "None",
      "None",
      "3",
      "MQTTException(2,)",
      "Subscribe callback is not set",
    ]);
    expect(broker.introductions).toEqual([
      "00044d51545404ee001e00026d65000477696c6c0004676f6e65000175000170",
      "00044d515454040200000003626164",
    ]);
  });

  test("connects again when the broker hangs up", async () => {
    expect(await printed("mqtt_robust.py", broker.port)).toEqual([
      "connect True",
      "b'greeting' b'welcome'",
      "mqtt: OSError(-1,)",
      "connect False",
      "b'greeting' b'welcome'",
      "None",
    ]);
  });
});
