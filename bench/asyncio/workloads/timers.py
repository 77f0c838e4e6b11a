"""Many tasks that sleep for different times, up to a fifth of a second."""

import asyncio


async def sleeper(seconds):
    await asyncio.sleep(seconds)


async def main(count):
    tasks = [asyncio.create_task(sleeper(i * 7919 % 200 / 1000)) for i in range(count)]
    for task in tasks:
        await task
