"""A token that a hundred tasks hand round through Events."""

import asyncio


async def station(mine, following, laps):
    for _ in range(laps):
        await mine.wait()
        mine.clear()
        following.set()


async def main(laps):
    events = [asyncio.Event() for _ in range(100)]
    tasks = []
    for i in range(100):
        tasks.append(asyncio.create_task(station(events[i], events[(i + 1) % 100], laps)))
    events[0].set()
    for task in tasks:
        await task
