# Echoes the lines of every connection.
import asyncio
import sys


async def serve(reader, writer):
    try:
        while True:
            line = await reader.readline()
            if not line:
                break
            writer.write(line)
            await writer.drain()
    except OSError:
        pass
    writer.close()
    await writer.wait_closed()


async def main():
    await asyncio.start_server(serve, "127.0.0.1", int(sys.argv[1]), backlog=1024)
    print("listening")
    while True:
        await asyncio.sleep(3600)


asyncio.run(main())
