# Runs a workload several times and prints the CPU time in microseconds at the start and the end of
# each run. Where a program has no clock of that kind, its host adds it to the line.

import asyncio
import time

if hasattr(time, "process_time"):  # CPython

    def mark():
        print("at", int(time.process_time() * 1000000))

elif hasattr(time, "clock"):  # MicroPython on Unix

    def mark():
        print("at", int(time.clock() * 1000000))

else:

    def mark():
        print("at")


def measure(main, repeats, *arguments):
    for _ in range(repeats):
        mark()
        asyncio.run(main(*arguments))
        mark()
