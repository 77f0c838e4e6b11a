/** What goes through the air: Bluetooth with a phone, ESP-NOW with another board, wireless networks. */

import { simulate } from "mpy2ts/testing";
import { folderWith } from "../harness/command-line.js";

/** Firmware of one file, on a board with every radio. */
const start = (source: string) => simulate(folderWith({ "main.py": source }), { board: "esp32" });

const text = (data: Uint8Array): string => new TextDecoder().decode(data);

test("a phone finds, reads, writes and is told", async () => {
  const board = await simulate(
    folderWith({
      "main.py": `
import bluetooth, time
from bluetooth import FLAG_NOTIFY, FLAG_READ, FLAG_WRITE, UUID

ble = bluetooth.BLE()
ble.active(True)
links = set()

def happened(event, data):
    print(event, [bytes(x) if isinstance(x, memoryview) else x for x in data])
    if event == 1:
        links.add(data[0])
    elif event == 2:
        links.remove(data[0])
        advertise()
    elif event == 3:
        for link in links:
            ble.gatts_notify(link, value, ble.gatts_read(data[1]).upper())

ble.irq(happened)
((value, order),) = ble.gatts_register_services(
    ((UUID(0x181a), ((UUID(0x2a6e), FLAG_READ | FLAG_NOTIFY), (UUID("6e400002-b5a3-f393-e0a9-e50e24dcca9e"), FLAG_WRITE))),)
)
def advertise():
    ble.gap_advertise(100_000, b"\\x02\\x01\\x06\\x05\\x09oven", resp_data=b"\\x03\\x03\\x1a\\x18")
advertise()
ble.gatts_write(value, b"21.5")
while True:
    time.sleep_ms(500)
    ble.gatts_write(value, b"22.0", True)
`,
    }),
    { board: "esp32" },
  );
  const phone = board.bluetooth;
  await board.advance(100);
  expect(phone.scan()).toMatchObject([{ name: "oven", connectable: true }]);
  phone.connect("oven");
  await board.advance(10);
  expect(phone.characteristics).toEqual(["2a6e", "6e400002b5a3f393e0a9e50e24dcca9e"]);
  expect(text(phone.read("2a6e"))).toBe("21.5");
  expect(() => phone.write("2a6e", "x")).toThrow("2a6e cannot be written: error 3");
  expect(() => phone.read("1234")).toThrow("there is no characteristic 1234");
  phone.write("6e400002-b5a3-f393-e0a9-e50e24dcca9e", "warm");
  await board.advance(100);
  phone.subscribe("2a6e");
  await board.advance(400);
  expect(phone.notifications.map(({ uuid, data }) => [uuid, text(data)])).toEqual([
    ["2a6e", "WARM"],
    ["2a6e", "22.0"],
  ]);
  phone.disconnect();
  await board.advance(100);
  expect(phone.connected).toBe(false);
  expect(phone.scan()).toHaveLength(1);
  expect(board.lines.map((line) => line.slice(0, 1))).toEqual(["1", "4", "3", "2"]);
  expect(board.errors).toBe("");
});

test("ESP-NOW messages are sent, acknowledged, received and lost", async () => {
  const board = await simulate(
    folderWith({
      "main.py": `
import espnow, network, time
network.WLAN(network.STA_IF).active(True)
e = espnow.ESPNow()
e.active(True)
peer = b"\\x02\\0\\0\\0\\0\\x07"
e.add_peer(peer)
print(e.send(peer, b"hello"))
host, message = e.recv()
print(host == peer, message)
print(e.recv(10), e.any(), e.stats())
e.irq(lambda now: print("irq", now.recv(0)))
while True:
    time.sleep(1)
    print(e.send(peer, "tick"))
`,
    }),
    { board: "esp32" },
  );
  const other = board.espnow("020000000007");
  await board.advance(20);
  expect(text(other.received[0]?.data ?? new Uint8Array(0))).toBe("hello");
  other.send("answer", other.received[0]?.from);
  await board.advance(1100);
  other.leave();
  await board.advance(1000);
  other.send("late");
  await board.advance(1);
  expect(board.lines).toEqual([
    "True",
    "True b'answer'",
    "(None, None) False (1, 1, 0, 1, 0)",
    "True",
    "False",
    "irq [b'\\x02\\x00\\x00\\x00\\x00\\x07', b'late']",
  ]);
  expect(board.errors).toBe("");
});

test("networks that are there, that refuse a key, and that go away", async () => {
  const board = await simulate(
    folderWith({
      "main.py": `
import network, time
wlan = network.WLAN(network.STA_IF)
wlan.active(True)
print([(ssid, rssi) for ssid, _, _, rssi, _, _ in wlan.scan()])
for ssid, key in (("nowhere", ""), ("home", "wrong"), ("home", "right")):
    wlan.connect(ssid, key)
    while wlan.status() == network.STAT_CONNECTING:
        time.sleep_ms(50)
    print(ssid, wlan.status(), wlan.isconnected())
while wlan.isconnected():
    time.sleep_ms(100)
print("lost")
`,
    }),
    { board: "esp32" },
  );
  board.setNetworks([{ ssid: "home", key: "right", rssi: -61 }]);
  await board.advance(5000);
  board.setNetworks([]);
  await board.advance(500);
  expect(board.lines.slice(1)).toEqual([
    "nowhere 201 False",
    "home 202 False",
    "home 1010 True",
    "lost",
  ]);
});

