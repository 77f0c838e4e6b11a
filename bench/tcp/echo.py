"""An echo server of lines, which says where it listens."""

import asyncio
import sys


async def serve(reader, writer):
    while True:
        line = await reader.readline()
        if not line:
            break
        writer.write(line)
        await writer.drain()
    writer.close()
    await writer.wait_closed()


async def main(port):
    await asyncio.start_server(serve, "127.0.0.1", port)
    print("listening")
    await asyncio.Event().wait()


asyncio.run(main(int(sys.argv[1])))
