"""gather() of many coroutines, each of which gives way once."""

import asyncio


async def one(i):
    await asyncio.sleep_ms(0)
    return i


async def main(count):
    results = await asyncio.gather(*[one(i) for i in range(count)])
    assert len(results) == count and results[count - 1] == count - 1
