/** Parts with the firmware that drives them: what is written on displays, what sensors and keys give. */

import { simulate } from "mpy2ts/testing";
import type { Keypad } from "../../src/runtime/boards/sim/parts/keypad.js";
import { folderWith } from "../harness/command-line.js";

const bus = { scl: "GP5", sda: "GP4" };
const spi = { sck: "GP10", mosi: "GP11" };

/** Starts a program on a Pico with one part called "part". */
async function start(source: string, part: Record<string, unknown>, board = "pico") {
  const folder = folderWith({ "main.py": source });
  const wiring = { board, parts: [{ id: "part", ...part }] };
  const run = await simulate(folder, { wiring });
  await run.advance(1);
  expect(run.errors).toBe("");
  return run;
}

const hd44780 = `
def half(send, code, data, rs):
    for nibble in (code & 0xf0, (code << 4) & 0xf0):
        send(nibble, rs)

def start(send):
    for code in (0x30, 0x30, 0x30, 0x20):
        send(code, 0)
    for code in (0x28, 0x0c, 0x06, 0x01):
        half(send, code, None, 0)

def text(send, row, words):
    half(send, 0x80 | (0x40 if row else 0), None, 0)
    for letter in words:
        half(send, ord(letter), None, 1)
`;

test("a character display behind an expander", async () => {
  const run = await start(
    `${hd44780}
from machine import I2C, Pin
i2c = I2C(0, scl=Pin(5), sda=Pin(4))
def send(nibble, rs):
    for enable in (4, 0):
        i2c.writeto(0x27, bytes([nibble | 8 | enable | rs]))
start(send)
text(send, 0, "Hello")
text(send, 1, "12\\xdfC")
`,
    { type: "lcd1602", ...bus },
  );
  expect(run.part("part").state).toEqual({
    lines: ["Hello           ", "12°C            "],
    backlight: true,
  });
});

test("a character display on pins of its own", async () => {
  const run = await start(
    `${hd44780}
from machine import Pin
rs_pin, enable = Pin(16, Pin.OUT), Pin(17, Pin.OUT)
data = [Pin(n, Pin.OUT) for n in (18, 19, 20, 21)]
def send(nibble, rs):
    rs_pin(rs)
    for i, pin in enumerate(data):
        pin(nibble >> (4 + i) & 1)
    enable(1)
    enable(0)
start(send)
text(send, 1, "below")
`,
    { type: "lcd1602", rs: "GP16", e: "GP17", d4: "GP18", d5: "GP19", d6: "GP20", d7: "GP21" },
  );
  expect(run.part("part").state).toMatchObject({ lines: [" ".repeat(16), "below           "] });
});

test("a character display behind an expander is read: busy, where it writes, and what it shows", async () => {
  const run = await start(
    `${hd44780}
from machine import I2C, Pin
import time
i2c = I2C(0, scl=Pin(5), sda=Pin(4), freq=400000)
def send(nibble, rs):
    for enable in (4, 0):
        i2c.writeto(0x27, bytes([nibble | 8 | enable | rs]))
def read(rs):
    byte = 0
    for i in range(2):
        i2c.writeto(0x27, bytes([0xfe | rs]))
        byte = byte << 4 | i2c.readfrom(0x27, 1)[0] >> 4
        i2c.writeto(0x27, bytes([0xfa | rs]))
    return byte
start(send)
print(read(0) >> 7)
time.sleep_ms(2)
text(send, 0, "Hello")
print(hex(read(0) & 0x7f))
half(send, 0x81, None, 0)
print(chr(read(1)), chr(read(1)), hex(read(0) & 0x7f))
half(send, 0x48, None, 0)
half(send, 0x15, None, 1)
half(send, 0x48, None, 0)
print(hex(read(1)))
`,
    { type: "lcd1602", ...bus },
  );
  await run.advance(100);
  expect(run.errors).toBe("");
  expect(run.lines).toEqual(["1", "0x5", "e l 0x3", "0x15"]);
});

