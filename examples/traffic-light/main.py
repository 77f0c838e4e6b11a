"""A pedestrian crossing: cars have green until somebody asks to cross; at night amber blinks."""

import asyncio
import machine
from machine import PWM, Pin, Signal
from micropython import const

from debounce import Button
from machine_states import State, StateMachine

GREEN_MS = const(4000)
AMBER_MS = const(1000)
RED_MS = const(500)
WALK_MS = const(5000)
CLEAR_MS = const(1500)
NIGHT_MS = const(500)

PINS = {"red": 10, "amber": 11, "green": 12, "wait": 13, "walk": 14}
BEEP_HZ = const(880)
WATCHDOG_MS = const(3000)


class Lamps:
    """All lamps of the crossing, switched together."""

    def __init__(self, pins):
        self._lamps = {name: Signal(Pin(pin, Pin.OUT), invert=False) for name, pin in pins.items()}
        self.show()

    def show(self, *names):
        for name, lamp in self._lamps.items():
            if name != "wait":
                lamp.value(name in names)

    def wait(self, on):
        self._lamps["wait"].value(on)


class Beeper:
    """Tells those who cannot see that they may walk."""

    def __init__(self, pin):
        self._pwm = PWM(Pin(pin), freq=BEEP_HZ, duty_u16=0)
        self.beeps = 0

    def on(self):
        self.beeps += 1
        self._pwm.duty_u16(32768)

    def off(self):
        self._pwm.duty_u16(0)


class Crossing:
    def __init__(self):
        self.lamps = Lamps(PINS)
        self.beeper = Beeper(15)
        self.night = Pin(3, Pin.IN)
        self.requested = False
        self.crossings = 0
        self.button = Button(2, short=self.request, long=self.report)
        show = self.lamps.show
        self.machine = StateMachine(
            [
                State("green", lambda: show("green"), GREEN_MS, self.after_green),
                State("amber", lambda: show("amber"), AMBER_MS, "red"),
                State("red", lambda: show("red"), RED_MS, "walk"),
                State("walk", self.enter_walk, WALK_MS, "clear"),
                State("clear", self.enter_clear, CLEAR_MS, "ready"),
                State("ready", lambda: show("red", "amber"), AMBER_MS, "green"),
                State("night", lambda: show("amber"), NIGHT_MS, self.after_night),
                State("dark", lambda: show(), NIGHT_MS, self.after_night),
            ],
            "green",
        )
        self.machine.listen(self.log)

    def log(self, previous, name):
        if previous != name:
            print("{:>6} -> {}".format(previous or "-", name))

    def request(self):
        if self.machine.name in ("walk", "night", "dark"):
            return
        self.requested = True
        self.lamps.wait(True)
        print("request")

    def report(self):
        print("crossings:", self.crossings, "presses:", self.button.presses)

    def after_green(self):
        if self.night.value():
            return "night"
        return "amber" if self.requested else "green"

    def after_night(self):
        if not self.night.value():
            return "amber"
        return "dark" if self.machine.name == "night" else "night"

    def enter_walk(self):
        self.requested = False
        self.crossings += 1
        self.lamps.wait(False)
        self.lamps.show("red", "walk")

    def enter_clear(self):
        self.lamps.show("red")

    async def beep(self):
        """A tick each half second while people may walk, a faster one at the end."""
        while True:
            if self.machine.name == "walk":
                self.beeper.on()
                await asyncio.sleep_ms(50)
                self.beeper.off()
                remaining = self.machine.remaining() or 0
                await asyncio.sleep_ms(150 if remaining < 1500 else 450)
            else:
                await asyncio.sleep_ms(20)

    async def run(self, watchdog):
        asyncio.create_task(self.beep())
        while True:
            self.machine.step()
            watchdog.feed()
            await asyncio.sleep_ms(10)


async def main():
    if machine.reset_cause() == machine.WDT_RESET:
        print("restarted by the watchdog")
    crossing = Crossing()
    await crossing.run(machine.WDT(timeout=WATCHDOG_MS))


asyncio.run(main())
