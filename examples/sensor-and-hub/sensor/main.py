"""A sensor: waits for the hub's beacon, then reports its temperature once a second."""

import asyncio
import json
import network
import socket
from machine import ADC

PORT = 8000
BEACON_PORT = 8001

adc = ADC(26)


def celsius():
    """A TMP36: 10 mV a degree, 500 mV at zero."""
    return round((adc.read_u16() * 3.3 / 65535 - 0.5) * 100, 1)


async def find_hub():
    """Joins the network; the address that the beacon comes from."""
    wlan = network.WLAN(network.STA_IF)
    wlan.active(True)
    wlan.connect("hub", "secret")
    while not wlan.isconnected():
        await asyncio.sleep_ms(50)
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    s.setblocking(False)
    s.bind(("0.0.0.0", BEACON_PORT))
    while True:
        try:
            data, address = s.recvfrom(16)
        except OSError:
            await asyncio.sleep_ms(50)
            continue
        if data == b"hub":
            s.close()
            return address[0]


async def main():
    hub = await find_hub()
    print("hub found at", hub)
    reader, writer = await asyncio.open_connection(hub, PORT)
    while True:
        writer.write(json.dumps({"name": "roof", "celsius": celsius()}) + "\n")
        await writer.drain()
        print("sensors:", int(await reader.readline()))
        await asyncio.sleep(1)


asyncio.run(main())
