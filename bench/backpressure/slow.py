# Sends without end to clients that ask for it, as fast as they take it; reads from the others slowly.
import asyncio
import sys
from binascii import unhexlify

PIECE = bytes(65536)


async def serve(reader, writer):
    try:
        if await reader.readline() == b"send\n":
            while True:
                writer.write(PIECE)
                await writer.drain()
        while await reader.read(1000):
            await asyncio.sleep_ms(50)
    except OSError:
        pass
    await writer.wait_closed()


def secure(certificate, key):
    import tls

    context = tls.SSLContext(tls.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(unhexlify(certificate), unhexlify(key))
    return context


async def main():
    # The port; over TLS, a certificate and its key in hexadecimal.
    port, *own = sys.argv[1:]
    ssl = secure(*own) if own else None
    await asyncio.start_server(serve, "127.0.0.1", int(port), ssl=ssl)
    print("listening")
    while True:
        await asyncio.sleep(3600)


asyncio.run(main())
