/** Several boards on one virtual clock and one network, through the testing API. */

import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { simulateTogether } from "mpy2ts/testing";

const example = (name: string): string =>
  new URL(`../../examples/${name}`, import.meta.url).pathname;

/** A file with this program. */
function program(...lines: string[]): string {
  const file = join(mkdtempSync(join(tmpdir(), "together-")), "main.py");
  writeFileSync(file, `${lines.join("\n")}\n`);
  return file;
}

const clock = "import time; at = time.ticks_ms";

test("the example: a sensor finds its hub and reports to it", async () => {
  const { hub, sensor } = await simulateTogether({
    hub: `${example("sensor-and-hub")}/hub`,
    sensor: { firmware: `${example("sensor-and-hub")}/sensor`, board: "pico_w" },
  });
  expect(hub.lines).toEqual(["hub at 192.168.4.1"]);
  sensor.pin(26).setVolts(0.71);
  await hub.advance(2500);
  expect(sensor.time).toBe(2500);
  expect(hub.lines.slice(1)).toEqual(["connected 192.168.4.3"]);
  expect(sensor.lines).toEqual(["hub found at 192.168.4.1", "sensors: 1", "sensors: 1"]);
  sensor.pin(26).setVolts(0.9);
  await sensor.advance(1000);
  expect(hub.led(15).edges()).toEqual([{ at: 3500, level: 1 }]);
  expect(hub.errors + sensor.errors).toBe("");
});

const echo = program(
  "import asyncio",
  clock,
  "async def serve(r, w):",
  "    while line := await r.readline():",
  "        await asyncio.sleep_ms(30)",
  "        w.write(line)",
  "        await w.drain()",
  "    print('end', at())",
  "async def main():",
  "    await asyncio.start_server(serve, '0.0.0.0', 80)",
  "    await asyncio.sleep(10)",
  "asyncio.run(main())",
);

/** Talks to the server called `a`. */
const talker = program(
  "import asyncio",
  clock,
  "async def main():",
  "    for _ in range(2):",
  "        r, w = await asyncio.open_connection('a.local', 80)",
  "        w.write(b'hi\\n')",
  "        await w.drain()",
  "        print(await r.readline(), at())",
  "        w.close()",
  "        await w.wait_closed()",
  "        await asyncio.sleep_ms(100)",
  "asyncio.run(main())",
);

test("bytes arrive when they are sent, and every run is the same", async () => {
  const runs = [];
  for (let i = 0; i < 2; i++) {
    const { a, b, c } = await simulateTogether({ a: echo, b: talker, c: talker });
    await a.advance(1000);
    runs.push([a.lines, b.lines, c.lines, a.errors + b.errors + c.errors]);
  }
  expect(runs[0]).toEqual([
    ["end 30", "end 30", "end 160", "end 160"],
    ["b'hi\\n' 30", "b'hi\\n' 160"],
    ["b'hi\\n' 30", "b'hi\\n' 160"],
    "",
  ]);
  expect(runs[1]).toEqual(runs[0]);
});

test("each board has ports of its own; nobody is at other addresses", async () => {
  const { b } = await simulateTogether({
    a: echo,
    b: program(
      "import asyncio, errno",
      "async def main():",
      "    await asyncio.start_server(lambda r, w: None, '0.0.0.0', 80)",
      "    for host, port in (('127.0.0.1', 81), ('192.168.4.2', 81), ('10.1.1.1', 80), ('nobody', 80)):",
      "        try:",
      "            r, w = await asyncio.open_connection(host, port)",
      "            await r.read(1)",
      "        except OSError as e:",
      "            print(host, errno.errorcode.get(e.errno, e.errno))",
      "asyncio.run(main())",
    ),
  });
  expect(b.lines).toEqual([
    "127.0.0.1 ECONNREFUSED",
    "192.168.4.2 ECONNREFUSED",
    "10.1.1.1 EHOSTUNREACH",
    "nobody -2",
  ]);
});

test("datagrams go to one, to all, or to those that have joined", async () => {
  const listener = program(
    "import socket, struct",
    "s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)",
    "s.bind(('0.0.0.0', 5000))",
    "import sys",
    "if sys.argv:",
    "    s.setsockopt(0, 35, bytes([224, 0, 0, 9, 0, 0, 0, 0]))",
    "while True:",
    "    data, address = s.recvfrom(100)",
    "    print(data, address[0])",
  );
  const { b, c } = await simulateTogether({
    a: program(
      "import socket, time",
      "time.sleep_ms(5)",
      "s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)",
      "for host in ('192.168.4.3', '255.255.255.255', '224.0.0.9', '10.1.1.1'):",
      "    s.sendto(host.encode(), (host, 5000))",
    ),
    b: listener,
    c: { firmware: listener, argv: ["joined"] },
  });
  await b.advance(10);
  expect(b.lines).toEqual(["b'192.168.4.3' 192.168.4.2", "b'255.255.255.255' 192.168.4.2"]);
  expect(c.lines).toEqual(["b'255.255.255.255' 192.168.4.2", "b'224.0.0.9' 192.168.4.2"]);
});

test("ESP-NOW passes from board to board, and timers and pins stay those of each", async () => {
  const blinker = (ms: number): string =>
    program(
      "from machine import Pin, Timer",
      "led = Pin(2, Pin.OUT)",
      `Timer(0).init(period=${ms}, callback=lambda t: led.value(not led.value()))`,
      "import espnow, network",
      "network.WLAN(network.WLAN.IF_STA).active(True)",
      "e = espnow.ESPNow()",
      "e.active(True)",
      "e.add_peer(b'\\xff' * 6)",
      ms === 100 ? "e.send(b'\\xff' * 6, b'hello')" : "print(e.recv(1000)[1])",
    );
  const { b, a } = await simulateTogether({
    b: { firmware: blinker(30), board: "esp32" },
    a: { firmware: blinker(100), board: "esp32" },
  });
  await a.advance(200);
  expect(b.errors + a.errors).toBe("");
  expect(b.lines).toEqual(["b'hello'"]);
  expect(
    a
      .pin(2)
      .edges()
      .map(({ at }) => at),
  ).toEqual([100, 200]);
  expect(
    b
      .pin(2)
      .edges()
      .map(({ at }) => at),
  ).toEqual([30, 60, 90, 120, 150, 180]);
});

test("a board that resets leaves its connections, and starts anew", async () => {
  const { a, b } = await simulateTogether({
    a: program(
      "import asyncio, machine",
      "async def main():",
      "    await asyncio.start_server(lambda r, w: None, '0.0.0.0', 80)",
      "    print('up')",
      "    await asyncio.sleep_ms(100)",
      "    machine.reset()",
      "asyncio.run(main())",
    ),
    b: program(
      "import asyncio",
      clock,
      "async def main():",
      "    r, w = await asyncio.open_connection('a', 80)",
      "    try:",
      "        print(await r.read(1))",
      "    except OSError as e:",
      "        print(e.errno, at())",
      "asyncio.run(main())",
    ),
  });
  await b.advance(150);
  expect(b.lines).toEqual(["104 100"]);
  expect(a.lines).toEqual(["up", "up"]);
});
