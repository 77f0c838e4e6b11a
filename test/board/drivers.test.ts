/** The drivers of `machine` and `pyb`, with parts wired to them: what they do and what they refuse. */

import { simulate } from "mpy2ts/testing";
import { folderWith } from "../harness/command-line.js";

/** Runs a program for a while and gives what it printed. */
async function printed(source: string, wiring: object = {}, ms = 3000): Promise<string[]> {
  const folder = folderWith({ "main.py": source });
  const board = await simulate(folder, { wiring });
  await board.advance(ms);
  expect(board.errors).toBe("");
  return board.lines;
}

/** What each expression prints, or raises. */
function tries(...expressions: string[]): string {
  const lines = expressions.map(
    (text) => `try:\n    print(${text})\nexcept Exception as e:\n    print(type(e).__name__, e)`,
  );
  return `from machine import *\nimport machine\n${lines.join("\n")}\n`;
}

const bus = { scl: "GP5", sda: "GP4" };

describe("what ports refuse", () => {
  test.each([
    ["pico", "I2C(2)", "ValueError I2C(2) doesn't exist"],
    ["pico", "I2C(0, scl=Pin(4), sda=Pin(5))", "ValueError bad SCL pin"],
    ["pico", "I2C(0, scl=Pin(5), sda=Pin(6))", "ValueError bad SDA pin"],
    ["pico", "SPI(5)", "ValueError SPI(5) doesn't exist"],
    ["pico", "SPI(0, sck=Pin(3))", "ValueError bad SCK pin"],
    ["pico", "SPI(0, firstbit=SPI.LSB)", "NotImplementedError LSB"],
    ["pico", "UART(3)", "ValueError UART(3) doesn't exist"],
    ["pico", "UART(0, tx=Pin(1))", "ValueError bad TX pin"],
    ["pico", "ADC(Pin(2))", "ValueError Pin doesn't have ADC capabilities"],
    ["pico", "PWM(Pin(2), freq=1)", "ValueError freq too small"],
    ["pico", "WDT(timeout=9000)", "ValueError timeout exceeds 8388"],
    ["pico", "WDT(1)", "ValueError WDT(1) doesn't exist"],
    ["pico", "Timer(1)", "ValueError Timer doesn't exist"],
    ["pico", "machine.freq(1)", "ValueError cannot change frequency"],
    ["pico", "I2C(0).writeto(9, b'x')", "OSError [Errno 5] EIO"],
    ["pico", "I2C(0).start()", "OSError I2C operation not supported"],
    ["pico", "SoftI2C(Pin(1), Pin(0)).readfrom(9, 1)", "OSError [Errno 19] ENODEV"],
    ["esp32", "Pin(34, Pin.OUT)", "ValueError pin can only be input"],
    ["esp32", "Pin(2).irq(print, hard=True)", "TypeError extra keyword arguments given"],
    ["esp32", "Timer(4)", "ValueError Timer(4) doesn't exist, there are only 4 hardware timers"],
    ["esp32c3", "Timer(2)", "ValueError Timer(2) doesn't exist, there are only 2 hardware timers"],
    ["esp32", "Timer(0, period=0)", "ValueError Timer period is too short for this timer"],
    ["esp32", "Timer(0, period=5, hard=True)", "ValueError hard Timers are not implemented"],
    ["esp32", "UART(1).irq(1)", "ValueError handler must be None or callable"],
    ["esp32", "UART(1).irq(print, 1, True)", "ValueError hard IRQ is not supported"],
    ["esp32", "UART(1).irq(print, 4)", "ValueError trigger 0x0004 unsupported"],
    ["esp32c3", "Pin(18)", "ValueError invalid pin"],
    ["esp32c3", "ADC(Pin(6))", "ValueError invalid pin"],
    ["esp32s3", "Pin(22)", "ValueError invalid pin"],
    ["esp32s3", "TouchPad(Pin(15))", "ValueError invalid pin for touchpad"],
    ["esp8266", "Pin(16, Pin.IN, Pin.PULL_UP)", "ValueError Pin(16) doesn't support pull"],
    ["esp8266", "Pin(16).irq(print)", "OSError pin does not have IRQ capabilities"],
    ["esp8266", "Pin(4).irq(print, hard=True)", "ValueError hard IRQ not supported"],
    ["esp8266", "Timer()", "TypeError function takes 1 positional arguments but 0 were given"],
    ["esp8266", "Timer(0, period=5)", "TypeError function doesn't take keyword arguments"],
    ["pico", "Timer(0)", "ValueError Timer doesn't exist"],
    ["pico", "Pin(2, Pin.ALT, alt=99)", "ValueError invalid pin af: 99"],
    ["pico", "UART(0).irq(print, 1)", "ValueError trigger 0x0001 unsupported"],
    ["pico_w", "Pin('LED').irq(print)", "ValueError expecting a regular GPIO Pin"],
    [
      "pico_w",
      "Pin('LED', Pin.IN, Pin.PULL_UP)",
      "ValueError pulls are not supported for external pins",
    ],
    [
      "pico_w",
      "Pin('LED', Pin.OPEN_DRAIN)",
      "ValueError only Pin.OUT and Pin.IN are supported for this pin",
    ],
    ["pyboard", "Pin('X1', 7)", "ValueError invalid pin mode: 7"],
    ["pyboard", "Pin('X1', Pin.IN, 3)", "ValueError invalid pin pull: 3"],
    ["pyboard", "Pin('X1', Pin.ALT)", "ValueError invalid pin af: -1"],
    ["pyboard", "UART(4).irq(print, 1)", "ValueError trigger 0x00000001 unsupported"],
    ["pyboard", "Timer(1)", "ValueError Timer doesn't exist"],
    ["esp32", "Pin(24)", "ValueError invalid pin"],
    ["esp32", "ADC(Pin(5))", "ValueError invalid pin"],
    ["esp32", "ADC(Pin(32), atten=7)", "ValueError invalid attenuation"],
    ["esp32", "UART(7)", "ValueError UART(7) does not exist"],
    ["esp32", "PWM(Pin(2), freq=50_000_000)", "ValueError frequency must be from 1Hz to 40MHz"],
    ["esp32", "PWM(Pin(2), duty=2000)", "ValueError duty must be from 0 to 1023"],
    ["esp32", "TouchPad(Pin(5))", "ValueError invalid pin for touchpad"],
    ["esp32", "DAC(Pin(4))", "ValueError invalid Pin for DAC"],
    ["esp32", "Timer(9)", "ValueError Timer(9) doesn't exist, there are only 4 hardware timers"],
    [
      "pyboard",
      "I2C(1, scl='X1', sda='X2')",
      "ValueError explicit choice of scl/sda is not implemented",
    ],
    ["esp8266", "machine.freq(1)", "ValueError frequency can only be either 80Mhz or 160MHz"],
    ["generic", "mem32[2]", "ValueError address 00000002 is not aligned to 4 bytes"],
  ])("%s: %s", async (board, expression, message) => {
    expect(await printed(tries(expression), { board })).toEqual([message]);
  });
});

