"""A task that sleeps so many times for so many milliseconds, beside one that computes now and then."""

import asyncio
import sys


async def busy():
    while True:
        await asyncio.sleep_ms(7)
        sum(range(1000))


async def main(times, period):
    asyncio.create_task(busy())
    for _ in range(times):
        await asyncio.sleep_ms(period)


asyncio.run(main(int(sys.argv[1]), int(sys.argv[2])))