test("a character display on eight data pins, waiting until it is not busy", async () => {
  const run = await start(
    `
from machine import Pin
rs, rw, e = (Pin(n, Pin.OUT, value=0) for n in (16, 22, 17))
data = [Pin(n, Pin.OUT) for n in (8, 9, 10, 11, 18, 19, 20, 21)]
polls = 0
def wait():
    global polls
    data[7].init(Pin.IN)
    rs(0)
    rw(1)
    busy = 1
    while busy:
        e(1)
        busy = data[7]()
        e(0)
        polls += 1
    rw(0)
    data[7].init(Pin.OUT)
def send(byte, is_data):
    rs(is_data)
    for i, pin in enumerate(data):
        pin(byte >> i & 1)
    e(1)
    e(0)
    wait()
for code in (0x38, 0x0c, 0x06, 0x01):
    send(code, 0)
for letter in b"eight":
    send(letter, 1)
print(polls > 10)
`,
    {
      type: "lcd1602",
      ...{ rs: "GP16", rw: "GP22", e: "GP17", d0: "GP8", d1: "GP9", d2: "GP10", d3: "GP11" },
      ...{ d4: "GP18", d5: "GP19", d6: "GP20", d7: "GP21" },
    },
  );
  await run.advance(100);
  expect(run.errors).toBe("");
  expect(run.part("part").state).toMatchObject({ lines: ["eight           ", " ".repeat(16)] });
  expect(run.lines).toEqual(["True"]);
});

test("a monochrome display on SPI tells commands from pixels by its dc pin", async () => {
  const run = await start(
    `
from machine import SPI, Pin
spi = SPI(1, sck=Pin(10), mosi=Pin(11), miso=Pin(12))
dc, cs = Pin(6, Pin.OUT, value=0), Pin(7, Pin.OUT, value=1)
def send(data, is_data):
    dc(is_data)
    cs(0)
    spi.write(bytes(data))
    cs(1)
send([0xae, 0x20, 0x00, 0xa8, 31, 0xa1, 0xc8, 0x81, 0x40], 0)
send([0x21, 0, 127, 0x22, 0, 3, 0xaf], 0)
send([0x81, 0x03] + [0] * 126, 1)
spi.write(b"\\xff" * 10)
`,
    { type: "ssd1306", ...spi, dc: "GP6", cs: "GP7", height: 32 },
  );
  await run.advance(100);
  expect(run.errors).toBe("");
  expect(run.part("part").state).toMatchObject({ on: true, contrast: 0x40 });
  const { picture } = run.part("part").state as { picture: string[] };
  expect(picture.slice(0, 9).map((row) => row.slice(0, 3))).toEqual([
    ...["##.", ".#.", "...", "...", "...", "...", "...", "#..", "..."],
  ]);
});

test("an accelerometer sleeps until it is woken, and counts in the range it is told", async () => {
  const run = await start(
    `
from machine import I2C, Pin
from struct import unpack
i2c = I2C(0, scl=Pin(5), sda=Pin(4))
read = lambda: unpack(">hhhhhhh", i2c.readfrom_mem(0x68, 0x3b, 14))
print(hex(i2c.readfrom_mem(0x68, 0x75, 1)[0]), read()[2])
i2c.writeto_mem(0x68, 0x6b, b"\\0")
print(read())
i2c.writeto_mem(0x68, 0x1c, b"\\x10")
print(read()[2])
`,
    { type: "mpu6050", ...bus, ax: 0.5, gz: -10, temperature: 36.53 },
  );
  expect(run.lines).toEqual(["0x68 0", "(8192, 0, 16384, 0, 0, 0, -1310)", "4096"]);
});

test.each(["ds1307", "ds3231"])("a %s goes on while the board sleeps", async (type) => {
  const run = await start(
    `
import machine, time
from machine import I2C, Pin
i2c = I2C(0, scl=Pin(5), sda=Pin(4))
fields = lambda: [hex(x) for x in i2c.readfrom_mem(0x68, 0, 7)]
if machine.reset_cause() == machine.WDT_RESET:
    print(fields())
else:
    print(fields())
    i2c.writeto_mem(0x68, 0, b"\\x58\\x59\\x23\\x04\\x29\\x02\\x24")
    time.sleep(1)
    print(fields())
    machine.deepsleep(1500)
`,
    { type, ...bus, date: "2030-12-31T08:09:10Z" },
  );
  await run.advance(10_000);
  expect(run.lines).toEqual([
    "['0x10', '0x9', '0x8', '0x2', '0x31', '0x12', '0x30']",
    "['0x59', '0x59', '0x23', '0x4', '0x29', '0x2', '0x24']",
    "['0x0', '0x0', '0x0', '0x5', '0x1', '0x3', '0x24']",
  ]);
});

test("a DS3231 measures its own temperature", async () => {
  const run = await start(
    `
from machine import I2C, Pin
i2c = I2C(0, scl=Pin(5), sda=Pin(4))
print(list(i2c.readfrom_mem(0x68, 0x11, 2)))
`,
    { type: "ds3231", ...bus, temperature: -3.75 },
  );
  expect(run.lines).toEqual(["[252, 64]"]);
});

