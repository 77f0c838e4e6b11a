"""Chains of awaits that are made anew each time and do not suspend."""

import asyncio


async def nested(depth, value):
    if depth > 1:
        return await nested(depth - 1, value)
    return value


async def main(times, depth):
    for i in range(times):
        assert await nested(depth, i) == i
    await asyncio.sleep_ms(0)
