"""A driver for displays with an SSD1306 over I2C: a frame buffer with `show()`."""

import framebuf
from micropython import const

START = (
    0xAE,  # off
    0x20, 0x00,  # horizontal addressing
    0x40, 0xA1, 0xC8,  # start line, orientation
    0xA8, 0x3F, 0xD3, 0x00, 0xDA, 0x12,  # 64 rows
    0xD5, 0x80, 0xD9, 0xF1, 0xDB, 0x30,  # timing
    0x81, 0xFF, 0xA4, 0xA6,  # contrast, show memory, not inverted
    0x8D, 0x14,  # charge pump
    0xAF,  # on
)
WIDTH = const(128)
HEIGHT = const(64)


class Display(framebuf.FrameBuffer):
    def __init__(self, i2c, address=0x3C):
        self._i2c = i2c
        self._address = address
        self._memory = bytearray(WIDTH * HEIGHT // 8)
        super().__init__(self._memory, WIDTH, HEIGHT, framebuf.MONO_VLSB)
        for command in START:
            self.command(command)
        self.fill(0)
        self.show()

    def command(self, value):
        self._i2c.writeto(self._address, bytes((0x80, value)))

    def contrast(self, value):
        self.command(0x81)
        self.command(value)

    def show(self):
        for command in (0x21, 0, WIDTH - 1, 0x22, 0, HEIGHT // 8 - 1):
            self.command(command)
        self._i2c.writevto(self._address, (b"\x40", self._memory))

    def title(self, text):
        self.fill_rect(0, 0, WIDTH, 10, 1)
        self.text(text, 2, 1, 0)

    def bar(self, y, part):
        self.rect(0, y, WIDTH, 8, 1)
        self.fill_rect(2, y + 2, int((WIDTH - 4) * min(1, max(0, part))), 4, 1)