test("shift registers take bits from pins, and bytes from a bus", async () => {
  const part = { type: "74hc595", data: "GP11", clock: "GP10", latch: "GP12", outputs: 16 };
  const bits = await start(
    `
from machine import Pin
data, clock, latch = (Pin(n, Pin.OUT) for n in (11, 10, 12))
for i in range(16):
    data(i == 3)
    clock(1)
    clock(0)
latch(1)
`,
    part,
  );
  expect(bits.part("part").state).toEqual({
    outputs: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0],
  });
  const bytes = await start(
    `
from machine import Pin, SPI
latch = Pin(12, Pin.OUT)
SPI(1, sck=Pin(10), mosi=Pin(11)).write(b"\\x80\\x01")
latch(1)
`,
    part,
  );
  expect(bytes.part("part").state).toEqual({
    outputs: [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
  });
});

test("a keypad connects the row that is scanned with the column that is read", async () => {
  const run = await start(
    `
import time
from machine import Pin
rows = [Pin(n, Pin.OUT, value=1) for n in (2, 3, 6, 7)]
columns = [Pin(n, Pin.IN, Pin.PULL_UP) for n in (8, 9, 14, 15)]
KEYS = "123A", "456B", "789C", "*0#D"
def scan():
    found = ""
    for row, keys in zip(rows, KEYS):
        row(0)
        for column, key in zip(columns, keys):
            if column() == 0:
                found += key
        row(1)
    return found
before = ""
while True:
    now = scan()
    if now != before:
        print(repr(now))
        before = now
    time.sleep_ms(10)
`,
    {
      type: "keypad",
      ...{ r1: "GP2", r2: "GP3", r3: "GP6", r4: "GP7" },
      ...{ c1: "GP8", c2: "GP9", c3: "GP14", c4: "GP15" },
    },
  );
  const keypad = run.part<Keypad>("part");
  keypad.press("5");
  await run.advance(200);
  run.act("part", "hold", "#");
  run.act("part", "hold", "1");
  await run.advance(50);
  run.act("part", "release", "#");
  await run.advance(50);
  expect(run.lines).toEqual(["'5'", "''", "'1#'", "'1'"]);
  expect(() => keypad.press("x")).toThrow("there is no key x");
});

test("a relay counts how often it switches, a sensor of movement holds its signal", async () => {
  const run = await start(
    `
import time
from machine import Pin
relay = Pin(4, Pin.OUT, value=1)
pir = Pin(5, Pin.IN)
while True:
    relay(not pir())
    time.sleep_ms(100)
`,
    { type: "relay", pin: "GP4", activeLow: true },
  );
  expect(run.part("part").state).toEqual({ on: false, switched: 0 });
  run.pin("GP5").drive(1);
  await run.advance(200);
  run.pin("GP5").drive(0);
  await run.advance(200);
  expect(run.part("part").state).toEqual({ on: false, switched: 2 });

  const sensor = await start(
    `
from machine import Pin
import time
pir = Pin(5, Pin.IN)
pir.irq(lambda p: print(p(), time.ticks_ms()))
time.sleep(60)
`,
    { type: "pir", pin: "GP5", hold: 2000 },
  );
  sensor.act("part", "move");
  await sensor.advance(1500);
  sensor.act("part", "move");
  await sensor.advance(5000);
  expect(sensor.lines).toEqual(["1 1", "0 3501"]);
});

test("matrices in a chain", async () => {
  const run = await start(
    `
from machine import Pin, SPI
spi, cs = SPI(1, sck=Pin(10), mosi=Pin(11)), Pin(13, Pin.OUT, value=1)
def send(*pairs):
    cs(0)
    for register, value in pairs:
        spi.write(bytes((register, value)))
    cs(1)
send((12, 1), (12, 1))
send((10, 3), (10, 9))
send((1, 0x80), (1, 0x01))
send((8, 0), (8, 0xff))
`,
    { type: "max7219", ...spi, cs: "GP13", chips: 2 },
  );
  const screen = run.screen("part");
  expect([screen.width, screen.height]).toEqual([16, 8]);
  expect(screen.rows[0]).toBe("#..............#");
  expect(screen.rows[7]).toBe("........########");
  expect(run.part("part").state).toMatchObject({ brightness: [3, 9] });
});

