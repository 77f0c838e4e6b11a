# An HTTP/1.1 server of the kind that boards run: connections stay open, bodies may come and go in chunks.
# Over TLS when there is a certificate.
import asyncio
import os
import ssl

PORT = 0  # set by the test
PIECE = 4096


async def read_headers(reader):
    headers = {}
    while True:
        line = await reader.readline()
        if line in (b"", b"\r\n"):
            return headers
        name, value = line.decode().split(":", 1)
        headers[name.lower()] = value.strip()


async def read_body(reader, headers):
    if headers.get("transfer-encoding") != "chunked":
        return await reader.readexactly(int(headers.get("content-length", 0)))
    pieces = []
    while True:
        size = int(await reader.readline(), 16)
        pieces.append(await reader.readexactly(size))
        await reader.readline()
        if size == 0:
            return b"".join(pieces)


def numbered(i):
    """A piece that no other is like."""
    return (b"%08d" % i) * (PIECE // 8)


async def answer(writer, target, version, body):
    path, _, query = target.partition("?")
    if path == "/large":
        # As many pieces as are asked for, one at a time.
        count = int(query)
        writer.write(b"%s 200 OK\r\nContent-Length: %d\r\n\r\n" % (version, count * PIECE))
        for i in range(count):
            writer.write(numbered(i))
            await writer.drain()
    elif path == "/chunks" and version == b"HTTP/1.1":
        writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        for i in range(int(query)):
            chunk = b"chunk %d\n" % i
            writer.write(b"%x\r\n%s\r\n" % (len(chunk), chunk))
            await writer.drain()
            await asyncio.sleep_ms(1)
        writer.write(b"0\r\n\r\n")
    elif path == "/echo":
        writer.write(b"%s 200 OK\r\nContent-Length: %d\r\n\r\n" % (version, len(body)))
        writer.write(body)
    else:
        writer.write(b"%s 404 Not Found\r\nContent-Length: 5\r\n\r\nnone\n" % version)
    await writer.drain()


async def serve(reader, writer):
    served = 0
    try:
        while True:
            request = await reader.readline()
            if not request:
                break
            method, target, version = request.split()
            headers = await read_headers(reader)
            body = await read_body(reader, headers)
            await answer(writer, target.decode(), version, body)
            served += 1
            if version == b"HTTP/1.0" or headers.get("connection") == "close":
                break
        print("served", served)
    except Exception as error:
        print("failed after", served, repr(error))
    writer.close()
    await writer.wait_closed()


async def main():
    context = None
    if "server.pem" in os.listdir():
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain("server.pem", "server.key.pem")
    await asyncio.start_server(serve, "127.0.0.1", PORT, backlog=50, ssl=context)
    print("listening")
    while True:
        await asyncio.sleep(60)


asyncio.run(main())
