"""wait_for() around coroutines that are done long before the time is over."""

import asyncio


async def quick(i):
    await asyncio.sleep_ms(0)
    return i


async def main(times):
    for i in range(times):
        assert await asyncio.wait_for(quick(i), 10) == i