describe("what objects print", () => {
  test.each([
    ["pico", "I2C(0)", "I2C(0, freq=399361, scl=5, sda=4, timeout=50000)"],
    ["pico", "PWM(Pin(2), freq=1000, duty_u16=100)", "<PWM slice=1 channel=0 invert=0>"],
    ["pico", "ADC(26)", "<ADC channel=0>"],
    ["esp32", "ADC(Pin(34))", "ADC(Pin(34), atten=3)"],
    ["generic", "SoftI2C(1, 2)", "SoftI2C(scl=1, sda=2, freq=500000)"],
    ["generic", "mem8", "<8-bit memory>"],
  ])("%s: %s", async (board, expression, text) => {
    expect(await printed(tries(expression), { board })).toEqual([text]);
  });
});

describe("buses", () => {
  test("an EEPROM keeps pages and is busy after writing", async () => {
    const source = `
from machine import I2C, Pin
import time
i2c = I2C(0, scl=Pin(5), sda=Pin(4))
print(i2c.scan())
i2c.writeto_mem(0x50, 60, b"abcdefgh", addrsize=16)
try:
    i2c.readfrom(0x50, 1)
except OSError as e:
    print(e)
time.sleep_ms(5)
print(i2c.readfrom_mem(0x50, 60, 4, addrsize=16), i2c.readfrom_mem(0x50, 0, 4, addrsize=16))
print(i2c.writevto(0x50, (b"\\x00\\x80", b"xy")))
time.sleep_ms(5)
buf = bytearray(2)
i2c.readfrom_mem_into(0x50, 128, buf, addrsize=16)
print(buf)
`;
    expect(await printed(source, { parts: [{ type: "eeprom", ...bus }] })).toEqual([
      "[80]",
      "[Errno 19] ENODEV",
      "b'abcd' b'efgh'",
      "4",
      "bytearray(b'xy')",
    ]);
  });

  test("a device answers only on the pins that it is wired to", async () => {
    const source = tries("I2C(1, scl=Pin(7), sda=Pin(6)).scan()", "SoftI2C(5, 4).scan()");
    expect(await printed(source, { parts: [{ type: "bme280", ...bus }] })).toEqual(["[]", "[118]"]);
  });

  test("a flash memory over SPI", async () => {
    const source = `
from machine import SPI, Pin
spi = SPI(0, 1000000, sck=Pin(18), mosi=Pin(19), miso=Pin(16))
cs = Pin(17, Pin.OUT, value=1)
def send(data, count=0):
    cs(0)
    spi.write(data)
    result = spi.read(count) if count else None
    cs(1)
    return result
print(send(b"\\x9f", 3))
send(b"\\x06")
send(b"\\x02\\x00\\x01\\x00hello")
print(send(b"\\x03\\x00\\x01\\x00", 6))
out = bytearray(4)
cs(0)
spi.write_readinto(b"\\x9f\\0\\0\\0", out)
cs(1)
print(out)
`;
    const wiring = {
      parts: [{ type: "flash", sck: "GP18", mosi: "GP19", miso: "GP16", cs: "GP17" }],
    };
    expect(await printed(source, wiring)).toEqual([
      "b'\\xef@\\x14'",
      "b'hello\\xff'",
      "bytearray(b'\\x00\\xef@\\x14')",
    ]);
  });

  test("an SD card is initialised, written and read", async () => {
    const source = `
from machine import SPI, Pin
spi = SPI(0, 100000, sck=Pin(18), mosi=Pin(19), miso=Pin(16))
cs = Pin(17, Pin.OUT, value=1)
spi.write(b"\\xff" * 10)
def command(code, argument=0, extra=0):
    spi.write(bytes((0x40 | code,)) + argument.to_bytes(4, "big") + b"\\x01")
    for _ in range(9):
        r = spi.read(1, 0xff)[0]
        if not r & 0x80:
            return r, spi.read(extra, 0xff)
cs(0)
print(command(0), command(8, 0x1aa, 4), command(55), command(41, 0x40000000), command(58, 0, 4))
print(command(24, 3))
spi.write(b"\\xfe" + bytes(range(256)) * 2 + b"\\xff\\xff")
print(spi.read(1, 0xff)[0] & 0x1f, spi.read(2, 0xff))
print(command(17, 3))
while spi.read(1, 0xff)[0] != 0xfe:
    pass
data = spi.read(514, 0xff)
print(data[:3], data[510:512], command(17, 99999))
cs(1)
print(spi.read(2, 0xff))
`;
    const wiring = {
      parts: [{ type: "sd-card", sck: "GP18", mosi: "GP19", miso: "GP16", cs: "GP17" }],
    };
    expect(await printed(source, wiring)).toEqual([
      "(1, b'') (1, b'\\x00\\x00\\x01\\xaa') (1, b'') (0, b'') (0, b'\\xc0\\xff\\x80\\x00')",
      "(0, b'')",
      "5 b'\\x00\\xff'",
      "(0, b'')",
      "b'\\x00\\x01\\x02' b'\\xfe\\xff' (64, b'')",
      "b'\\xff\\xff'",
    ]);
  });

  test("MOSI wired to MISO gives back what is sent", async () => {
    const source = tries("SoftSPI(sck=Pin(1), mosi=Pin(2), miso=Pin(3)).read(3, 0x5a)");
    expect(await printed(source, { wires: ["GP2 -> GP3"] })).toEqual(["b'ZZZ'"]);
  });

  test("two UARTs that are wired crosswise; bytes need their time", async () => {
    const source = `
from machine import UART, Pin
import time
a = UART(0, 9600, tx=Pin(0), rx=Pin(1))
b = UART(1, 9600, tx=Pin(8), rx=Pin(9), timeout=10)
print(a.write("hello\\nyou"), b.any())
time.sleep_ms(3)
print(b.any(), b.read())
print(b.read(), a.read())
b.irq(lambda u: print("irq", u.any()), UART.IRQ_RXIDLE)
a.write("x")
a.flush()
time.sleep_ms(10)
`;
    const wires = ["GP0 -> GP9", "GP8 -> GP1"];
    const lines = await printed(source, { wires });
    expect(lines).toEqual(["9 0", "2 b'hello\\nyou'", "None None", "irq 1"]);
  });
});