test("a colour display is a picture, and text where a test fails", async () => {
  const run = await start(
    `
from machine import Pin, SPI
spi = SPI(1, sck=Pin(10), mosi=Pin(11))
cs, dc = Pin(17, Pin.OUT, value=1), Pin(20, Pin.OUT)
def command(code, data=b""):
    cs(0)
    dc(0)
    spi.write(bytes([code]))
    dc(1)
    spi.write(data)
    cs(1)
command(0x36, b"\\x20")
command(0x29)
command(0x2a, b"\\0\\x01\\0\\x02")
command(0x2b, b"\\0\\0\\0\\x01")
command(0x2c, b"\\xf8\\0\\x07\\xe0\\0\\x1f\\xff\\xff")
`,
    { type: "st7735", ...spi, cs: "GP17", dc: "GP20", width: 4, height: 8 },
  );
  const screen = run.screen("part");
  expect([screen.width, screen.height]).toEqual([8, 4]);
  expect(screen.rows).toEqual([".##.....", ".##.....", "........", "........"]);
  expect(screen.text).toBe(" ██\n");
  const { colour } = run.part("part") as unknown as { colour(x: number, y: number): number };
  const part = run.part("part");
  expect([colour.call(part, 1, 0), colour.call(part, 2, 0), colour.call(part, 1, 1)]).toEqual([
    0xff0000, 0x00ff00, 0x0000ff,
  ]);
  const png = screen.png(2);
  expect([...png.subarray(1, 4)].map((code) => String.fromCharCode(code)).join("")).toBe("PNG");
  expect(new DataView(png.buffer).getUint32(16)).toBe(16);
});

test("four digits on two wires", async () => {
  const run = await start(
    `
from machine import Pin
clk, dio = Pin(2, Pin.OUT, value=1), Pin(3, Pin.OUT, value=1)
def begin():
    clk(1)
    dio(0)
    clk(0)
def end():
    dio(0)
    clk(1)
    dio(1)
def byte(value):
    for i in range(8):
        dio(value >> i & 1)
        clk(1)
        clk(0)
    dio.init(Pin.IN, Pin.PULL_UP)
    clk(1)
    answer = dio()
    clk(0)
    dio.init(Pin.OUT, value=0)
    return answer
def send(*values):
    begin()
    answers = [byte(value) for value in values]
    end()
    return answers
print(send(0x40), send(0xc0, 0x06, 0x5b | 0x80, 0x3f, 0x6d), send(0x8b))
`,
    { type: "tm1637", clk: "GP2", dio: "GP3" },
  );
  expect(run.lines).toEqual(["[0] [0, 0, 0, 0, 0] [0]"]);
  expect(run.part("part").state).toEqual({ text: "12:05", brightness: 3 });
});

test("an SD card comes and goes, on a controller of cards and on SPI", async () => {
  const run = await start(
    `
from machine import Pin, SDCard
import time
switch = Pin(21, Pin.IN, Pin.PULL_UP)
def look():
    card = SDCard(slot=2, cd=21)
    try:
        print(switch(), card.info(), card.readblocks(0, bytearray(512)))
    except OSError as e:
        print(switch(), e)
    time.sleep_ms(10)
    print(card.readblocks(0, bytearray(512)), card.ioctl(2, 0), card.ioctl(1, 0))
    card.deinit()
look()
look()
`,
    { type: "sd-card", sck: 18, mosi: 23, miso: 19, cs: 5, cd: 21, blank: true, size: 2048 },
    "esp32",
  );
  const part = run.part("part");
  expect(part.state).toEqual({ size: 2048, present: true });
  run.act("part", "remove");
  await run.advance(10);
  expect(run.lines).toEqual(["0 (2048, 512) 0", "-5 0 -1", "1 (-261, 'ESP_ERR_NOT_FOUND')"]);
  run.act("part", "insert");
  await run.advance(10);
  expect(run.lines.slice(3)).toEqual(["0 0 0"]);
});

test("digits of seven segments that are lit one after the other show what an eye reads", async () => {
  const run = await start(
    `
import time
from machine import Pin
segments = [Pin(n, Pin.OUT, value=1) for n in range(8)]
digits = [Pin(n, Pin.OUT, value=0) for n in (10, 11)]
def show(digit, bits):
    for i, pin in enumerate(segments):
        pin(not bits >> i & 1)
    digits[digit](1)
    time.sleep_ms(5)
    digits[digit](0)
for _ in range(20):
    show(0, 0x66)
    show(1, 0x5b | 0x80)
time.sleep(1)
`,
    {
      type: "7segment",
      digits: 2,
      ...Object.fromEntries(
        ["a", "b", "c", "d", "e", "f", "g", "dp"].map((leg, n) => [leg, `GP${n}`]),
      ),
      dig1: "GP10",
      dig2: "GP11",
    },
  );
  await run.advance(102);
  expect(run.part("part").state).toEqual({ text: "42." });
  await run.advance(500);
  expect(run.part("part").state).toEqual({ text: "  " });
});

