# Talks to a TLS server that the test runs, trusting it in several ways.
import asyncio
import ssl

PORT = 0  # set by the test


def context(**options):
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    made.verify_mode = ssl.CERT_REQUIRED
    made.load_verify_locations(**options)
    return made


async def talk(label, security, name=None):
    try:
        reader, writer = await asyncio.open_connection(
            "127.0.0.1", PORT, ssl=security, server_hostname=name
        )
        writer.write(label.encode() + b"\n")
        await writer.drain()
        print(label, await reader.readline(), await reader.read())
        writer.close()
        await writer.wait_closed()
    except Exception as error:
        print(label, repr(error))


async def main():
    await talk("unchecked", True)
    await talk("trusted", context(cafile="authority.pem"), "server.test")
    with open("authority.der", "rb") as file:
        await talk("der", context(cadata=file.read()), "localhost")
    await talk("wrong name", context(cafile="authority.pem"), "other.test")
    await talk("stranger", context(cafile="rsa.pem"), "server.test")


asyncio.run(main())
