"""Measures climate, shows it on a display, logs it to an EEPROM, serves it as a page and raises alarms."""

import asyncio
import json
import struct
import time

import network
from ds18x20 import DS18X20
from machine import I2C, Pin
from micropython import const
from onewire import OneWire

from bme280 import BME280, SensorMissing
from display import Display

MEASURE_MS = const(2000)
ALARM_C = const(30)
HYSTERESIS_C = const(1)
LOG_ADDRESS = const(0x50)
LOG_RECORD = "<Ihhh"
LOG_SIZE = const(16)
PORT = const(80)

PAGE = """<!doctype html><title>Sensor node</title>
<h1>{temperature:.1f} &deg;C</h1><p>outside {outside:.1f} &deg;C, {humidity:.0f} %, {pressure:.0f} hPa</p>"""


class Log:
    """The last records, in an EEPROM: written in a ring."""

    def __init__(self, i2c, records=64):
        self._i2c = i2c
        self._records = records
        self.count = 0

    async def append(self, reading):
        data = struct.pack(
            LOG_RECORD,
            reading["time"],
            round(reading["temperature"] * 100),
            round(reading["outside"] * 100),
            round(reading["humidity"] * 100),
        )
        place = self.count % self._records * LOG_SIZE
        self._i2c.writeto_mem(LOG_ADDRESS, place, data, addrsize=16)
        self.count += 1
        await self._written()

    async def _written(self):
        """The chip does not answer until it has written."""
        for _ in range(10):
            await asyncio.sleep_ms(1)
            try:
                self._i2c.writeto(LOG_ADDRESS, b"")
                return
            except OSError:
                continue
        raise OSError("the EEPROM stays busy")

    def record(self, index):
        size = struct.calcsize(LOG_RECORD)
        data = self._i2c.readfrom_mem(LOG_ADDRESS, index * LOG_SIZE, size, addrsize=16)
        return struct.unpack(LOG_RECORD, data)


class Node:
    def __init__(self):
        self.i2c = I2C(0, scl=Pin(5), sda=Pin(4), freq=400_000)
        self.sensor = BME280(self.i2c)
        self.display = Display(self.i2c)
        self.probe = DS18X20(OneWire(Pin(16)))
        self.roms = self.probe.scan()
        self.log = Log(self.i2c)
        self.alarm_lamp = Pin(15, Pin.OUT)
        self.alarm = False
        self.pages = (self.page_climate, self.page_outside, self.page_log)
        self.page = 0
        self.reading = None
        self.ready = asyncio.Event()
        self.button = asyncio.ThreadSafeFlag()
        Pin(14, Pin.IN, Pin.PULL_UP).irq(self.next_page, Pin.IRQ_FALLING)

    def next_page(self, pin):
        self.page = (self.page + 1) % len(self.pages)
        self.button.set()

    async def outside(self):
        if not self.roms:
            return 0.0
        self.probe.convert_temp()
        await asyncio.sleep_ms(750)
        return self.probe.read_temp(self.roms[0])

    async def measure(self):
        while True:
            start = time.ticks_ms()
            temperature, pressure, humidity = self.sensor.measure()
            self.reading = {
                "time": time.time(),
                "temperature": temperature,
                "pressure": pressure,
                "humidity": humidity,
                "outside": await self.outside(),
            }
            self.ready.set()
            await self.log.append(self.reading)
            self.check_alarm(temperature)
            self.draw()
            spent = time.ticks_diff(time.ticks_ms(), start)
            await asyncio.sleep_ms(max(0, MEASURE_MS - spent))

    def check_alarm(self, temperature):
        if not self.alarm and temperature >= ALARM_C:
            self.alarm = True
            print("alarm at {:.1f}".format(temperature))
        elif self.alarm and temperature < ALARM_C - HYSTERESIS_C:
            self.alarm = False
            print("alarm over")

    async def blink(self):
        while True:
            self.alarm_lamp.value(self.alarm and not self.alarm_lamp.value())
            await asyncio.sleep_ms(250)

    async def watch_button(self):
        while True:
            await self.button.wait()
            await self.ready.wait()
            self.draw()

    def draw(self):
        self.display.fill(0)
        self.pages[self.page](self.display)
        self.display.show()

    def page_climate(self, display):
        display.title("Climate")
        display.text("{:.1f} C".format(self.reading["temperature"]), 0, 16)
        display.text("{:.0f} hPa".format(self.reading["pressure"]), 0, 28)
        display.text("{:.0f} %".format(self.reading["humidity"]), 0, 40)
        display.bar(54, self.reading["humidity"] / 100)

    def page_outside(self, display):
        display.title("Outside")
        display.text("{:.2f} C".format(self.reading["outside"]), 0, 24)

    def page_log(self, display):
        display.title("Log")
        display.text("{} records".format(self.log.count), 0, 24)

    async def serve(self, reader, writer):
        request = await reader.readline()
        while await reader.readline() not in (b"\r\n", b""):
            pass
        path = request.split()[1].decode() if request else "/"
        if path == "/":
            status, kind, body = "200 OK", "text/html", PAGE.format(**self.reading)
        elif path == "/data":
            status, kind, body = "200 OK", "application/json", json.dumps(self.reading)
        else:
            status, kind, body = "404 Not Found", "text/plain", "no such page"
        head = "HTTP/1.0 {}\r\nContent-Type: {}\r\nContent-Length: {}\r\n\r\n"
        writer.write((head.format(status, kind, len(body)) + body).encode())
        await writer.drain()
        writer.close()
        await writer.wait_closed()

    async def connect(self):
        wlan = network.WLAN(network.STA_IF)
        wlan.active(True)
        wlan.connect("simulated", "secret")
        while not wlan.isconnected():
            await asyncio.sleep_ms(100)
        print("connected as", wlan.ifconfig()[0])
        try:
            await asyncio.start_server(self.serve, "0.0.0.0", PORT)
        except (OSError, ImportError) as error:
            print("no server:", error)

    async def run(self):
        await asyncio.gather(self.measure(), self.blink(), self.watch_button(), self.connect())


try:
    node = Node()
except SensorMissing as error:
    print("cannot start:", error)
else:
    asyncio.run(node.run())
