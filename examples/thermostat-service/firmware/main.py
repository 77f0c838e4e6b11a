"""A thermostat: it heats until the target is reached, and tells a display what it does.

The service around it supplies the module `site`: the outside temperature comes from a promise, the
display is a callback.
"""

import asyncio
import time
import site
from room import Room

HYSTERESIS = 0.5
STEP_MS = 20

changed = asyncio.Event()
ready = asyncio.ThreadSafeFlag()


class Thermostat:
    def __init__(self, room, target):
        self.room = room
        self.target = target
        self.heating = False
        self.switched = 0

    def regulate(self):
        wanted = self.heating
        if self.room.celsius < self.target - HYSTERESIS:
            wanted = True
        elif self.room.celsius > self.target + HYSTERESIS:
            wanted = False
        if wanted != self.heating:
            self.heating = wanted
            self.switched += 1
            print("heating", "on" if wanted else "off")
        self.room.step(self.heating)


thermostat = None


def set_target(celsius: float) -> float:
    """Called by the service; gives the target that was."""
    if not 5 <= celsius <= 30:
        raise ValueError("no target: %s" % celsius)
    before = thermostat.target
    thermostat.target = celsius
    changed.set()
    return before


def status() -> dict:
    return {
        "celsius": round(thermostat.room.celsius, 1),
        "target": thermostat.target,
        "heating": thermostat.heating,
    }


async def reached(timeout_ms: int) -> float:
    """Awaited by the service: the temperature, once it is the target's."""

    async def poll():
        while abs(thermostat.room.celsius - thermostat.target) > 2 * HYSTERESIS:
            await asyncio.sleep_ms(STEP_MS)
        return round(thermostat.room.celsius, 1)

    return await asyncio.wait_for_ms(poll(), timeout_ms)


def calibrate(samples: int) -> float:
    """Blocks, as drivers do; the service goes on meanwhile."""
    total = 0
    for _ in range(samples):
        total += thermostat.room.celsius
        time.sleep_ms(5)
    return total / samples


async def announce():
    while True:
        await changed.wait()
        changed.clear()
        site.show("target %d" % thermostat.target)


async def main():
    global thermostat
    outside = await site.outside_temperature("garden")
    print("outside it is", outside)
    thermostat = Thermostat(Room(15, outside), 18)
    announcer = asyncio.create_task(announce())
    try:
        await ready.wait()
        print("regulating")
        while True:
            thermostat.regulate()
            await asyncio.sleep_ms(STEP_MS)
    finally:
        announcer.cancel()
        thermostat.heating = False
        print("heating off for the night")


try:
    asyncio.run(main())
finally:
    print("bye")
