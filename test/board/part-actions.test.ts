/** What scripts and tests make parts do is what firmware reads next: actions that no example performs. */

import { simulate } from "mpy2ts/testing";
import { folderWith } from "../harness/command-line.js";

const PERIOD = 100;
const bus = { scl: "GP5", sda: "GP4" };

/** A Pico that prints an expression again and again; `shown` gives it some time and reads the latest line. */
async function watching(given: string, expression: string, part: Record<string, unknown>) {
  const source = `
from machine import ADC, I2C, PWM, Pin, time_pulse_us
import time
${given}
def read():
    try:
        return ${expression}
    except OSError as e:
        return e
while True:
    print(read())
    time.sleep_ms(${PERIOD})
`;
  const wiring = { board: "pico", parts: [{ id: "part", ...part }] };
  const board = await simulate(folderWith({ "main.py": source }), { wiring });
  const shown = async () => {
    await board.advance(2 * PERIOD);
    expect(board.errors).toBe("");
    return board.lines.at(-1);
  };
  return { board, shown };
}

const input = (pull: string) => `pin = Pin(2, Pin.IN${pull})`;

test.each([
  [
    "switch",
    input(""),
    "pin()",
    { pin: "GP2" },
    [
      ["on", [], "1"],
      ["toggle", [], "0"],
      ["toggle", [], "1"],
      ["off", [], "0"],
    ],
  ],
  [
    "button",
    input(", Pin.PULL_UP"),
    "pin()",
    { pin: "GP2" },
    [
      ["hold", [], "0"],
      ["release", [], "1"],
    ],
  ],
  [
    "potentiometer",
    "adc = ADC(26)",
    "round(adc.read_u16() / 655.35)",
    { pin: "GP26" },
    [
      ["set", [0.5], "50"],
      ["volts", [3.3], "100"],
    ],
  ],
  [
    "dht22",
    "import dht\nsensor = dht.DHT22(Pin(2))",
    "(sensor.measure(), sensor.temperature(), sensor.humidity())[1:]",
    { pin: "GP2", temperature: 20, humidity: 50 },
    [
      ["set", ["temperature", -3.5], "(-3.5, 50.0)"],
      ["disconnect", [], "[Errno 110] ETIMEDOUT"],
      ["connect", [], "(-3.5, 50.0)"],
    ],
  ],
  [
    "hc-sr04",
    "trig, echo = Pin(2, Pin.OUT), Pin(3)",
    "(trig(1), trig(0), round(time_pulse_us(echo, 1) / 58))[2]",
    { trig: "GP2", echo: "GP3", distance: 100 },
    [["set", [40], "40"]],
  ],
  [
    // Wokwi's documentation: of 5 V 3.09 V at 50 lux, 2.50 V at 100 lux, 1.37 V at 400 lux.
    "photoresistor",
    "adc, dark = ADC(26), Pin(2)",
    "(round(adc.read_u16() * 5 / 65535, 2), dark())",
    { ao: "GP26", do: "GP2" },
    [
      ["set", ["lux", 400], "(1.37, 0)"],
      ["set", [100], "(2.5, 0)"],
      ["set", [50], "(3.09, 1)"],
      ["set", [0], "(5.0, 1)"],
    ],
  ],
  [
    "gas-sensor",
    "adc, clean = ADC(26), Pin(2)",
    "(round(adc.read_u16() * 5 / 65535, 1), clean())",
    { ao: "GP26", do: "GP2" },
    [
      ["set", ["ppm", 574.25], "(2.5, 1)"],
      ["set", [100000], "(4.6, 0)"],
    ],
  ],
  [
    // The formula is that of Wokwi's documentation.
    "thermistor",
    "import math\nadc = ADC(26)",
    "round(1 / (math.log(1 / (65535 / adc.read_u16() - 1)) / 3950 + 1 / 298.15) - 273.15, 1)",
    { ao: "GP26" },
    [
      ["set", ["temperature", 25], "25.0"],
      ["set", [-10], "-10.0"],
    ],
  ],
  [
    "hx711",
    `dt, sck = Pin(2), Pin(3, Pin.OUT)
def weigh():
    while dt():
        time.sleep_ms(1)
    raw = 0
    for _ in range(24):
        sck(1)
        raw = raw << 1 | dt()
        sck(0)
    sck(1)
    busy = dt()
    sck(0)
    return raw - (1 << 24) * (raw >> 23), busy`,
    "weigh()",
    { dt: "GP2", sck: "GP3" },
    [
      ["set", ["load", 2.5], "(1050, 1)"],
      ["set", [-1], "(-420, 1)"],
      ["set", [9], "(2100, 1)"],
    ],
  ],
  [
    "i2c-registers",
    "i2c = I2C(0, scl=Pin(5), sda=Pin(4))",
    "i2c.readfrom_mem(0x20, 3, 2)",
    bus,
    [["set", [3, 65, 66], "b'AB'"]],
  ],
  [
    "mpu6050",
    "i2c = I2C(0, scl=Pin(5), sda=Pin(4))\ni2c.writeto_mem(0x68, 0x6b, b'\\0')",
    "int.from_bytes(i2c.readfrom_mem(0x68, 0x3f, 2), 'big')",
    bus,
    [["set", ["az", 0.5], "8192"]],
  ],
  [
    "ds3231",
    "i2c = I2C(0, scl=Pin(5), sda=Pin(4))",
    "(i2c.readfrom_mem(0x68, 6, 1), i2c.readfrom_mem(0x68, 0x11, 1))",
    { ...bus, date: "2024-01-02T03:04:05Z" },
    [
      ["set", ["temperature", 30], "(b'$', b'\\x1e')"],
      ["set", ["date", "2031-05-06T00:00:00Z"], "(b'1', b'\\x1e')"],
    ],
  ],
  [
    "ds18b20",
    "import onewire, ds18x20\nwire = ds18x20.DS18X20(onewire.OneWire(Pin(2)))\nroms = wire.scan()",
    "(wire.convert_temp(), time.sleep_ms(750), wire.read_temp(roms[0]))[2]",
    { pin: "GP2", temperature: 21 },
    [["set", ["temperature", -0.5], "-0.5"]],
  ],
] as const)("%s", async (type, given, expression, legs, acts) => {
  const { board, shown } = await watching(given, expression, { type, ...legs });
  await shown();
  for (const [action, args, expected] of acts) {
    board.act("part", action, ...args);
    await board.advance(2000);
    expect([action, await shown()]).toEqual([action, expected]);
  }
});

test("a servo turns with the length of its pulses", async () => {
  const { board } = await watching("pwm = PWM(Pin(2), freq=50)", "pwm.duty_ns(1_450_000)", {
    type: "servo",
    pin: "GP2",
  });
  await board.advance(10);
  expect((board.part("part").state as { angle: number }).angle).toBeCloseTo(90, 0);
});