describe("analog", () => {
  test("a potentiometer, PWM as a voltage, attenuation", async () => {
    const source = tries(
      "ADC(26).read_u16()",
      "ADC(26).read_uv()",
      "PWM(Pin(2), freq=1000, duty_u16=32768).duty_ns()",
      "PWM(Pin(3), freq=50, duty_ns=1500000).duty_u16()",
    );
    const parts = [{ type: "potentiometer", pin: "GP26", position: 1 }];
    expect(await printed(source, { parts })).toEqual(["65535", "3300000", "500008", "4915"]);
  });

  test("DAC and touch on an ESP32", async () => {
    const source = `
from machine import ADC, DAC, Pin, TouchPad
DAC(Pin(25)).write(255)
print(ADC(Pin(25), atten=ADC.ATTN_11DB).read(), TouchPad(Pin(4)).read() > 500)
`;
    expect(await printed(source, { board: "esp32" })).toEqual(["4095 True"]);
  });

  test("a distance measured by polling pin and clock is as exact as the clock", async () => {
    const source = `
from machine import Pin
import time
trigger, echo = Pin(14, Pin.OUT), Pin(15, Pin.IN)
trigger.on()
time.sleep_us(10)
trigger.off()
while echo.value() == 0:
    start = time.ticks_us()
while echo.value() == 1:
    end = time.ticks_us()
print(abs((end - start) * 0.0343 / 2 - 42) < 0.5)
`;
    const parts = [{ type: "hc-sr04", trig: "GP14", echo: "GP15", distance: 42 }];
    expect(await printed(source, { board: "pico", parts })).toEqual(["True"]);
  });

  test("thermometers on one wire have serial numbers of their own", async () => {
    const source = `
from machine import Pin
import ds18x20, onewire
for rom in ds18x20.DS18X20(onewire.OneWire(Pin(18))).scan():
    print(rom[:3])
`;
    const parts = [1, 2].map(() => ({ type: "ds18b20", pin: "GP18" }));
    expect(await printed(source, { board: "pico", parts })).toEqual([
      "bytearray(b'(\\x02\\x00')",
      "bytearray(b'(\\x01\\x00')",
    ]);
  });

  test("an LED with a clock line gets a start frame, its four bytes and an end frame", async () => {
    const source = `
import esp
from apa102 import APA102
from machine import Pin
strip = APA102(Pin(14, Pin.OUT), Pin(13, Pin.OUT), 1)
strip[0] = (255, 0, 0, 1)
strip.write()
print(callable(esp.apa102_write))
`;
    const folder = folderWith({ "main.py": source });
    const board = await simulate(folder, { wiring: { board: "esp8266" } });
    const ticks = board
      .pin(14)
      .edges()
      .filter(({ level }) => level === 1);
    expect(ticks).toHaveLength(32 + 32 + 1 + 32);
    // 0 up to the brightness 0b11100001, 0 again, the eight ones of red with the end.
    expect(
      board
        .pin(13)
        .edges()
        .map(({ level }) => level),
    ).toEqual([1, 0, 1, 0, 1]);
  });

  test("a distance is the length of an echo", async () => {
    const source = `
from machine import Pin, time_pulse_us
import time
trig, echo = Pin(21, Pin.OUT), Pin(22, Pin.IN)
def measure():
    trig.on()
    time.sleep_us(10)
    trig.off()
    return time_pulse_us(echo, 1, 30000)
print(measure() / 58, time_pulse_us(echo, 1, 1000))
`;
    const parts = [{ type: "hc-sr04", trig: "GP21", echo: "GP22", distance: 50 }];
    expect(await printed(source, { parts })).toEqual(["50.0 -2"]);
  });
});