test("a digit with its common pin on a rail", async () => {
  const run = await start(
    `
from machine import Pin
for n, bit in enumerate((1, 0, 0, 1, 1, 1, 0)):
    Pin(n, Pin.OUT, value=bit)
`,
    {
      type: "7segment",
      common: "cathode",
      ...Object.fromEntries(["a", "b", "c", "d", "e", "f", "g"].map((leg, n) => [leg, `GP${n}`])),
    },
  );
  expect(run.part("part").state).toEqual({ text: "C" });
});

test("a stepper turns by whole and half steps, either way, and not without current", async () => {
  const run = await start(
    `
from machine import Pin
wires = [Pin(n, Pin.OUT) for n in (2, 3, 4, 5)]
def apply(levels):
    for pin, level in zip(wires, levels):
        pin(level)
full = ((1, 0, 0, 0), (0, 0, 1, 0), (0, 1, 0, 0), (0, 0, 0, 1))
for i in range(9):
    apply(full[i % 4])
apply((0, 0, 0, 0))
apply((1, 0, 0, 0))
print("there")
apply((1, 0, 0, 1))
`,
    { type: "stepper", "a+": "GP2", "a-": "GP3", "b+": "GP4", "b-": "GP5" },
  );
  expect(run.lines).toEqual(["there"]);
  expect(run.part("part").state).toEqual({ steps: 7.5, angle: 13.5 });
});

test("a driver takes a pulse for a step, and none while it is disabled", async () => {
  const run = await start(
    `
from machine import Pin
step, dir, enable, half = [Pin(n, Pin.OUT, value=0) for n in (2, 3, 4, 5)]
def turn(count):
    for _ in range(count):
        step(1)
        step(0)
dir(1)
turn(100)
dir(0)
half(1)
turn(3)
enable(1)
turn(50)
`,
    { type: "stepper-driver", step: "GP2", dir: "GP3", enable: "GP4", ms1: "GP5" },
  );
  expect(run.part("part").state).toEqual({ steps: 98.5, angle: (98.5 * 9) / 5 });
});

test("an SH1107 has sixteen pages, and columns that run the other way than an SSD1306's", async () => {
  const run = await start(
    `
from machine import I2C, Pin
i2c = I2C(0, scl=Pin(5), sda=Pin(4))
def command(*codes):
    i2c.writeto(0x3c, bytes([0]) + bytes(codes))
command(0xae, 0x20, 0xdc, 0x00, 0xa0, 0xc0, 0xaf)
command(0xbf, 0x00, 0x10)
i2c.writeto(0x3c, bytes((0x40, 0x80)))
`,
    { type: "sh1107", ...bus },
  );
  const { on, picture } = run.part("part").state as { on: boolean; picture: string[] };
  expect([on, picture.length, picture[0]?.length]).toEqual([true, 128, 128]);
  expect(
    picture.flatMap((row, y) => [...row].flatMap((dot, x) => (dot === "#" ? [[x, y]] : []))),
  ).toEqual([[0, 127]]);
});

test("a button of a matrix connects the row that is driven with its column", async () => {
  const run = await start(
    `
import time
from machine import Pin
row, column = Pin(2, Pin.OUT, value=1), Pin(3, Pin.IN, Pin.PULL_UP)
for _ in range(3):
    row(0)
    print(column(), end=" ")
    row(1)
    print(column())
    time.sleep_ms(100)
`,
    { type: "button", pin: "GP2", to: "GP3" },
  );
  await run.advance(50);
  run.act("part", "hold");
  await run.advance(100);
  run.act("part", "release");
  await run.advance(200);
  expect(run.lines).toEqual(["1 1", "0 1", "1 1"]);
});

test("a switch leads where it is wired to, a sensor of movement is blind for a while", async () => {
  const run = await start(
    `
import time
from machine import Pin
pin = Pin(2, Pin.IN, Pin.PULL_UP)
while True:
    print(pin())
    time.sleep_ms(100)
`,
    { type: "switch", pin: "GP2", whenOn: "low", whenOff: "open" },
  );
  run.act("part", "on");
  await run.advance(100);
  expect(run.lines).toEqual(["1", "0"]);

  const pir = await start("import time\ntime.sleep(60)\n", {
    type: "pir",
    pin: "GP2",
    hold: 1000,
    inhibit: 500,
    retrigger: false,
  });
  const active = () => (pir.part("part").state as { active: boolean }).active;
  pir.act("part", "move");
  await pir.advance(900);
  pir.act("part", "move");
  await pir.advance(200);
  expect(active()).toBe(false);
  pir.act("part", "move");
  expect(active()).toBe(false);
  await pir.advance(500);
  pir.act("part", "move");
  expect(active()).toBe(true);
});
