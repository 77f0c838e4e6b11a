/**
 * How a program makes an instance of each class that the runtime's modules export, and what it does with
 * it: for the test that does the same with subclasses. A class without a row, or a row without a class,
 * fails that test.
 */

export interface ClassUse {
  /** The generic one unless told otherwise. */
  readonly board?: string;
  /** Arguments of the class; null: programs make no instances, or none without a device or a peer. */
  readonly make: string | null;
  /** Expressions with `o`, the instance. What they give must not depend on the class of `o`. */
  readonly uses?: readonly string[];
  /** Statements before. */
  readonly given?: readonly string[];
}

const NOT_MADE: ClassUse = { make: null };

/** There is one object of each unit of the board, made by nobody. */
const ONE_OF_THE_BOARD: ClassUse = { make: null };

/** Sixteen blocks in memory, as `mount` takes them. */
const BLOCKS = [
  "class Blocks:",
  "    def __init__(self):",
  "        self.data = bytearray(64 * 512)",
  "    def readblocks(self, n, buf, offset=0):",
  "        at = n * 512 + offset",
  "        buf[:] = self.data[at : at + len(buf)]",
  "    def writeblocks(self, n, buf, offset=0):",
  "        at = n * 512 + offset",
  "        self.data[at : at + len(buf)] = buf",
  "    def ioctl(self, op, arg):",
  "        return {4: 64, 5: 512}.get(op, 0)",
];

const volume = (cls: string): ClassUse => ({
  make: "blocks",
  given: [...BLOCKS, "blocks = Blocks()", `os.${cls}.mkfs(blocks)`],
  uses: [
    "o.mkdir('/a')",
    "list(o.ilistdir('/'))",
    "o.open('/b', 'w').write('text')",
    "o.open('/b', 'r').read()",
    "o.stat('/b')[6]",
    "o.remove('/b')",
    "len(o.statvfs('/'))",
  ],
});

const RESPONSE: ClassUse = {
  make: "io.BytesIO(b'[1, 2]')",
  given: ["import io"],
  uses: ["o.encoding", "o.json()", "o.text", "o.content", "o.close()"],
};

const MQTT: ClassUse = {
  make: "'me', 'broker'",
  uses: ["o.client_id", "o.port", "o.set_callback(None)", "o.set_last_will('t', 'm')", "o.lw_msg"],
};

const STREAM: ClassUse = {
  make: "io.BytesIO(b'line\\nrest')",
  given: ["import io"],
  uses: [
    "asyncio.run(o.readline())",
    "asyncio.run(o.read(2))",
    "asyncio.run(o.readexactly(1))",
    "o.write(b'x')",
    "asyncio.run(o.drain())",
    "o.out_buf",
    "o.e",
    "asyncio.run(o.wait_closed())",
  ],
};

const BYTES_STREAM = [
  "o.write('text')",
  "o.seek(0)",
  "o.read(1)",
  "o.readline()",
  "o.tell()",
  "o.getvalue()",
  "o.close()",
];

const STRIP = ["o.n", "o.bpp", "len(o)", "o.write()", "o[0]", "o.fill((1, 2, 3))", "o[1]"];

const I2C = ["o.scan()", "o.writevto(9, [b'x'])", "o.readfrom_mem(9, 1, 2)", "o.init(**pins)", "o"];
const SPI = ["o.read(2)", "o.write(b'x')", "o.write_readinto(b'ab', buffer)", "buffer", "o.init()"];
const PYB_SPI = ["o.send(1)", "o.recv(1)", "o.send_recv(b'ab')", "o.init(1)", "o.deinit()"];
const HASH = ["o.update(b'x')", "o.digest()"];