describe("resets", () => {
  test("an unfed watchdog starts the program anew", async () => {
    const source = `
import machine, time
print(machine.reset_cause())
if machine.reset_cause() == machine.PWRON_RESET:
    machine.RTC().memory(b"kept")
    machine.WDT(timeout=100)
    while True:
        time.sleep_ms(10)
print(machine.RTC().memory())
`;
    expect(await printed(source)).toEqual(["1", "3", "b'kept'"]);
  });

  test("timers end, finally clauses do not stop it, a deep sleep takes its time", async () => {
    const source = `
import machine, time
if machine.reset_cause() == machine.PWRON_RESET:
    machine.Timer(-1).init(period=10, callback=lambda t: print("tick"))
    time.sleep_ms(25)
    try:
        machine.deepsleep(500)
    except Exception:
        print("never")
print(machine.reset_cause(), time.ticks_ms() >= 525)
`;
    const lines = await printed(source);
    expect(lines.slice(0, 2)).toEqual(["tick", "tick"]);
    expect(lines.at(-1)).toBe("4 True");
  });
});

describe("pyb", () => {
  test("timers, channels, servos, the DAC and the accelerometer", async () => {
    const source = `
import pyb
t = pyb.Timer(4, freq=100)
print(t)
count = 0
def tick(timer):
    global count
    count += 1
t.callback(tick)
pyb.delay(105)
t.callback(None)
print(count)
ch = pyb.Timer(2, freq=1000).channel(1, pyb.Timer.PWM, pin=pyb.Pin("X1"), pulse_width_percent=25)
print(ch.pulse_width_percent())
s = pyb.Servo(2)
s.angle(45)
print(s, s.angle())
s.angle(-90, 500)
pyb.delay(600)
print(s.angle())
pyb.DAC(1).write(128)
print(pyb.ADC("X5").read())
print(pyb.Accel().z(), pyb.millis() >= 700)
try:
    pyb.Servo(5)
except ValueError as e:
    print(e)
`;
    expect(await printed(source, { board: "pyboard" })).toEqual([
      "Timer(4, freq=100, prescaler=24, period=33599, mode=UP, div=1)",
      "10",
      "25.0",
      "<Servo 2 at 1980us> 44",
      "-79",
      "2056",
      "21 True",
      "Servo(5) doesn't exist",
    ]);
  });

  test("pyb.servo and pyb.pwm write to the timer of the servos", async () => {
    const source = `
import pyb
pyb.Servo(1).pulse_width(1500)
pyb.Servo(3).pulse_width(1500)
pyb.servo(1, 100)
pyb.servo(1, 999)
pyb.servo(2, 150)
pyb.pwm(999, 200)
`;
    const folder = folderWith({ "main.py": source });
    const board = await simulate(folder, { wiring: { board: "pyboard" } });
    await board.advance(1);
    expect(board.events.map(({ source, value }) => [source, value])).toEqual([
      ["X1", { frequency: 50, duty: 0.075 }],
      ["X3", { frequency: 50, duty: 0.075 }],
      ["X1", { frequency: 50, duty: 0.05 }],
      ["X1", { frequency: 50, duty: 0.125 }],
      ["X1", { frequency: 100, duty: 0.25 }],
      ["X3", { frequency: 100, duty: 0.15 }],
      ["X3", { frequency: 100, duty: 0.2 }],
    ]);
  });
});

