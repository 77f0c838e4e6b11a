"""A driver for the BME280: temperature, pressure and humidity over I2C, with integers as in its data sheet."""

import struct
from micropython import const

CHIP_ID = const(0x60)
REG_ID = const(0xD0)
REG_RESET = const(0xE0)
REG_HUMIDITY = const(0xF2)
REG_CONTROL = const(0xF4)
REG_DATA = const(0xF7)
REG_CALIBRATION = const(0x88)
REG_CALIBRATION_H = const(0xE1)


class SensorMissing(Exception):
    pass


class BME280:
    def __init__(self, i2c, address=0x76):
        self._i2c = i2c
        self._address = address
        self._buffer = bytearray(8)
        try:
            found = self._read(REG_ID, 1)[0]
        except OSError:
            raise SensorMissing("nothing at 0x{:02x}".format(address))
        if found != CHIP_ID:
            raise SensorMissing("chip 0x{:02x} is no BME280".format(found))
        low = struct.unpack("<HhhHhhhhhhhhBB", self._read(REG_CALIBRATION, 26))
        self._t = low[0:3]
        self._p = low[3:12]
        h1 = low[13]
        high = self._read(REG_CALIBRATION_H, 7)
        h2, h3 = struct.unpack_from("<hB", high, 0)
        h4 = high[3] << 4 | high[4] & 0xF
        h5 = high[5] << 4 | high[4] >> 4
        self._h = (h1, h2, h3, h4, h5, high[6])
        self._write(REG_HUMIDITY, 1)
        self._write(REG_CONTROL, 0x27)

    def _read(self, register, count):
        return self._i2c.readfrom_mem(self._address, register, count)

    def _write(self, register, value):
        self._i2c.writeto_mem(self._address, register, bytes((value,)))

    def measure(self):
        """(degrees Celsius, hPa, percent)"""
        data = self._buffer
        self._i2c.readfrom_mem_into(self._address, REG_DATA, data)
        raw_p = data[0] << 12 | data[1] << 4 | data[2] >> 4
        raw_t = data[3] << 12 | data[4] << 4 | data[5] >> 4
        raw_h = data[6] << 8 | data[7]
        fine = self._fine(raw_t)
        return ((fine * 5 + 128 >> 8) / 100, self._pressure(raw_p, fine), self._humidity(raw_h, fine))

    def _fine(self, raw):
        t1, t2, t3 = self._t
        first = ((raw >> 3) - (t1 << 1)) * t2 >> 11
        second = ((raw >> 4) - t1) ** 2 >> 12
        return first + (second * t3 >> 14)

    def _pressure(self, raw, fine):
        p1, p2, p3, p4, p5, p6, p7, p8, p9 = self._p
        first = fine - 128000
        second = first * first * p6 + ((first * p5) << 17) + (p4 << 35)
        first = (first * first * p3 >> 8) + ((first * p2) << 12)
        first = ((1 << 47) + first) * p1 >> 33
        if first == 0:
            return 0
        pressure = (((1048576 - raw) << 31) - second) * 3125 // first
        first = p9 * (pressure >> 13) ** 2 >> 25
        second = p8 * pressure >> 19
        return ((pressure + first + second >> 8) + (p7 << 4)) / 25600

    def _humidity(self, raw, fine):
        h1, h2, h3, h4, h5, h6 = self._h
        value = fine - 76800.0
        value = (raw - (h4 * 64.0 + h5 / 16384.0 * value)) * (
            h2 / 65536.0 * (1.0 + h6 / 67108864.0 * value * (1.0 + h3 / 67108864.0 * value))
        )
        value *= 1.0 - h1 * value / 524288.0
        return min(100.0, max(0.0, value))
