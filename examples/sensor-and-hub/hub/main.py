"""A hub: collects what sensors report over TCP, and tells by UDP broadcast where it is."""

import asyncio
import json
import network
import socket
from machine import Pin

PORT = 8000
BEACON_PORT = 8001

alarm = Pin(15, Pin.OUT)
latest = {}


async def beacon():
    """Says "hub" to everybody, twice a second."""
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    while True:
        s.sendto(b"hub", ("255.255.255.255", BEACON_PORT))
        await asyncio.sleep_ms(500)


async def collect(reader, writer):
    """One JSON object a line; each is answered with the number of sensors that are known."""
    print("connected", reader.get_extra_info("peername")[0])
    while True:
        line = await reader.readline()
        if not line:
            break
        report = json.loads(line)
        latest[report["name"]] = report["celsius"]
        alarm.value(any(celsius > 30 for celsius in latest.values()))
        writer.write(b"%d\n" % len(latest))
        await writer.drain()
    writer.close()
    await writer.wait_closed()


async def main():
    ap = network.WLAN(network.AP_IF)
    ap.active(True)
    print("hub at", ap.ifconfig()[0])
    asyncio.create_task(beacon())
    server = await asyncio.start_server(collect, "0.0.0.0", PORT)
    await server.wait_closed()


asyncio.run(main())
