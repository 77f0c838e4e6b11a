"""A switch of tasks at the end of a chain of awaits that stays suspended."""

import asyncio


async def nested(depth, turns):
    if depth > 1:
        await nested(depth - 1, turns)
        return
    for _ in range(turns):
        await asyncio.sleep_ms(0)


async def main(turns, depth):
    tasks = [asyncio.create_task(nested(depth, turns)) for _ in range(100)]
    for task in tasks:
        await task
