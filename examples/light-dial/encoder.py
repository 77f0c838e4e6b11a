"""A rotary encoder read by interrupts: four edges are one click."""

import asyncio
from machine import Pin
from micropython import const

EDGES = const(4)

# How far the knob has turned from one state of the two contacts to the next; 0: nowhere, or unknown.
STEPS = bytes((0, 255, 1, 0, 1, 0, 0, 255, 255, 0, 0, 1, 0, 1, 255, 0))


class Encoder:
    """`position` counts clicks; it can be awaited for changes."""

    def __init__(self, clk, dt, least=None, most=None):
        self._clk = Pin(clk, Pin.IN, Pin.PULL_UP)
        self._dt = Pin(dt, Pin.IN, Pin.PULL_UP)
        self._state = self._contacts()
        self._edges = 0
        self._flag = asyncio.ThreadSafeFlag()
        self._reported = 0
        self.least = least
        self.most = most
        self.position = 0
        for pin in (self._clk, self._dt):
            pin.irq(self._moved, Pin.IRQ_RISING | Pin.IRQ_FALLING)

    def _contacts(self):
        return self._clk.value() << 1 | self._dt.value()

    def _moved(self, pin):
        state = self._contacts()
        step = STEPS[self._state << 2 | state]
        self._state = state
        if step == 0:
            return
        self._edges += 1 if step == 1 else -1
        if state != 3:
            return
        # At rest both contacts are open: a click is complete, whatever edges were lost on the way.
        if self._edges >= EDGES // 2:
            self._turn(1)
        elif self._edges <= -(EDGES // 2):
            self._turn(-1)
        self._edges = 0

    def _turn(self, by):
        position = self.position + by
        if self.least is not None:
            position = max(self.least, position)
        if self.most is not None:
            position = min(self.most, position)
        if position != self.position:
            self.position = position
            self._flag.set()

    def set(self, position):
        self.position = position
        self._reported = position

    async def change(self):
        """Waits for clicks; how many there were since the last time."""
        while self.position == self._reported:
            await self._flag.wait()
        clicks = self.position - self._reported
        self._reported = self.position
        return clicks
