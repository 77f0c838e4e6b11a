"""async with: a context manager entered and left, without suspending."""

import asyncio


class Manager:
    def __init__(self):
        self.inside = 0

    async def __aenter__(self):
        self.inside += 1
        return self

    async def __aexit__(self, exc_type, exc, tb):
        self.inside -= 1


async def main(times):
    manager = Manager()
    for _ in range(times):
        async with manager as m:
            assert m.inside == 1
    await asyncio.sleep_ms(0)
