# Answers HTTP requests with their method, path and body; over TLS when there is a certificate.
import asyncio
import os
import ssl

PORT = 0  # set by the test


async def serve(reader, writer):
    try:
        request = await reader.readline()
        length = 0
        while True:
            header = await reader.readline()
            if header in (b"", b"\r\n"):
                break
            name, value = header.split(b":", 1)
            if name.lower() == b"content-length":
                length = int(value)
        body = await reader.readexactly(length)
        answer = b" ".join(request.split()[:2]) + b"\n" + body
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n" % len(answer))
        writer.write(b"Connection: close\r\n\r\n" + answer)
        await writer.drain()
    except Exception as error:
        print("failed:", repr(error))
    writer.close()
    await writer.wait_closed()


async def main():
    context = None
    if "server.pem" in os.listdir():
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain("server.pem", "server.key.pem")
        if "ask-client" in os.listdir():
            context.verify_mode = ssl.CERT_REQUIRED
            context.load_verify_locations("authority.pem")
    await asyncio.start_server(serve, "127.0.0.1", PORT, ssl=context)
    print("listening")
    while True:
        await asyncio.sleep(60)


asyncio.run(main())
