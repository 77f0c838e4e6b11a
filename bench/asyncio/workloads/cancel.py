"""Tasks that are cancelled while they sleep and clean up."""

import asyncio

cleaned = 0


async def victim():
    global cleaned
    try:
        await asyncio.sleep(10)
    finally:
        cleaned += 1


async def main(times):
    for _ in range(times // 10):
        tasks = [asyncio.create_task(victim()) for _ in range(10)]
        await asyncio.sleep_ms(0)
        for task in tasks:
            task.cancel()
        for task in tasks:
            try:
                await task
            except asyncio.CancelledError:
                pass
