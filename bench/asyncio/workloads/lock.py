"""A hundred tasks that contend for one Lock and give way while they hold it."""

import asyncio


async def worker(lock, times):
    for _ in range(times):
        await lock.acquire()
        await asyncio.sleep_ms(0)
        lock.release()


async def main(times):
    lock = asyncio.Lock()
    tasks = [asyncio.create_task(worker(lock, times)) for _ in range(100)]
    for task in tasks:
        await task
