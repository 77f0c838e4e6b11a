/**
 * What drivers say to arguments, and how they print themselves, on each port: the tables and messages of
 * `ports/{rp2,esp32,esp8266,stm32}` and `extmod/machine_*.c`. A line is an expression and what `print`
 * shows of it, or of what it raises.
 */

import { simulate } from "mpy2ts/testing";
import { folderWith } from "../harness/command-line.js";

const TABLES = {
  pico: `
    Pin('XX') -> ValueError unknown named pin "XX"
    Pin(99) -> ValueError invalid pin
    Pin(2, Pin.IN, foo=1) -> TypeError extra keyword arguments given
    Pin(2,Pin.OUT,drive=1) -> TypeError extra keyword arguments given
    Pin(2,Pin.OUT,hold=1) -> TypeError extra keyword arguments given
    Pin(2,7) -> Pin(GPIO2, mode=ALT)
    Pin(2,Pin.OUT,value=1) -> Pin(GPIO2, mode=OUT)
    Pin(2,Pin.IN,Pin.PULL_UP|Pin.PULL_DOWN) -> Pin(GPIO2, mode=IN, pull=PULL_UP|PULL_DOWN)
    Pin(2, Pin.ALT, alt=Pin.ALT_SPI) -> Pin(GPIO2, mode=ALT)
    Pin(3,Pin.OPEN_DRAIN) -> Pin(GPIO3, mode=OPEN_DRAIN)
    Pin(2).irq(priority=1) -> TypeError extra keyword arguments given
    Pin() -> TypeError function missing 1 required positional arguments
    Pin(2).value(1,2) -> TypeError extra positional arguments given
    Pin(2,Pin.OUT,Pin.PULL_UP,1) -> TypeError extra positional arguments given
    PWM(2) -> <PWM slice=1 channel=0 invert=0>
    PWM(Pin(2),freq=1000,duty=3) -> TypeError extra keyword arguments given
    PWM(Pin(2),1000,100) -> TypeError extra positional arguments given
    PWM(Pin(2),freq=1000,duty_u16=70000) -> <PWM slice=1 channel=0 invert=0>
    PWM(Pin(2)).freq(0) -> ValueError freq too small
    PWM(Pin(2),invert=1) -> <PWM slice=1 channel=0 invert=1>
    PWM(Pin(2),freq=1000,duty_ns=5000,duty_u16=3) -> <PWM slice=1 channel=0 invert=0>
    ADC(9) -> ValueError Pin doesn't have ADC capabilities
    ADC('x') -> ValueError unknown named pin "x"
    ADC(4) -> <ADC channel=4>
    ADC(Pin(26),atten=1) -> TypeError extra keyword arguments given
    ADC() -> TypeError function missing 1 required positional arguments
    ADC(29) -> <ADC channel=3>
    ADC(5) -> ValueError Pin doesn't have ADC capabilities
    ADC(26).read() -> AttributeError 'ADC' object has no attribute 'read'
    Timer(-1,period=0) -> Timer(mode=PERIODIC, tick_hz=1000000, period=1)
    Timer(period=-5) -> Timer(mode=PERIODIC, tick_hz=1000000, period=1)
    Timer(freq='x') -> TypeError can't convert str to float
    Timer(2) -> ValueError Timer doesn't exist
    Timer(period=100,mode=7) -> Timer(mode=PERIODIC, tick_hz=1000000, period=100000)
    Timer() -> Timer(mode=PERIODIC, tick_hz=1000000, period=1000000)
    Timer(-1, 5) -> TypeError extra positional arguments given
    Timer(freq=2.5) -> Timer(mode=PERIODIC, tick_hz=1000000, period=400000)
    RTC().datetime((2020,1,1)) -> TypeError requested length 8 but object has length 3
    RTC(1) -> TypeError function takes 0 positional arguments but 1 were given
    RTC().datetime(5) -> TypeError object 'int' isn't a tuple or list
    RTC(id=0) -> TypeError function takes 0 positional arguments but 1 were given
    WDT(0,-1) -> ValueError timeout exceeds 8388
    WDT(id='a') -> TypeError can't convert str to int
    WDT(0,9000) -> ValueError timeout exceeds 8388
    UART(0,baudrate=0) -> UART(0, baudrate=115200, bits=8, parity=None, stop=1, tx=0, rx=1, txbuf=256, rxbuf=256, timeout=0, timeout_char=0, invert=None, irq=0)
    UART(0,9600,parity=5) -> UART(0, baudrate=9600, bits=8, parity=1, stop=1, tx=0, rx=1, txbuf=256, rxbuf=256, timeout=0, timeout_char=0, invert=None, irq=0)
    UART(0,9600,bits=9) -> UART(0, baudrate=9600, bits=9, parity=None, stop=1, tx=0, rx=1, txbuf=256, rxbuf=256, timeout=0, timeout_char=0, invert=None, irq=0)
    UART(0,9600,stop=7) -> UART(0, baudrate=9600, bits=8, parity=None, stop=7, tx=0, rx=1, txbuf=256, rxbuf=256, timeout=0, timeout_char=0, invert=None, irq=0)
    UART(0,flow=8) -> ValueError bad hardware flow control mask
    UART(0,invert=99) -> ValueError bad inversion mask
    UART(0,rxbuf=99999999) -> ValueError rxbuf too large
    UART(0,txbuf=99999999) -> ValueError txbuf too large
    UART(0,cts=Pin(1)) -> ValueError bad CTS pin
    UART(0,rts=Pin(2)) -> ValueError bad RTS pin
    UART(0,rx=Pin(2)) -> ValueError bad RX pin
    UART() -> TypeError function missing 1 required positional arguments
    UART('a') -> TypeError can't convert str to int
    UART(1, tx=4, rx=5) -> UART(1, baudrate=115200, bits=8, parity=None, stop=1, tx=4, rx=5, txbuf=256, rxbuf=256, timeout=0, timeout_char=0, invert=None, irq=0)
    UART(0).irq(handler=3) -> ValueError handler must be None or callable
    I2C() -> I2C(0, freq=400000, scl=5, sda=4, timeout=50000)
    I2C(0,Pin(5),Pin(4)) -> TypeError extra positional arguments given
    I2C(scl=Pin(5),sda=Pin(4)) -> I2C(0, freq=400000, scl=5, sda=4, timeout=50000)
    I2C(0,scl=Pin(5)) -> I2C(0, freq=400000, scl=5, sda=4, timeout=50000)
    SoftI2C(scl=Pin(5),sda=Pin(4),freq=0) -> SoftI2C(scl=5, sda=4, freq=0)
    I2C(0).readfrom(8,1) -> OSError [Errno 5] EIO
    I2C(0).writeto_mem(8,1,b'') -> OSError [Errno 5] EIO
    I2C(0).readfrom_mem(8,1,1,addrsize=7) -> ValueError invalid addrsize
    I2C(0).readfrom_mem(8,1,1,addrsize=40) -> ValueError invalid addrsize
    I2C(0).stop() -> OSError I2C operation not supported
    I2C(0).readinto(bytearray(1)) -> OSError I2C operation not supported
    I2C(0).write(b'') -> OSError I2C operation not supported
    I2C(0).writeto(300,b'') -> OSError [Errno 5] EIO
    I2C(0).writevto(8,(b'a',)) -> OSError [Errno 5] EIO
    SoftI2C(scl=1,sda=0, timeout=50) -> SoftI2C(scl=1, sda=0, freq=400000)
    SPI() -> SPI(0, baudrate=1000000, polarity=0, phase=0, bits=8, sck=18, mosi=19, miso=16)
    SPI(0,mode=1) -> TypeError extra keyword arguments given
    SPI(0,bits=7) -> SPI(0, baudrate=1000000, polarity=0, phase=0, bits=7, sck=18, mosi=19, miso=16)
    SPI(0,1000,1,1) -> TypeError extra positional arguments given
    SPI(0).write_readinto(b'ab',bytearray(3)) -> ValueError buffers must be the same length
    SoftSPI() -> ValueError must specify all of sck/mosi/miso
    SoftSPI(sck=Pin(1),mosi=Pin(2)) -> ValueError must specify all of sck/mosi/miso
    SoftSPI(sck=1,mosi=2,miso=3,bits=9) -> ValueError bits must be 8
    SoftSPI(sck=1,mosi=2,miso=3,firstbit=SPI.LSB) -> SoftSPI(baudrate=500000, polarity=0, phase=0, firstbit=0, sck=1, mosi=2, miso=3)
    SPI(0,sck=Pin(2),mosi=Pin(3),miso=Pin(4)) -> SPI(0, baudrate=1000000, polarity=0, phase=0, bits=8, sck=2, mosi=3, miso=4)
    SPI(0, mosi=Pin(4)) -> ValueError bad MOSI pin
    SPI(0, miso=Pin(3)) -> ValueError bad MISO pin
    SPI(0,miso=None) -> SPI(0, baudrate=1000000, polarity=0, phase=0, bits=8, sck=18, mosi=19, miso=16)
    SPI(0,firstbit=9) -> SPI(0, baudrate=1000000, polarity=0, phase=0, bits=8, sck=18, mosi=19, miso=16)
    SoftSPI(sck=1,mosi=2,miso=3) -> SoftSPI(baudrate=500000, polarity=0, phase=0, firstbit=1, sck=1, mosi=2, miso=3)
    SoftSPI(1000,sck=1,mosi=2,miso=3) -> SoftSPI(baudrate=1000, polarity=0, phase=0, firstbit=1, sck=1, mosi=2, miso=3)
    I2S(0) -> TypeError 'sck' argument required
    I2S(0,sck=Pin(1),ws=Pin(3),sd=Pin(2),mode=I2S.TX,bits=16,format=I2S.MONO,rate=8000,ibuf=100) -> ValueError invalid ws (must be sck+1)
    I2S(2,sck=Pin(1),ws=Pin(2),sd=Pin(3),mode=I2S.TX,bits=16,format=I2S.MONO,rate=8000,ibuf=100) -> ValueError invalid id
    I2S(0,sck=Pin(1),ws=Pin(2),sd=Pin(3),mode=9,bits=16,format=I2S.MONO,rate=8000,ibuf=100) -> ValueError invalid mode
    I2S(0,sck=Pin(1),ws=Pin(2),sd=Pin(3),mode=I2S.TX,bits=17,format=I2S.MONO,rate=8000,ibuf=100) -> ValueError invalid bits
    I2S(0,sck=Pin(1),ws=Pin(2),sd=Pin(3),mode=I2S.TX,bits=16,format=5,rate=8000,ibuf=100) -> ValueError invalid format
    I2S(0,sck=Pin(1),ws=Pin(2),sd=Pin(3),mode=I2S.TX,bits=16,format=I2S.MONO,rate=8000,ibuf=0) -> ValueError invalid ibuf
    I2S(0,sck=Pin(1),ws=Pin(2),sd=Pin(3),mode=I2S.TX,bits=16,format=I2S.MONO,rate=8000,ibuf=100).irq(5) -> ValueError invalid callback
    Signal() -> TypeError 
    Signal(Pin(1),foo=1) -> TypeError extra keyword arguments given
    machine.freq(1,2) -> ValueError cannot change frequency
    machine.freq(125000000,3) -> ValueError peripheral freq must be 48_000_000 or the same as the MCU freq
  `,
  esp32: `
    Pin('x') -> ValueError invalid pin
    Pin(40) -> ValueError invalid pin
    Pin(2,Pin.OUT,alt=1) -> TypeError extra keyword arguments given
    Pin(2,Pin.OUT,af=1) -> TypeError extra keyword arguments given
    Pin(2,Pin.OUT,drive=9) -> Pin(2, mode=Pin.OUT)
    Pin(2,Pin.OUT,hold=True) -> Pin(2, mode=Pin.OUT)
    Pin(35,Pin.OPEN_DRAIN) -> ValueError pin can only be input
    Pin(34,Pin.IN,Pin.PULL_UP) -> Pin(34, mode=Pin.IN, pull=Pin.PULL_UP)
    Pin(2).irq(print,Pin.WAKE_LOW,wake=9) -> ValueError bad wake value
    Pin(2).irq(print,Pin.WAKE_LOW,wake='a') -> ValueError bad wake value
    Pin(5).irq(print,Pin.WAKE_LOW,wake=machine.DEEPSLEEP) -> ValueError invalid pin for wake
    Pin(2).irq(priority=1) -> TypeError extra keyword arguments given
    Pin(2,Pin.OUT) -> Pin(2, mode=Pin.OUT)
    Pin(2,Pin.IN,Pin.PULL_UP) -> Pin(2, mode=Pin.IN, pull=Pin.PULL_UP)
    Pin(2,Pin.OPEN_DRAIN) -> Pin(2, mode=Pin.OPEN_DRAIN, pull=Pin.PULL_UP)
    Pin('2') -> ValueError invalid pin
    PWM(2) -> PWM(Pin(2), freq=5000, duty_u16=32768)
    PWM(Pin(2),freq=0) -> ValueError frequency must be from 1Hz to 40MHz
    PWM(Pin(2),freq=-5) -> ValueError frequency must be from 1Hz to 40MHz
    PWM(Pin(2),freq=1000,duty_u16=70000) -> ValueError duty_u16 must be from 0 to 65536
    PWM(Pin(2),freq=1000,duty_ns=2000000) -> ValueError duty_ns must be from 0 to 1000000 ns
    PWM(Pin(2),freq=1000,duty=-1) -> ValueError duty must be from 0 to 1023
    PWM(Pin(2),1000,512) -> TypeError extra positional arguments given
    PWM(Pin(2),freq=1000,duty=5,duty_u16=3) -> PWM(Pin(2), freq=1000, duty_u16=3)
    PWM(Pin(2),freq=1000,duty=512) -> PWM(Pin(2), freq=1000, duty=512)
    PWM(Pin(2),invert=1,freq=5000) -> PWM(Pin(2), freq=5000, duty_u16=32768, invert=True)
    PWM(Pin(2),lightsleep=True,freq=5000) -> PWM(Pin(2), freq=5000, duty_u16=32768)
    PWM(Pin(2),freq=40_000_001) -> ValueError frequency must be from 1Hz to 40MHz
    ADC(5) -> ValueError invalid pin
    ADC(Pin(32)).width(13) -> ValueError invalid bit-width
    ADC(32).atten(9) -> ValueError invalid attenuation
    ADC(Pin(32),sample_ns=4) -> TypeError extra keyword arguments given
    ADC() -> TypeError function missing 1 required positional arguments
    ADC(36) -> ADC(Pin(36), atten=3)
    ADCBlock(3) -> ValueError invalid block id
    ADCBlock(1,bits=8) -> ValueError invalid bits
    ADCBlock(1,bits=12).connect(99) -> ValueError no matching ADC
    ADCBlock(1).connect(Pin(36)) -> ADC(Pin(36), atten=3)
    ADC(Pin(32)).block() -> ADCBlock(1, bits=12)
    Timer(-1) -> Timer(-1, mode=ONE_SHOT, period=1000)
    Timer() -> Timer(-1, mode=ONE_SHOT, period=1000)
    Timer(0) -> Timer(0, mode=ONE_SHOT, period=1000)
    Timer(0,period=5,mode=Timer.ONE_SHOT) -> Timer(0, mode=PERIODIC, period=5)
    Timer(0,mode=3,period=4) -> Timer(0, mode=ONE_SHOT, period=4)
    Timer('a') -> TypeError can't convert str to int
    RTC().memory(bytes(3000)) -> ValueError buffer too long
    RTC().memory(5) -> TypeError object with buffer protocol required
    RTC(1) -> TypeError function takes 0 positional arguments but 1 were given
    RTC().datetime((2020,1,1)) -> TypeError requested length 8 but object has length 3
    WDT(1) -> ValueError 
    WDT(timeout=0) -> ValueError WDT timeout too short
    WDT(timeout=-4) -> ValueError WDT timeout too short
    UART(3) -> ValueError UART(3) does not exist
    UART(1,bits=9) -> ValueError invalid data bits
    UART(1,stop=5) -> ValueError invalid stop bits
    UART(1,flow=9) -> ValueError invalid flow control mask
    UART(1,invert=0x1000) -> ValueError invalid inversion mask
    UART(1,tx=99) -> ValueError invalid pin
    UART(1,9600,tx=4,rx=34) -> UART(1, baudrate=9600, bits=8, parity=None, stop=1, tx=4, rx=34, rts=-1, cts=-1, txbuf=256, rxbuf=256, timeout=0, timeout_char=0, irq=0)
    UART(0,rxbuf=512) -> ValueError REPL UART buffer size is fixed
    UART(1,baudrate=0) -> UART(1, baudrate=115200, bits=8, parity=None, stop=1, tx=10, rx=9, rts=-1, cts=-1, txbuf=256, rxbuf=256, timeout=0, timeout_char=0, irq=0)
    UART(1,parity=0) -> UART(1, baudrate=115200, bits=8, parity=0, stop=1, tx=10, rx=9, rts=-1, cts=-1, txbuf=256, rxbuf=256, timeout=0, timeout_char=0, irq=0)
    UART() -> TypeError function missing 1 required positional arguments
    UART(1,rxbuf=1) -> UART(1, baudrate=115200, bits=8, parity=None, stop=1, tx=10, rx=9, rts=-1, cts=-1, txbuf=256, rxbuf=1, timeout=0, timeout_char=0, irq=0)
    UART(2) -> UART(2, baudrate=115200, bits=8, parity=None, stop=1, tx=17, rx=16, rts=-1, cts=-1, txbuf=256, rxbuf=256, timeout=0, timeout_char=0, irq=0)
    I2C(2) -> ValueError I2C(2) doesn't exist
    I2C() -> I2C(0, scl=18, sda=19, freq=400000, timeout=50000)
    I2C(0) -> I2C(0, scl=18, sda=19, freq=400000, timeout=50000)
    I2C(1,scl=34,sda=33) -> I2C(1, scl=34, sda=33, freq=400000, timeout=50000)
    I2C(0,scl=Pin(99),sda=Pin(3)) -> ValueError invalid pin
    I2C(0,freq=400000) -> I2C(0, scl=18, sda=19, freq=400000, timeout=50000)
    I2C(scl=Pin(18),sda=Pin(19)) -> I2C(0, scl=18, sda=19, freq=400000, timeout=50000)
    SoftI2C(scl=Pin(18),sda=Pin(19)) -> SoftI2C(scl=18, sda=19, freq=400000)
    I2C(0).readfrom(8,1) -> OSError [Errno 19] ENODEV
    I2C(-1,scl=Pin(18),sda=Pin(19)) -> SoftI2C(scl=18, sda=19, freq=400000)
    I2C(Pin(18),Pin(19)) -> TypeError extra positional arguments given
    I2C(0,Pin(1),Pin(2)) -> TypeError extra positional arguments given
    SPI(0) -> ValueError SPI(0) doesn't exist
    SPI(3) -> ValueError SPI(3) doesn't exist
    SPI(1) -> SPI(id=1, baudrate=500000, polarity=0, phase=0, bits=8, firstbit=0, sck=14, mosi=13, miso=12)
    SPI(2) -> SPI(id=2, baudrate=500000, polarity=0, phase=0, bits=8, firstbit=0, sck=18, mosi=23, miso=19)
    SPI(1,bits=0) -> ValueError invalid bits
    SPI(1,bits=9) -> SPI(id=1, baudrate=500000, polarity=0, phase=0, bits=9, firstbit=0, sck=14, mosi=13, miso=12)
    SPI() -> ValueError must specify all of sck/mosi/miso
    SPI(1,sck=99) -> ValueError invalid pin
    SPI(-1,sck=Pin(1),mosi=Pin(2),miso=Pin(3)) -> SoftSPI(baudrate=500000, polarity=0, phase=0, firstbit=0, sck=1, mosi=2, miso=3)
    SPI(1,firstbit=SPI.LSB) -> SPI(id=1, baudrate=500000, polarity=0, phase=0, bits=8, firstbit=1, sck=14, mosi=13, miso=12)
    SPI(1,1000000,0,0) -> TypeError extra positional arguments given
    I2S(2,sck=Pin(1),ws=Pin(2),sd=Pin(3),mode=I2S.TX,bits=16,format=I2S.MONO,rate=8000,ibuf=100) -> ValueError invalid id
    I2S(0,sck=Pin(1),ws=Pin(2),sd=Pin(3),mode=9,bits=16,format=I2S.MONO,rate=8000,ibuf=100) -> ValueError invalid mode
    I2S(0,sck=Pin(1),ws=Pin(2),sd=Pin(3),mode=I2S.TX,bits=18,format=I2S.MONO,rate=8000,ibuf=100) -> ValueError invalid bits
    TouchPad(Pin(99)) -> ValueError invalid pin
    TouchPad(Pin(4)).config('a') -> TypeError can't convert str to int
    DAC(25) -> DAC(Pin(25))
    DAC(Pin(25)).write(256) -> ValueError value out of range
    DAC(Pin(25)).write(-1) -> ValueError value out of range
    machine.freq(100) -> ValueError frequency must be 20MHz, 40MHz, 80Mhz, 160MHz or 240MHz
  `,
  esp8266: `
    Pin(6) -> ValueError invalid pin
    Pin(17) -> ValueError invalid pin
    Pin('D1') -> ValueError invalid pin
    Pin(2,Pin.OUT,drive=1) -> TypeError extra keyword arguments given
    Pin(2).init() -> TypeError 'mode' argument required
    Pin(2,Pin.IN,Pin.PULL_UP,1) -> TypeError extra positional arguments given
    Pin(2) -> Pin(2)
    Pin(2,Pin.OUT,value=1) -> Pin(2)
    Pin(16,Pin.OUT) -> Pin(16)
    Pin(2,9) -> Pin(2)
    PWM(Pin(2),freq=2000) -> PWM(2, freq=1000, duty=0)
    PWM(Pin(2),freq=0) -> PWM(2, freq=1, duty=0)
    PWM(Pin(2),500,512) -> PWM(2, freq=500, duty=512)
    PWM(Pin(16)) -> ValueError PWM not supported on pin 16
    PWM(Pin(2),duty=2000) -> PWM(2, freq=500, duty=1023)
    PWM(Pin(2)) -> PWM(2, freq=500, duty=0)
    PWM(Pin(2),freq=500,duty_ns=100) -> PWM(2, freq=500, duty=0)
    ADC(1) -> ADC(1)
    ADC(0) -> ADC(0)
    ADC() -> TypeError function missing 1 required positional arguments
    ADC(Pin(2)) -> TypeError can't convert Pin to int
    RTC().memory(bytes(500)) -> ValueError buffer too long
    RTC().alarm(1,5) -> ValueError invalid alarm
    RTC().irq(trigger=3) -> ValueError invalid alarm
    RTC().datetime((2020,1,1)) -> TypeError requested length 8 but object has length 3
    RTC(1) -> TypeError function takes 0 positional arguments but 1 were given
    RTC().alarm_left(7) -> ValueError invalid alarm
    WDT(1) -> ValueError 
    WDT(timeout=5) -> ValueError 
    UART(2) -> ValueError UART(2) does not exist
    UART(0,bits=9) -> ValueError invalid data bits
    UART(0,stop=5) -> ValueError invalid stop bits
    UART(0,tx=Pin(4),rx=Pin(5)) -> ValueError invalid tx/rx
    UART(0,115200) -> UART(0, baudrate=115200, bits=8, parity=None, stop=1, rxbuf=256, timeout=0, timeout_char=0)
    UART(1,9600) -> UART(1, baudrate=9600, bits=8, parity=None, stop=1, rxbuf=256, timeout=0, timeout_char=0)
    UART(0,rxbuf=9999) -> UART(0, baudrate=115200, bits=8, parity=None, stop=1, rxbuf=9999, timeout=0, timeout_char=0)
    UART(0,parity=3) -> UART(0, baudrate=115200, bits=8, parity=1, stop=1, rxbuf=256, timeout=0, timeout_char=0)
    UART(0,tx=Pin(15),rx=Pin(13)) -> UART(0, baudrate=115200, bits=8, parity=None, stop=1, rxbuf=256, timeout=0, timeout_char=0)
    I2C(0) -> TypeError 'sda' argument required
    I2C(scl=Pin(5),sda=Pin(4)) -> SoftI2C(scl=5, sda=4, freq=400000)
    I2C(-1,scl=Pin(5),sda=Pin(4)) -> ValueError invalid pin
    I2C(1) -> TypeError 'sda' argument required
    SoftI2C(scl=Pin(5),sda=Pin(4)) -> SoftI2C(scl=5, sda=4, freq=400000)
    I2C(Pin(5),Pin(4),freq=1000) -> SoftI2C(scl=5, sda=4, freq=1000)
    I2C(scl=Pin(5),sda=Pin(4)).readfrom(8,1) -> OSError [Errno 19] ENODEV
    SPI(0) -> ValueError 
    SPI(1) -> HSPI(id=1, baudrate=80000000, polarity=0, phase=0)
    SPI(1,baudrate=50000000) -> ValueError impossible baudrate
    SPI(1,100000000) -> ValueError impossible baudrate
    SPI(1,4000000,1,1) -> HSPI(id=1, baudrate=4000000, polarity=1, phase=1)
    SPI(1,bits=8) -> TypeError extra keyword arguments given
    SPI(1,sck=Pin(1)) -> TypeError extra keyword arguments given
    SPI(-1,sck=Pin(1),mosi=Pin(2),miso=Pin(3)) -> SoftSPI(baudrate=500000, polarity=0, phase=0, firstbit=0, sck=1, mosi=2, miso=3)
    SPI(2) -> ValueError 
    SPI(1,baudrate=1) -> ValueError impossible baudrate
  `,
  pyboard: `
    Pin(5) -> TypeError can't convert 'int' object to str implicitly
    Pin('Z9') -> ValueError Pin(Z9) doesn't exist
    Pin('X1') -> Pin(Pin.cpu.A0, mode=Pin.IN)
    Pin('X1',Pin.OUT) -> Pin(Pin.cpu.A0, mode=Pin.OUT)
    Pin('X1',Pin.IN,Pin.PULL_UP) -> Pin(Pin.cpu.A0, mode=Pin.IN, pull=Pin.PULL_UP)
    Pin('X1').init() -> TypeError 'mode' argument required
    Pin('X1',Pin.OUT_PP) -> Pin(Pin.cpu.A0, mode=Pin.OUT)
    Pin('X1',mode=Pin.AF_PP,af=1) -> Pin(Pin.cpu.A0, mode=Pin.ALT)
    Pin('X1',Pin.ALT,alt=2) -> Pin(Pin.cpu.A0, mode=Pin.ALT)
    Pin('X1',Pin.ALT,alt=3) -> Pin(Pin.cpu.A0, mode=Pin.ALT)
    Pin('X1',Pin.ANALOG) -> Pin(Pin.cpu.A0, mode=Pin.ANALOG)
    Pin.board.X1 -> Pin(Pin.cpu.A0, mode=Pin.ANALOG)
    Pin.cpu.A0 -> Pin(Pin.cpu.A0, mode=Pin.ANALOG)
    Pin('X1',Pin.OUT,drive=1) -> TypeError extra keyword arguments given
    Pin('X1',Pin.OPEN_DRAIN,value=1) -> Pin(Pin.cpu.A0, mode=Pin.OPEN_DRAIN)
    Pin('X1',Pin.IN,-1) -> ValueError invalid pin pull: -1
    PWM(Pin('X1')) -> <PWM TIM2_CH1>
    PWM(Pin('X1'),freq=0) -> ValueError freq too small
    PWM(Pin('X1'),freq=1000,duty_u16=5) -> <PWM TIM2_CH1>
    PWM(Pin('X17'),freq=100) -> <PWM TIM2_CH2>
    PWM(Pin('C4'),freq=100) -> ValueError Pin(C4) doesn't have PWM capabilities
    PWM('X1',freq=100000000) -> ValueError freq too large
    PWM(Pin('X1'),freq=100,duty=3) -> TypeError extra keyword arguments given
    ADC('X1') -> <ADC1 channel=0>
    ADC('X9') -> ValueError Pin(B6) does not have ADC capabilities
    ADC(Pin('Y3')) -> ValueError Pin(B8) does not have ADC capabilities
    ADC(3) -> <ADC1 channel=3>
    ADC(99) -> TypeError can't convert 'int' object to str implicitly
    ADC(ADC.CORE_TEMP) -> <ADC1 channel=257>
    ADC(Pin('X12')) -> <ADC1 channel=15>
    ADC(ADC.CORE_VBAT) -> <ADC1 channel=258>
    Timer(-1) -> Timer(mode=PERIODIC, period=1000)
    Timer() -> Timer(mode=PERIODIC, period=1000)
    Timer(2) -> ValueError Timer doesn't exist
    Timer(period=10) -> Timer(mode=PERIODIC, period=10)
    Timer(freq=5) -> Timer(mode=PERIODIC, period=200)
    RTC(1) -> TypeError function takes 0 positional arguments but 1 were given
    RTC().datetime((2020,1,1)) -> TypeError requested length 8 but object has length 3
    RTC().calibration(600) -> ValueError calibration value out of range
    WDT(1) -> ValueError WDT(1) doesn't exist
    WDT(timeout=0) -> ValueError WDT timeout too short
    WDT(timeout=50000) -> ValueError WDT timeout too long
    WDT('x') -> ValueError WDT(x) doesn't exist
    UART(9) -> ValueError UART(9) doesn't exist
    UART(5) -> ValueError UART(5) doesn't exist
    UART(1,9600) -> UART(1, baudrate=9600, bits=8, parity=None, stop=1, flow=0, timeout=0, timeout_char=0, rxbuf=256)
    UART('YB',9600) -> UART(3, baudrate=9600, bits=8, parity=None, stop=1, flow=0, timeout=0, timeout_char=0, rxbuf=256)
    UART('ZZ') -> ValueError UART(ZZ) doesn't exist
    UART(1,9600,bits=7,parity=None) -> ValueError unsupported combination of bits and parity
    UART(1,9600,tx=Pin('X1')) -> TypeError extra keyword arguments given
    UART(1,9600,rxbuf=100) -> UART(1, baudrate=9600, bits=8, parity=None, stop=1, flow=0, timeout=0, timeout_char=0, rxbuf=100)
    UART(2,9600,parity=1) -> UART(2, baudrate=9600, bits=8, parity=1, stop=1, flow=0, timeout=0, timeout_char=0, rxbuf=256)
    UART(1,9600,stop=3) -> UART(1, baudrate=9600, bits=8, parity=None, stop=2, flow=0, timeout=0, timeout_char=0, rxbuf=256)
    I2C(1) -> I2C(1, scl=B6, sda=B7, freq=400000)
    I2C('X') -> I2C(1, scl=B6, sda=B7, freq=400000)
    I2C('Y') -> I2C(2, scl=B10, sda=B11, freq=400000)
    I2C('Z') -> ValueError I2C(Z) doesn't exist
    I2C(3) -> ValueError I2C(3) doesn't exist
    I2C(1,freq=100000) -> I2C(1, scl=B6, sda=B7, freq=100000)
    I2C() -> TypeError 'scl' argument required
    I2C(1).readfrom(8,1) -> OSError [Errno 19] ENODEV
    SoftI2C('X9','X10') -> SoftI2C(scl=B6, sda=B7, freq=400000)
    I2C(1,scl=Pin('X1'),sda=Pin('X2')) -> ValueError explicit choice of scl/sda is not implemented
    I2C('X',mode=1) -> TypeError extra keyword arguments given
    SPI(1) -> SPI(1, baudrate=328125, polarity=0, phase=0, bits=8)
    SPI('X') -> SPI(1, baudrate=328125, polarity=0, phase=0, bits=8)
    SPI('Z') -> ValueError SPI(Z) doesn't exist
    SPI(3) -> ValueError SPI(3) doesn't exist
    SPI(1,sck='X1') -> ValueError explicit choice of sck/mosi/miso is not implemented
    SPI(1,1000000) -> SPI(1, baudrate=656250, polarity=0, phase=0, bits=8)
    SPI(1,polarity=1,phase=1) -> SPI(1, baudrate=328125, polarity=1, phase=1, bits=8)
    SPI(1,bits=9) -> SPI(1, baudrate=328125, polarity=0, phase=0, bits=9)
    SPI(1,firstbit=SPI.LSB) -> SPI(1, baudrate=328125, polarity=0, phase=0, bits=8)
    SPI(0) -> ValueError SPI(0) doesn't exist
    I2S(1) -> TypeError 'sck' argument required
    I2S(9,sck=Pin('Y6'),ws=Pin('Y5'),sd=Pin('Y8'),mode=I2S.TX,bits=16,format=I2S.STEREO,rate=8000,ibuf=100) -> ValueError invalid id
    machine.freq(5) -> ValueError invalid freq
    pyb.LED(5) -> ValueError LED(5) doesn't exist
    pyb.LED(0) -> ValueError LED(0) doesn't exist
    pyb.LED(1) -> LED(1)
    pyb.LED() -> TypeError function takes 1 positional arguments but 0 were given
    pyb.Switch() -> Switch()
    pyb.Switch(1) -> TypeError function takes 0 positional arguments but 1 were given
    pyb.Timer(15) -> ValueError Timer(15) doesn't exist
    pyb.Timer(1,freq=0) -> ValueError must have positive freq
    pyb.Timer(2,freq=1) -> Timer(2, freq=1, prescaler=0, period=83999999, mode=UP, div=1)
    pyb.Timer(2,period=5) -> TypeError must specify either freq, period, or prescaler and period
    pyb.Timer(2,prescaler=1,period=70000) -> Timer(2, freq=599, prescaler=1, period=70000, mode=UP, div=1)
    pyb.Timer(4,prescaler=1,period=70000) -> Timer(4, freq=9406, prescaler=1, period=4464, mode=UP, div=1)
    pyb.Timer(2,freq=10,mode=9) -> ValueError invalid mode (9)
    pyb.Timer(2,freq=10).channel(9) -> ValueError invalid channel (9)
    pyb.Timer(2,freq=10).channel(1,99) -> ValueError invalid mode (99)
    pyb.Timer(2,freq=10).channel(1,pyb.Timer.PWM,pin=5) -> ValueError pin argument needs to be a Pin type
    pyb.Timer(2,freq=10).channel(1,pyb.Timer.PWM,pin=Pin('Y1')) -> ValueError Pin(C6) doesn't have an alt for Timer(2)
    pyb.Timer(2,freq=10).channel(1,pyb.Timer.OC_ACTIVE,polarity=9) -> ValueError invalid polarity (9)
    pyb.Timer(2,freq=10).callback(5) -> ValueError callback must be None or a callable object
    pyb.Timer(2,freq=10) -> Timer(2, freq=10, prescaler=0, period=8399999, mode=UP, div=1)
    pyb.Timer(2) -> Timer(2)
    pyb.Timer(6,freq=1).channel(1,pyb.Timer.PWM) -> TimerChannel(timer=6, channel=1, mode=PWM)
    pyb.Timer(6,freq=10).channel(1,pyb.Timer.ENC_A) -> ValueError encoder not supported on timer 6
    pyb.Servo(5) -> ValueError Servo(5) doesn't exist
    pyb.Servo(0) -> ValueError Servo(0) doesn't exist
    pyb.Servo(1) -> <Servo 1 at 1500us>
    pyb.DAC(3) -> ValueError DAC(3) doesn't exist
    pyb.DAC('X1') -> ValueError Pin(A0) doesn't have DAC capabilities
    pyb.DAC(1,bits=9) -> ValueError unsupported bits
    pyb.DAC(Pin('X5')) -> DAC(1, bits=8)
    pyb.ADC('X9') -> ValueError Pin(B6) doesn't have ADC capabilities
    pyb.ADC(99) -> ValueError not a valid ADC Channel: 99
    pyb.ADCAll(5) -> ValueError resolution 5 not supported
    pyb.ADCAll(12).read_channel(30) -> ValueError not a valid ADC Channel: 30
    pyb.ExtInt('X1',5,0,None) -> ValueError invalid ExtInt Mode: 5
    pyb.ExtInt('X1',pyb.ExtInt.IRQ_RISING,9,None) -> ValueError invalid ExtInt Pull: 9
    pyb.ExtInt(99,pyb.ExtInt.IRQ_RISING,0,None) -> TypeError can't convert 'int' object to str implicitly
    pyb.I2C(3) -> ValueError I2C(3) doesn't exist
    pyb.I2C(1,pyb.I2C.CONTROLLER) -> I2C(1, I2C.CONTROLLER, baudrate=400000)
    pyb.I2C(1,pyb.I2C.CONTROLLER).send(b'x') -> TypeError addr argument required
    pyb.I2C(1,pyb.I2C.CONTROLLER).send(b'x',9) -> OSError [Errno 5] EIO
    pyb.I2C(1,pyb.I2C.CONTROLLER).recv(1) -> TypeError addr argument required
    pyb.I2C('X') -> I2C(1)
    pyb.SPI(9) -> ValueError SPI(9) doesn't exist
    pyb.SPI(1) -> SPI(1)
    pyb.SPI(1,pyb.SPI.CONTROLLER) -> SPI(1, SPI.CONTROLLER, baudrate=328125, prescaler=256, polarity=1, phase=0, bits=8)
    pyb.SPI(1,pyb.SPI.CONTROLLER,baudrate=600000,polarity=1,phase=0,crc=0x7) -> SPI(1, SPI.CONTROLLER, baudrate=328125, prescaler=256, polarity=1, phase=0, bits=8)
    pyb.SPI(1,pyb.SPI.CONTROLLER).send_recv(b'ab',bytearray(3)) -> ValueError recv must be same length as send
    pyb.SPI('X') -> SPI(1)
    pyb.UART(1,9600) -> UART(1, baudrate=9600, bits=8, parity=None, stop=1, flow=0, timeout=0, timeout_char=0, rxbuf=256)
    pyb.UART(9) -> ValueError UART(9) doesn't exist
    pyb.Flash() -> Flash(start=0, len=122880)
    pyb.Flash(start=1) -> ValueError 
    pyb.delay('a') -> TypeError can't convert str to int
    pyb.freq(5) -> ValueError invalid freq
    pyb.elapsed_millis() -> TypeError function takes 1 positional arguments but 0 were given
    pyb.Pin(5) -> TypeError can't convert 'int' object to str implicitly
  `,
} as const;

const rows = (table: string): string[] =>
  table
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

test.each(Object.entries(TABLES))("%s", async (name, table) => {
  const lines = rows(table);
  const tries = lines.map((line) => {
    const [expression] = line.split(" -> ") as [string];
    return `try:\n    print(${expression})\nexcept Exception as e:\n    print(type(e).__name__, e)`;
  });
  const pyb = name === "pyboard" ? "import pyb\n" : "";
  const source = `from machine import *\nimport machine\n${pyb}${tries.join("\n")}\n`;
  const folder = folderWith({ "main.py": source });
  const board = await simulate(folder, { wiring: { board: name } });
  await board.advance(1);
  expect(board.errors).toBe("");
  const said = board.lines.filter((line) => !line.startsWith("Warning: "));
  const printed = said.map((line, i) => `${lines[i]?.split(" -> ")[0]} -> ${line}`.trim());
  expect(printed).toEqual(lines);
});
