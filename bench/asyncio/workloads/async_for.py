"""async for: an iterator that gives way at every tenth item."""

import asyncio


class Countdown:
    def __init__(self, start):
        self.left = start

    def __aiter__(self):
        return self

    async def __anext__(self):
        if self.left == 0:
            raise StopAsyncIteration
        self.left -= 1
        if self.left % 10 == 0:
            await asyncio.sleep_ms(0)
        return self.left


async def main(count):
    total = 0
    async for i in Countdown(count):
        total += i
    assert total == count * (count - 1) // 2
