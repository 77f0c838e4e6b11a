"""A page with a counter: Python waits for its button and tells it what to show."""

import asyncio
import page

pressed = asyncio.Event()


async def count_presses():
    presses = 0
    while True:
        await pressed.wait()
        pressed.clear()
        presses += 1
        page.show(presses)
        print("pressed", presses)


async def clock():
    seconds = 0
    while True:
        await asyncio.sleep(1)
        seconds += 1
        print("tick", seconds)


async def main():
    print("hello from Python")
    answer = await page.ask("what is the answer?")
    print("the page says", answer)
    try:
        await asyncio.gather(count_presses(), clock())
    finally:
        print("goodbye")


asyncio.run(main())
