"""A hundred tasks that give way to each other: what a switch of tasks costs."""

import asyncio


async def player(turns):
    for _ in range(turns):
        await asyncio.sleep_ms(0)


async def main(turns):
    tasks = [asyncio.create_task(player(turns)) for _ in range(100)]
    for task in tasks:
        await task
