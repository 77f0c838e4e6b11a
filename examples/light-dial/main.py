"""A ring of lights with a knob: turning chooses the color, pressing the effect, a dimmer the brightness."""

import asyncio
import sys
import time
from machine import ADC, UART, Pin
from micropython import const
from neopixel import NeoPixel

import effects
from encoder import Encoder

PIXELS = const(12)
HUE_STEP = const(8)
SLEEP_AFTER_MS = const(60_000)


class Settings:
    """What the knob and the serial line change."""

    def __init__(self):
        self.hue = 0
        self.effect = 0
        self.on = True
        self.touched = time.ticks_ms()
        self.changed = asyncio.Event()

    def touch(self):
        self.touched = time.ticks_ms()
        self.on = True
        self.changed.set()

    def turn(self, clicks):
        self.hue = (self.hue + clicks * HUE_STEP) % 256
        self.touch()

    def next_effect(self):
        self.effect = (self.effect + 1) % len(effects.ALL)
        self.touch()

    def idle_ms(self):
        return time.ticks_diff(time.ticks_ms(), self.touched)


class Ring:
    """Shows the frames of the effect that is chosen, with the brightness of the dimmer."""

    def __init__(self, settings):
        self._pixels = NeoPixel(Pin(6), PIXELS)
        self._dimmer = ADC(Pin(26))
        self._settings = settings
        self._effects = [effect(PIXELS) for effect in effects.ALL]
        self.frames = 0

    @property
    def effect(self):
        return self._effects[self._settings.effect]

    def brightness(self):
        return self._dimmer.read_u16() >> 8

    def show(self, frame):
        level = self.brightness()
        for i, color in enumerate(frame):
            self._pixels[i] = effects.scaled(color, level)
        self._pixels.write()
        self.frames += 1

    def dark(self):
        self._pixels.fill((0, 0, 0))
        self._pixels.write()

    async def run(self):
        settings = self._settings
        while True:
            effect = self.effect
            frames = effect.frames(lambda: settings.hue)
            while settings.on and self.effect is effect:
                self.show(next(frames))
                await asyncio.sleep_ms(1000 // effect.speed)
            frames.close()
            if not settings.on:
                self.dark()
                settings.changed.clear()
                await settings.changed.wait()


async def watch_knob(encoder, settings):
    while True:
        settings.turn(await encoder.change())


async def watch_button(pin, settings):
    """The button of the knob, asked each 10 ms: three equal answers count."""
    down = False
    history = 0
    while True:
        history = (history << 1 | (not pin.value())) & 0b111
        if history == 0b111 and not down:
            down = True
            settings.next_effect()
        elif history == 0:
            down = False
        await asyncio.sleep_ms(10)


async def watch_idle(settings):
    while True:
        await asyncio.sleep(1)
        if settings.on and settings.idle_ms() > SLEEP_AFTER_MS:
            settings.on = False
            print("good night")


class Console:
    """Commands on a serial line: `hue 100`, `effect comet`, `status`."""

    def __init__(self, settings, ring):
        uart = UART(1, 115200, tx=Pin(8), rx=Pin(9))
        self._reader = asyncio.StreamReader(uart)
        self._writer = asyncio.StreamWriter(uart, {})
        self._settings = settings
        self._ring = ring

    def hue(self, value):
        self._settings.hue = int(value) % 256
        self._settings.touch()
        return "hue {}".format(self._settings.hue)

    def effect(self, name):
        names = [effect.name for effect in effects.ALL]
        if name not in names:
            raise ValueError("no effect " + name)
        self._settings.effect = names.index(name)
        self._settings.touch()
        return "effect " + name

    def status(self):
        return "{} hue={} level={}".format(
            self._ring.effect, self._settings.hue, self._ring.brightness()
        )

    def execute(self, line):
        words = line.split()
        commands = {"hue": self.hue, "effect": self.effect, "status": self.status}
        try:
            return commands[words[0]](*words[1:])
        except KeyError:
            return "unknown command"
        except (ValueError, TypeError) as error:
            return "error: {}".format(error)

    async def run(self):
        while True:
            line = await self._reader.readline()
            text = line.decode().strip()
            if text:
                self._writer.write((self.execute(text) + "\r\n").encode())
                await self._writer.drain()


async def main():
    settings = Settings()
    ring = Ring(settings)
    encoder = Encoder(16, 17)
    button = Pin(18, Pin.IN, Pin.PULL_UP)
    print("running on", sys.platform)
    await asyncio.gather(
        ring.run(),
        watch_knob(encoder, settings),
        watch_button(button, settings),
        watch_idle(settings),
        Console(settings, ring).run(),
    )


asyncio.run(main())
