# Echoes the text messages of WebSocket clients (RFC 6455).
import asyncio
import binascii
import hashlib

PORT = 0  # set by the test
GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


async def handshake(reader, writer):
    key = b""
    while True:
        header = await reader.readline()
        if header in (b"", b"\r\n"):
            break
        if header.lower().startswith(b"sec-websocket-key:"):
            key = header.split(b":", 1)[1].strip()
    accept = binascii.b2a_base64(hashlib.sha1(key + GUID).digest()).strip()
    writer.write(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n")
    writer.write(b"Connection: Upgrade\r\nSec-WebSocket-Accept: " + accept + b"\r\n\r\n")
    await writer.drain()


async def read_frame(reader):
    head = await reader.readexactly(2)
    size = head[1] & 0x7F
    if size == 126:
        size = int.from_bytes(await reader.readexactly(2), "big")
    elif size == 127:
        size = int.from_bytes(await reader.readexactly(8), "big")
    mask = await reader.readexactly(4)
    data = bytearray(await reader.readexactly(size))
    for i in range(size):
        data[i] ^= mask[i & 3]
    return head[0] & 15, bytes(data)


async def serve(reader, writer):
    await handshake(reader, writer)
    while True:
        opcode, data = await read_frame(reader)
        if len(data) < 126:
            head = bytes([0x80 | opcode, len(data)])
        elif len(data) < 65536:
            head = bytes([0x80 | opcode, 126]) + len(data).to_bytes(2, "big")
        else:
            head = bytes([0x80 | opcode, 127]) + len(data).to_bytes(8, "big")
        writer.write(head + data)
        await writer.drain()
        if opcode == 8:
            break
    print("closed")
    writer.close()
    await writer.wait_closed()


async def main():
    await asyncio.start_server(serve, "127.0.0.1", PORT)
    print("listening")
    while True:
        await asyncio.sleep(60)


asyncio.run(main())
