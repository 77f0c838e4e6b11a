"""A push button that is free of bounces and knows long presses."""

import asyncio
from machine import Pin
from micropython import const

SETTLE_MS = const(20)
LONG_MS = const(1500)


class Button:
    """Counts presses; `short` and `long` are called when they happen."""

    def __init__(self, number, short=None, long=None):
        self.pin = Pin(number, Pin.IN, Pin.PULL_UP)
        self.short = short
        self.long = long
        self.presses = 0
        self.edges = 0
        self._edge = asyncio.ThreadSafeFlag()
        self.pin.irq(handler=self._on_edge, trigger=Pin.IRQ_FALLING | Pin.IRQ_RISING)
        self._task = asyncio.create_task(self._run())

    def _on_edge(self, pin):
        self.edges += 1
        self._edge.set()

    def pressed(self):
        return self.pin.value() == 0

    async def _settled(self):
        """Waits until the contact has been quiet for a while."""
        while True:
            self._edge.clear()
            try:
                await asyncio.wait_for_ms(self._edge.wait(), SETTLE_MS)
            except asyncio.TimeoutError:
                return

    async def _released(self, timeout_ms):
        """True when the button is let go within the time."""
        try:
            await asyncio.wait_for_ms(self._until_up(), timeout_ms)
            return True
        except asyncio.TimeoutError:
            return False

    async def _until_up(self):
        while self.pressed():
            await asyncio.sleep_ms(10)

    async def _run(self):
        while True:
            await self._edge.wait()
            await self._settled()
            if not self.pressed():
                continue
            self.presses += 1
            if await self._released(LONG_MS):
                if self.short:
                    self.short()
            else:
                if self.long:
                    self.long()
                await self._until_up()

    def deinit(self):
        self._task.cancel()
        self.pin.irq(handler=None)
