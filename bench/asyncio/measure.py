# Runs a workload several times, each time when a line arrives at the standard input, and prints how
# much CPU time it has taken, in microseconds. Where a program has no clock of that kind, its host sees
# to all that.

import asyncio
import sys
import time

if hasattr(time, "process_time"):  # CPython

    def clock():
        return time.process_time() * 1000000

elif hasattr(time, "clock"):  # MicroPython on Unix

    def clock():
        return time.clock() * 1000000

else:
    clock = None


def measure(main, repeats, *arguments):
    for _ in range(repeats):
        if clock is None:
            print("start")
            asyncio.run(main(*arguments))
            print("end")
        else:
            sys.stdin.readline()
            start = clock()
            asyncio.run(main(*arguments))
            print("took", int(clock() - start))
            if hasattr(sys.stdout, "flush"):
                sys.stdout.flush()
