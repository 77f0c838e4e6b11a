/**
 * What constructors and methods take on an STM32, where that is not what the runtime's own signature says: the
 * `allowed_args` and `mp_arg_check_num` of ports/stm32 and of what it takes from extmod.
 */

const PIN = "mode!: int, pull=, af=: int, *, value=, alt=: int";
const PWM = "freq=: int, *, duty_u16=: int, duty_ns=: int, invert=: int";
const UART =
  "baudrate!: int, bits=: int, parity=, stop=: int, *, flow=: int, timeout=: int, timeout_char=: int, rxbuf=: int, read_buf_len=: int";
const SPI = "polarity=: int, phase=: int, bits=: int, firstbit=: int";
const TIMER = "mode=: int, callback=, period=: int, tick_hz=: int, freq=, hard=";

export const stm32Signatures = {
  "machine.ADC.__init__": "id, /",
  "machine.I2C.__init__": "id, /, *, scl=, sda=, freq=: int, timeout=: int",
  "machine.I2C.init": "*ignored, **",
  "machine.I2CTarget.__init__": "id!, addr!: int, *, addrsize=: int, mem=, mem_addrsize=: int",
  "machine.Pin.__init__": `id, /, [${PIN}]`,
  "machine.Pin.init": PIN,
  "machine.Pin.irq": "handler=, trigger=: int, hard=",
  "machine.Pin.mode": "",
  "machine.Pin.pull": "",
  "machine.PWM.__init__": `dest, /, ${PWM}`,
  "machine.PWM.init": PWM,
  "machine.RTC.__init__": "",
  "machine.SDCard.__init__": "",
  "machine.SPI.__init__": `id, /, baudrate=: int, *, ${SPI}, sck=, mosi=, miso=`,
  "machine.SPI.init": `*, baudrate=: int, ${SPI}`,
  "machine.Timer.__init__": `id=: int, /, *, ${TIMER}`,
  "machine.UART.__init__": `id, /, [${UART}]`,
  "machine.UART.init": UART,
} as const;
