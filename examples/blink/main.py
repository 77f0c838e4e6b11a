import uasyncio as asyncio
from machine import Pin


async def blink(led, period_ms):
    while True:
        led.on()
        await asyncio.sleep_ms(50)
        led.off()
        await asyncio.sleep_ms(period_ms)


async def main():
    asyncio.create_task(blink(Pin(1, Pin.OUT), 700))
    asyncio.create_task(blink(Pin(2, Pin.OUT), 400))
    await asyncio.sleep(2)
    print("done")


asyncio.run(main())
