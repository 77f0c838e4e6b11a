"""Effects for a ring of lights. Each is a generator of frames: lists of (red, green, blue)."""

import math


def wheel(hue):
    """The color at a place (0 to 255) of the color wheel."""
    hue %= 256
    third, rest = divmod(hue, 85)
    up = min(255, rest * 3)
    if third == 0:
        return (255 - up, up, 0)
    if third == 1:
        return (0, 255 - up, up)
    return (up, 0, 255 - up)


def scaled(color, level):
    """A color with a brightness from 0 to 255, corrected for the eye."""
    factor = (level / 255) ** 2.2
    return tuple(int(part * factor + 0.5) for part in color)


class Effect:
    """The base of all effects; `speed` is in steps a second."""

    name = "none"
    speed = 20

    def __init__(self, count):
        self.count = count

    def frames(self, hue):
        raise NotImplementedError

    def __str__(self):
        return self.name


class Solid(Effect):
    name = "solid"
    speed = 5

    def frames(self, hue):
        while True:
            yield [wheel(hue())] * self.count


class Rainbow(Effect):
    name = "rainbow"

    def frames(self, hue):
        step = 0
        while True:
            base = hue() + step
            yield [wheel(base + i * 256 // self.count) for i in range(self.count)]
            step += 4


class Comet(Effect):
    name = "comet"
    speed = 25
    tail = 5

    def frames(self, hue):
        head = 0
        while True:
            frame = [(0, 0, 0)] * self.count
            for i in range(self.tail):
                level = 255 - i * 255 // self.tail
                frame[(head - i) % self.count] = scaled(wheel(hue()), level)
            yield frame
            head = (head + 1) % self.count


class Breath(Effect):
    name = "breath"

    def frames(self, hue):
        step = 0
        while True:
            level = (1 - math.cos(step * math.pi / 40)) / 2
            yield [scaled(wheel(hue()), int(level * 255))] * self.count
            step += 1


ALL = (Solid, Rainbow, Comet, Breath)