describe("single-wire sensors and lights", () => {
  test("thermometers are found, converted and read", async () => {
    const source = `
import time
from machine import Pin
from onewire import OneWire
from ds18x20 import DS18X20
ds = DS18X20(OneWire(Pin(17)))
roms = ds.scan()
ds.convert_temp()
print(len(roms), ds.read_temp(roms[0]))
time.sleep_ms(750)
print(sorted(ds.read_temp(rom) for rom in roms))
print(OneWire(Pin(3)).reset(), OneWire(Pin(3)).scan())
`;
    const parts = [-5.5, 21, 80].map((temperature, serial) => {
      return { type: "ds18b20", pin: "GP17", temperature, serial: serial * 77 + 1 };
    });
    expect(await printed(source, { parts })).toEqual(["3 85.0", "[-5.5, 21.0, 80.0]", "False []"]);
  });

  test("DHT sensors, and one that is missing", async () => {
    const source = `
import dht
from machine import Pin
for sensor in (dht.DHT11(Pin(2)), dht.DHT22(Pin(3)), dht.DHT22(Pin(4))):
    try:
        sensor.measure()
        print(sensor.temperature(), sensor.humidity())
    except OSError as e:
        print(e)
`;
    const parts = [
      { type: "dht11", pin: "GP2", temperature: 23, humidity: 51 },
      { type: "dht22", pin: "GP3", temperature: -1.5, humidity: 62.5 },
    ];
    expect(await printed(source, { parts })).toEqual([
      "23 51",
      "-1.5 62.5",
      "[Errno 110] ETIMEDOUT",
    ]);
  });

  test("a strip of lights", async () => {
    const folder = folderWith({
      "main.py": `
from machine import Pin
from neopixel import NeoPixel
np = NeoPixel(Pin(6), 3)
np[0] = (1, 2, 3)
np[-1] = np[0]
np.write()
print(np[2], len(np), bytes(np.buf))
try:
    np[3] = (0, 0, 0)
except IndexError:
    print("outside")
`,
    });
    const wiring = { parts: [{ type: "neopixel", id: "strip", pin: "GP6", pixels: 3 }] };
    const board = await simulate(folder, { wiring });
    expect(board.lines).toEqual([
      "(1, 2, 3) 3 b'\\x02\\x01\\x03\\x00\\x00\\x00\\x02\\x01\\x03'",
      "outside",
    ]);
    expect(board.part("strip").state).toEqual({
      pixels: [
        [1, 2, 3],
        [0, 0, 0],
        [1, 2, 3],
      ],
    });
  });
});