export const CLASS_USES: Readonly<Record<string, ClassUse>> = {
  "_thread.LockType": NOT_MADE,
  "aioespnow.AIOESPNow": { board: "esp32", make: "", uses: ["o.active(True)", "o.any()"] },
  "apa102.APA102": {
    board: "esp8266",
    make: "Pin(14), Pin(13), 2",
    given: ["from machine import Pin"],
    uses: ["o[0]", "o.write()", "len(o)"],
  },
  "apa106.APA106": {
    board: "esp32",
    make: "Pin(14), 2",
    given: ["from machine import Pin"],
    uses: STRIP,
  },
  "asyncio.Event": {
    make: "",
    uses: ["o.is_set()", "o.set()", "asyncio.run(o.wait())", "o.state", "o.clear()", "o.is_set()"],
  },
  "asyncio.IOQueue": { make: "", uses: ["o.map", "o.remove(1)", "o.wait_io_event(0)"] },
  "asyncio.Lock": {
    make: "",
    uses: ["o.locked()", "asyncio.run(o.acquire())", "o.locked()", "o.release()", "o.state"],
  },
  "asyncio.Loop": NOT_MADE,
  "asyncio.SingletonGenerator": NOT_MADE,
  "asyncio.StreamReader": STREAM,
  "asyncio.StreamWriter": STREAM,
  "asyncio.Task": {
    make: "work()",
    given: ["async def work():", "    return 3"],
    uses: ["o.done()", "o.state", "o.data", "o.ph_key", "o.cancel()"],
  },
  "asyncio.TaskQueue": {
    make: "",
    given: [
      "async def work():",
      "    return 3",
      "first, second = asyncio.Task(work()), asyncio.Task(work())",
    ],
    uses: [
      "o.peek()",
      "o.push(first, 50)",
      "o.push(second, 20)",
      "o.peek() is second",
      "o.remove(second)",
      "o.pop() is first",
    ],
  },
  "asyncio.ThreadSafeFlag": {
    make: "",
    uses: ["o.set()", "asyncio.run(o.wait())", "o.state", "o.clear()", "o.ioctl(3, 1)"],
  },
  "asyncio.stream.Server": NOT_MADE,
  "bluetooth.BLE": {
    board: "esp32",
    make: "",
    uses: ["o.active(True)", "o.active()", "o.config('mtu')", "o.gap_advertise(None)"],
  },
  "bluetooth.UUID": { board: "esp32", make: "0x180F", uses: ["bytes(o)", "o == o", "hash(o)"] },
  "builtins.object": { make: "", uses: ["isinstance(o, object)"] },
  "cryptolib.aes": {
    make: "bytes(16), 1",
    uses: ["o.encrypt(bytes(16))", "o.encrypt(bytes(32))"],
  },
  "deflate.DeflateIO": {
    make: "io.BytesIO(), deflate.ZLIB",
    given: ["import io"],
    uses: ["o.write(b'text')", "o.close()"],
  },
  "dht.DHT11": { make: "None", uses: ["o.humidity()", "o.temperature()"] },
  "dht.DHT22": { make: "None", uses: ["o.humidity()", "o.temperature()"] },
  "dht.DHTBase": { make: "None", uses: ["o.pin", "o.buf"] },
  "ds18x20.DS18X20": {
    make: "onewire.OneWire(Pin(4))",
    given: ["import onewire", "from machine import Pin"],
    uses: ["o.scan()", "o.buf"],
  },
  "esp32.LDO": NOT_MADE,
  "esp32.NVS": {
    board: "esp32",
    make: "'space'",
    uses: ["o.set_i32('a', 5)", "o.get_i32('a')", "o.commit()", "o.erase_key('a')"],
  },
  "esp32.PCNT": {
    board: "esp32",
    make: "0, pin=Pin(4), rising=1",
    given: ["from machine import Pin"],
    uses: ["o.start()", "o.value()", "o.stop()", "o.irq(None) is not None"],
  },
  "esp32.Partition": {
    board: "esp32",
    make: "1",
    uses: ["o.info()[4]", "o.ioctl(5, 0)"],
  },
  "esp32.RMT": {
    board: "esp32",
    make: "0, pin=Pin(4)",
    given: ["from machine import Pin"],
    uses: ["o.clock_div()", "o.loop(False)", "o.write_pulses((10, 20))", "o.wait_done(timeout=9)"],
  },
  "esp32.ULP": NOT_MADE,
  "espnow.ESPNowBase": {
    board: "esp32",
    make: "",
    uses: ["o.active(True)", "o.config('rxbuf')", "o.any()", "o.active(False)"],
  },
  "espnow.ESPNow": {
    board: "esp32",
    make: "",
    uses: [
      ...["o.active(False)", "o.active(True)", "o.add_peer(b'123456')", "o.peer_count()"],
      ...["o.get_peers()", "o.any()", "len(o.stats())", "o.peers_table"],
    ],
  },
  "framebuf.FrameBuffer": {
    make: "bytearray(8), 8, 8, framebuf.MONO_HLSB",
    uses: [
      "o.fill(1)",
      "o.pixel(1, 1)",
      "o.text('a', 0, 0, 0)",
      "o.line(0, 0, 7, 7, 0)",
      "o.ellipse(4, 4, 3, 2, 1)",
      "o.hline(0, 0, 8, 1)",
      "o.scroll(1, 0)",
      "bytes(o)",
    ],
  },
  "hashlib.md5": { make: "b'a'", uses: HASH },
  "hashlib.sha1": { make: "b'a'", uses: HASH },
  "hashlib.sha256": { make: "b'a'", uses: HASH },
  "io.BufferedWriter": {
    board: "esp32",
    make: "under, 4",
    given: ["under = io.BytesIO()"],
    uses: ["o.write(b'abcdef')", "o.flush()", "under.getvalue()[-6:]"],
  },
  "io.BytesIO": { make: "", uses: ["o.write(b'ab\\nc')", "o.seek(0)", ...BYTES_STREAM.slice(2)] },
  "io.IOBase": { make: "", uses: ["isinstance(o, io.IOBase)"] },
  "io.StringIO": { make: "", uses: BYTES_STREAM },
  "machine.ADC": {
    board: "pico",
    make: "26",
    uses: ["o.read_u16()", "o"],
  },
  "machine.ADCBlock": {
    board: "esp32",
    make: "1, bits=12",
    uses: ["o.connect(1).read_u16()", "o.init(bits=11)"],
  },
  "machine.CAN": NOT_MADE,
  "machine.Counter": {
    board: "esp32",
    make: "0, machine.Pin(4)",
    uses: ["o.value()", "o.value(4)", "o.deinit()"],
  },
  "machine.DAC": NOT_MADE,
  "machine.Encoder": {
    board: "esp32",
    make: "0, machine.Pin(4), machine.Pin(5)",
    uses: ["o.value()", "o.value(4)", "o.deinit()"],
  },
  "machine.I2C": { board: "pico", make: "0", given: ["pins = {'freq': 100000}"], uses: I2C },
  "machine.I2CTarget": {
    board: "pico",
    make: "0, addr=9, mem=bytearray(4)",
    uses: ["o.memaddr", "o.irq(None) is not None", "o.deinit()"],
  },
  "machine.I2S": {
    board: "esp32",
    make:
      "0, sck=machine.Pin(4), ws=machine.Pin(5), sd=machine.Pin(6), mode=machine.I2S.TX, " +
      "bits=16, format=machine.I2S.MONO, rate=8000, ibuf=2000",
    uses: ["o.write(bytes(8))", "o.deinit()"],
  },
  "machine.PWM": {
    make: "machine.Pin(2), freq=100, duty_u16=3",
    uses: ["o.duty_u16(500)", "o.duty_u16()", "o.freq()", "o.duty_ns()", "o.deinit()", "o.init()"],
  },
  "machine.Pin": {
    make: "2, machine.Pin.OUT",
    uses: [
      ...["o.value(1)", "o.value()", "o()", "o.on()", "o.off()", "o.low()", "o.high()"],
      ...["o.toggle()", "o.mode()", "o.irq(None) is not None", "o.init(machine.Pin.IN)", "o"],
    ],
  },
  "machine.PinBase": NOT_MADE,
  "machine.RTC": { make: "", uses: ["len(o.datetime())", "o.init((2024, 1, 2, 1, 3, 4, 5, 0))"] },
  "machine.SDCard": {
    board: "esp32",
    make: "slot=2",
    given: ["block = bytearray(512)"],
    uses: ["o.ioctl(1, 0)", "o.readblocks(0, block)", "o.writeblocks(0, block)", "o.deinit()"],
  },
  "machine.SPI": {
    board: "pico",
    make: "0",
    given: ["buffer = bytearray(2)"],
    uses: [...SPI, "o"],
  },
  "machine.Signal": {
    make: "machine.Pin(2, machine.Pin.OUT), invert=True",
    uses: ["o.on()", "o.value()", "o.off()", "o.value()", "o(1)", "o()"],
  },
  "machine.SoftI2C": {
    make: "machine.Pin(5), machine.Pin(4)",
    given: ["pins = {'scl': machine.Pin(5), 'sda': machine.Pin(4)}"],
    uses: [...I2C, "o.start()", "o.write(b'x')", "o.stop()"],
  },
  "machine.SoftSPI": {
    make: "sck=machine.Pin(2), mosi=machine.Pin(3), miso=machine.Pin(4)",
    given: ["buffer = bytearray(2)"],
    uses: [...SPI, "o"],
  },
  "machine.Timer": {
    make: "-1",
    uses: ["o.init(period=5, callback=lambda t: None)", "o.deinit()"],
  },
  "machine.TouchPad": { board: "esp32", make: "machine.Pin(4)", uses: ["o.read()", "o.config(9)"] },
  "machine.UART": {
    make: "1, 9600, tx=machine.Pin(4), rx=machine.Pin(5), timeout=5",
    uses: [
      ...["o.write(b'x')", "o.any()", "o.read()", "o.readline()", "o.readinto(bytearray(2))"],
      ...["o.init(19200)", "o.txdone()", "o.flush()", "o.sendbreak()", "o.deinit()"],
    ],
  },
  "machine.USBDevice": NOT_MADE,
  "machine.WDT": { make: "timeout=9000", uses: ["o.feed()"] },
  "micropython.RingIO": {
    make: "8",
    uses: ["o.write(b'abc')", "o.any()", "o.read(2)", "o.readline()", "o.readinto(bytearray(1))"],
  },
  "neopixel.NeoPixel": {
    make: "Pin(4), 2",
    given: ["from machine import Pin"],
    uses: STRIP,
  },
  "network.LAN": NOT_MADE,
  "network.PPP": NOT_MADE,
  "network.USBD_NCM": NOT_MADE,
  "network.WIZNET5K": NOT_MADE,
  "network.WLAN": {
    board: "esp32",
    make: "",
    uses: [
      ...["o.active(True)", "o.connect('home', 'key')", "o.isconnected()", "o.ifconfig()"],
      ...["o.config('ssid')", "o.status()", "o.disconnect()", "o.ipconfig('addr4')", "o"],
    ],
  },
  "onewire.OneWire": {
    make: "Pin(4)",
    given: ["from machine import Pin"],
    uses: ["o.reset()", "o.scan()", "o.writebyte(1)", "o.readbyte()", "o.crc8(b'ab')"],
  },
  "os.VfsFat": volume("VfsFat"),
  "os.VfsLfs1": volume("VfsLfs1"),
  "os.VfsLfs2": volume("VfsLfs2"),
  "os.VfsPosix": { make: "", uses: ["o.mkdir('/a')", "list(o.ilistdir('/'))", "o.stat('/a')[6]"] },
  "pyb.ADC": { board: "pyboard", make: "pyb.Pin('X1')", uses: ["o.read()", "o"] },
  "pyb.ADCAll": { board: "pyboard", make: "12", uses: ["o.read_channel(0)", "o.read_core_temp()"] },
  "pyb.Accel": { board: "pyboard", make: "", uses: ["o.x()", "o.tilt()", "o.filtered_xyz()"] },
  "pyb.CAN": NOT_MADE,
  "pyb.DAC": {
    board: "pyboard",
    make: "1",
    uses: ["o.write(9)", "o.noise(100)", "o.init(8)", "o.deinit()"],
  },
  "pyb.ExtInt": {
    board: "pyboard",
    make: "pyb.Pin('X2'), pyb.ExtInt.IRQ_RISING, pyb.Pin.PULL_NONE, None",
    uses: ["o.line()", "o.enable()", "o.swint()", "o.disable()", "o"],
  },
  "pyb.Flash": { board: "pyboard", make: "start=0", uses: ["o.ioctl(4, 0)", "o"] },
  "pyb.I2C": {
    board: "pyboard",
    make: "1, pyb.I2C.CONTROLLER",
    uses: ["o.scan()", "o.is_ready(9)", "o.init(pyb.I2C.CONTROLLER)", "o.deinit()", "o"],
  },
  "pyb.LCD": NOT_MADE,
  "pyb.LED": {
    board: "pyboard",
    make: "1",
    uses: ["o.on()", "o.toggle()", "o.intensity()", "o.off()", "o"],
  },
  "pyb.Pin": { board: "pyboard", make: "'X1'", uses: ["o.value()", "o.af()", "o.name()", "o"] },
  "pyb.RTC": NOT_MADE,
  "pyb.SDCard": {
    board: "pyboard",
    make: "",
    uses: ["o.present()", "o.power(True)", "o.info()", "o.ioctl(5, 0)"],
  },
  "pyb.SPI": { board: "pyboard", make: "1, pyb.SPI.CONTROLLER", uses: PYB_SPI },
  "pyb.Servo": {
    board: "pyboard",
    make: "1",
    uses: ["o.angle(45)", "o.angle()", "o.speed(9)", "o.pulse_width()", "o.calibration()", "o"],
  },
  "pyb.Switch": { board: "pyboard", make: "", uses: ["o()", "o.value()", "o.callback(None)"] },
  "pyb.Timer": {
    board: "pyboard",
    make: "4, freq=10",
    uses: [
      ...["o.freq()", "o.period()", "o.callback(lambda t: None)", "o.init(freq=20)"],
      ...["o.channel(1, pyb.Timer.PWM, pin=pyb.Pin('X9')).pulse_width_percent(50)"],
      ...["o.counter(0)", "o.callback(None)", "o.deinit()"],
    ],
  },
  "pyb.UART": NOT_MADE,
  "pyb.USB_HID": NOT_MADE,
  "pyb.USB_VCP": { board: "pyboard", make: "", uses: ["o.isconnected()", "o.any()", "o.init()"] },
  "requests.BodyStream": NOT_MADE,
  "requests.Response": RESPONSE,
  "rp2.DMA": {
    board: "pico",
    make: "",
    given: ["target = bytearray(4)"],
    uses: [
      'o.config(read=b"abcd", write=target, count=1, ctrl=o.pack_ctrl(), trigger=True)',
      "o.active()",
      "o.count",
      "o.irq() is o.irq()",
      "o.unpack_ctrl(o.ctrl)['size']",
      "o.close()",
    ],
  },
  "rp2.DMATimer": {
    board: "pico",
    make: "0, ratio=(1, 2)",
    uses: ["o.freq", "o.ratio", "int(o)", "o.close()"],
  },
  "rp2.Flash": { board: "pico", make: "", uses: ["o.ioctl(5, 0)"] },
  "rp2.PIO": ONE_OF_THE_BOARD,
  "rp2.StateMachine": {
    board: "pico",
    make: "0, program",
    given: ["@rp2.asm_pio()", "def program():", "    pull()", "    mov(isr, osr)", "    push()"],
    uses: ["o.active(1)", "o.put(7)", "o.get()", "o.rx_fifo()", "o.init(program)", "o.restart()"],
  },
  "socket.socket": {
    make: "",
    uses: ["o.settimeout(0)", "o.bind(('127.0.0.1', 0))", "o.listen(1)", "o.close()"],
  },
  // They want a host in real time.
  "ssl.SSLContext": NOT_MADE,
  "tls.SSLContext": NOT_MADE,
  "umqtt.robust.MQTTClient": MQTT,
  "umqtt.simple.MQTTClient": MQTT,
  "urequests.BodyStream": NOT_MADE,
  "urequests.Response": RESPONSE,
  "vfs.VfsFat": { ...volume("VfsFat"), given: ["import os", ...(volume("VfsFat").given ?? [])] },
  "vfs.VfsLfs1": { ...volume("VfsLfs1"), given: ["import os", ...(volume("VfsLfs1").given ?? [])] },
  "vfs.VfsLfs2": { ...volume("VfsLfs2"), given: ["import os", ...(volume("VfsLfs2").given ?? [])] },
  "vfs.VfsPosix": { make: "", uses: ["list(o.ilistdir('/'))"] },
  "vfs.VfsRom": NOT_MADE,
  "websocket.websocket": {
    make: "io.BytesIO()",
    given: ["import io"],
    uses: ["o.write(b'hello')", "o.close()"],
  },
};