test("tasks wait for messages with aioespnow", async () => {
  const board = await simulate(
    folderWith({
      "main.py": `
import aioespnow, asyncio, network
network.WLAN(network.STA_IF).active(True)
e = aioespnow.AIOESPNow()
e.active(True)
peer = b"\\x02\\0\\0\\0\\0\\x07"
e.add_peer(peer)

async def listen():
    print(await e.arecv())
    print(bytes((await e.airecv())[1]))
    async for host, message in e:
        print("loop", bytes(message))

async def main():
    task = asyncio.create_task(listen())
    print(await e.asend(peer, b"hello"))
    await asyncio.sleep(1)
    task.cancel()

asyncio.run(main())
`,
    }),
    { board: "esp32" },
  );
  const other = board.espnow("020000000007");
  await board.advance(20);
  expect(other.last).toBe("68656c6c6f");
  for (const word of ["one", "two", "three"]) {
    other.send(word);
    await board.advance(10);
  }
  await board.advance(1000);
  expect(board.errors).toBe("");
  expect(board.lines).toEqual([
    "True",
    "[b'\\x02\\x00\\x00\\x00\\x00\\x07', b'one']",
    "b'two'",
    "loop b'three'",
  ]);
});

test("firmware that is a central finds a peripheral, reads, writes and is told", async () => {
  const board = await start(`
import bluetooth
from micropython import const

ble = bluetooth.BLE()
ble.active(True)
state = {}


def name_in(payload):
    i = 0
    while i + 1 < len(payload):
        if payload[i + 1] == 9:
            return bytes(payload[i + 2 : i + 1 + payload[i]]).decode()
        i += 1 + payload[i]


def irq(event, data):
    if event == 5:
        if name_in(data[4]) == "thermo" and "peer" not in state:
            state["peer"] = (data[0], bytes(data[1]))
            ble.gap_scan(None)
    elif event == 6 and "peer" in state:
        ble.gap_connect(*state["peer"])
    elif event == 7:
        state["conn"] = data[0]
        print("connected", bytes(data[2]).hex())
        ble.gattc_discover_services(data[0], bluetooth.UUID(0x181A))
    elif event == 9:
        state["range"] = data[1:3]
        print("service", data[3])
    elif event == 10:
        ble.gattc_discover_characteristics(data[0], *state["range"])
    elif event == 11:
        state[str(data[4])] = data[2]
    elif event == 12:
        print("characteristics", sorted(k for k in state if k.startswith("UUID")))
        ble.gattc_read(data[0], state["UUID(0x2a6e)"])
    elif event == 15:
        print("read", bytes(data[2]))
    elif event == 16:
        ble.gattc_write(data[0], state["UUID(0x2a9f)"], b"on", 1)
    elif event == 17:
        print("wrote", data[2])
        if "subscribed" not in state:
            state["subscribed"] = True
            ble.gattc_write(data[0], state["UUID(0x2a6e)"] + 1, b"\\x01\\x00", 1)
    elif event == 18:
        print("told", bytes(data[2]))
    elif event == 8:
        print("gone")


ble.irq(irq)
ble.gap_scan(2000, 30000, 30000)
`);
  const thermo = board.peripheral({
    name: "thermo",
    services: {
      "181a": { "2a6e": ["read", "notify"], "2a9f": ["write"] },
      "12345678-1234-5678-1234-56789abcdef0": { "2a19": ["read"] },
    },
  });
  thermo.set("2a6e", Uint8Array.of(0x34, 0x08));
  await board.advance(1000);
  expect(board.errors).toBe("");
  expect(board.lines).toEqual([
    "connected c00000000002",
    "service UUID(0x181a)",
    "characteristics ['UUID(0x2a6e)', 'UUID(0x2a9f)']",
    "read b'4\\x08'",
    "wrote 0",
    "wrote 0",
  ]);
  expect(thermo.connected).toBe(true);
  expect(thermo.written).toEqual([{ uuid: "2a9f", data: new TextEncoder().encode("on") }]);
  expect(thermo.subscribed("2a6e")).toBe(true);
  thermo.set("2a6e", Uint8Array.of(0x35, 0x08));
  await board.advance(100);
  thermo.disconnect();
  await board.advance(100);
  expect(board.lines.slice(6)).toEqual(["told b'5\\x08'", "gone"]);
  expect(() => thermo.set("2a00", "x")).toThrow(
    "there is no characteristic 2a00, there are 2a6e, 2a9f, 2a19",
  );
});

test("a central that finds nobody", async () => {
  const board = await start(`
import bluetooth
ble = bluetooth.BLE()
ble.active(True)
ble.irq(lambda event, data: print(event, bytes(data[2]) if data else None))
ble.gap_connect(0, b"\\x01\\x02\\x03\\x04\\x05\\x06", 500)
for bad in (lambda: ble.gap_connect(0, b"short"), lambda: ble.gattc_read(7, 1)):
    try:
        bad()
    except (ValueError, OSError) as e:
        print(e)
`);
  await board.advance(1000);
  // extmod/nimble/modbluetooth_nimble.c: no address of a connection that failed, ENOTCONN in a byte.
  expect(board.lines).toEqual(["invalid addr", "-128", "8 b'\\x00\\x00\\x00\\x00\\x00\\x00'"]);
});
