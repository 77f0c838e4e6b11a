# Does to each connection what its first line says.
import asyncio

PORT = 0  # set by the test
PIECE = bytes(range(256)) * 64


async def flood(writer, count):
    """Sends `count` numbered pieces, and tells how far it has come."""
    for i in range(count):
        writer.write(b"%08d" % i)
        writer.write(PIECE)
        await writer.drain()
        if i % 64 == 0:
            print("sent", i)
    print("sent all")


async def serve(reader, writer):
    print("peer", writer.get_extra_info("peername")[0])
    try:
        command = (await reader.readline()).split()
        if command[:1] == [b"flood"]:
            await flood(writer, int(command[1]))
        elif command == [b"echo"]:
            while True:
                line = await reader.readline()
                if not line:
                    break
                writer.write(line)
                await writer.drain()
            writer.write(b"end\n")
            await writer.drain()
        elif command == [b"exactly"]:
            print(await reader.readexactly(10))
        else:
            print("read", await reader.read(10))
        print("done")
    except Exception as error:
        print("failed:", repr(error))
    writer.close()
    await writer.wait_closed()


async def main():
    await asyncio.start_server(serve, HOST, PORT)
    print("listening")
    while True:
        await asyncio.sleep(60)


HOST = "127.0.0.1"
asyncio.run(main())
