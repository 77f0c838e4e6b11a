# Servers and clients with certificates of all kinds, in one program: who gets through, and what both
# sides are told of a refusal.
import _thread
import asyncio
import socket
import sys
import tls

PORT = int(sys.argv[1])
NONE, OPTIONAL, REQUIRED = tls.CERT_NONE, tls.CERT_OPTIONAL, tls.CERT_REQUIRED

# What the refused side is told depends on who is faster: the alert (-30592) may still be in its inbox
# when the connection is reset (104), or its next message is already in vain (32).
REFUSALS = (-30592, 104, 32)

# A server: its certificate, and who may be its client, judged by which authority. A client: the same of
# its server, for which name, and its own certificate.
CASES = [
    ("nobody asks", ("server", NONE, None), (NONE, None, None, None)),
    ("a name", ("server", NONE, None), (REQUIRED, "authority.pem", "server.test", None)),
    ("capitals", ("server", NONE, None), (REQUIRED, "authority.pem", "SERVER.test", None)),
    ("authority in DER", ("server", NONE, None), (REQUIRED, "authority.der", "server.test", None)),
    ("server in DER", ("server.der", NONE, None), (REQUIRED, "authority.pem", "server.test", None)),
    ("RSA", ("rsa", NONE, None), (REQUIRED, "rsa.pem", "rsa.test", None)),
    ("RSA in DER", ("rsa.der", NONE, None), (REQUIRED, "rsa.der", "rsa.test", None)),
    ("key that only deciphers", ("decipher", NONE, None), (REQUIRED, "authority.pem", "server.test", None)),
    ("wild card", ("server", NONE, None), (REQUIRED, "authority.pem", "a.wild.test", None)),
    ("wild card, two levels", ("server", NONE, None), (REQUIRED, "authority.pem", "a.b.wild.test", None)),
    ("address", ("server", NONE, None), (REQUIRED, "authority.pem", "127.0.0.1", None)),
    ("other address", ("server", NONE, None), (REQUIRED, "authority.pem", "127.0.0.2", None)),
    ("chain", ("deep", NONE, None), (REQUIRED, "authority.pem", "deep.test", None)),
    ("self-signed", ("alone", NONE, None), (REQUIRED, "authority.pem", "alone.test", None)),
    ("self-signed, trusted", ("alone", NONE, None), (REQUIRED, "alone.pem", "alone.test", None)),
    ("only its own trusted", ("server", NONE, None), (REQUIRED, "server.pem", "server.test", None)),
    ("wrong name", ("server", NONE, None), (REQUIRED, "authority.pem", "other.test", None)),
    ("wrong authority", ("server", NONE, None), (REQUIRED, "rsa.pem", "server.test", None)),
    ("both", ("server", NONE, None), (REQUIRED, "rsa.pem", "other.test", None)),
    ("no authority", ("server", NONE, None), (REQUIRED, None, "server.test", None)),
    ("expired", ("expired", NONE, None), (REQUIRED, "authority.pem", "server.test", None)),
    ("early", ("early", NONE, None), (REQUIRED, "authority.pem", "server.test", None)),
    ("short key", ("short", NONE, None), (REQUIRED, "short.pem", "short.test", None)),
    ("weak hash", ("weak", NONE, None), (REQUIRED, "authority.pem", "server.test", None)),
    ("too long a chain", ("beyond", NONE, None), (REQUIRED, "narrow.pem", "beyond.test", None)),
    ("authority within it", ("beyond", NONE, None), (REQUIRED, "between.pem", "beyond.test", None)),
    ("authority that may not sign", ("unheard", NONE, None), (REQUIRED, "mute.pem", "unheard.test", None)),
    ("wrong authority, optional", ("server", NONE, None), (OPTIONAL, "rsa.pem", "server.test", None)),
    ("wrong name, optional", ("server", NONE, None), (OPTIONAL, "authority.pem", "other.test", None)),
    ("no authority, optional", ("server", NONE, None), (OPTIONAL, None, "server.test", None)),
    ("no certificate", (None, NONE, None), (NONE, None, None, None)),
    ("certificate of a client", ("client", NONE, None), (NONE, None, None, None)),
    ("key that may not sign", ("misused", NONE, None), (NONE, None, None, None)),
    ("client", ("server", REQUIRED, "authority.pem"), (NONE, None, None, "client")),
    ("client, DER", ("server", REQUIRED, "rsa.der"), (NONE, None, None, "rsa.der")),
    ("client, chain", ("server", REQUIRED, "authority.pem"), (NONE, None, None, "deep")),
    ("client without one", ("server", REQUIRED, "authority.pem"), (NONE, None, None, None)),
    ("client, self-signed", ("server", REQUIRED, "authority.pem"), (NONE, None, None, "alone")),
    ("client, expired", ("server", REQUIRED, "authority.pem"), (NONE, None, None, "expired")),
    ("client, may not sign", ("server", REQUIRED, "authority.pem"), (NONE, None, None, "misused")),
    ("client, short key", ("server", REQUIRED, "short.pem"), (NONE, None, None, "short")),
    ("client, no authority", ("server", REQUIRED, None), (NONE, None, None, "client")),
    ("client, optional", ("server", OPTIONAL, "authority.pem"), (NONE, None, None, None)),
    ("client, self-signed, optional", ("server", OPTIONAL, "authority.pem"), (NONE, None, None, "alone")),
]
BLOCKING = ("a name", "wrong name", "wrong authority", "client", "client, expired")


def load(name):
    with open(name, "rb") as f:
        return f.read()


def context(protocol, mode, authority, own):
    made = tls.SSLContext(protocol)
    if own is not None:
        base, form = own[:-4] if own.endswith(".der") else own, ".der" if own.endswith(".der") else ".pem"
        made.load_cert_chain(load(base + form), load(base + ".key" + form))
    made.verify_mode = mode
    if authority is not None:
        made.load_verify_locations(load(authority))
    return made


def contexts(case):
    _, (own, server_mode, server_authority), (mode, authority, name, certificate) = case
    return (
        context(tls.PROTOCOL_TLS_SERVER, server_mode, server_authority, own),
        context(tls.PROTOCOL_TLS_CLIENT, mode, authority, certificate),
        name,
    )


def told(error):
    if isinstance(error, OSError) and error.errno in REFUSALS:
        return "refused"
    return repr(error)


async def one(case):
    server_context, client_context, name = contexts(case)
    outcome = []
    ended = asyncio.Event()

    async def serve(reader, writer):
        try:
            line = await reader.readline()
            writer.write(b"you said " + line)
            await writer.drain()
            await reader.read(1)
            outcome.append("server: " + line.decode().strip())
        except Exception as error:
            outcome.append("server: " + told(error))
        await writer.wait_closed()
        ended.set()

    server = await asyncio.start_server(serve, "127.0.0.1", PORT, ssl=server_context)
    reader, writer = await asyncio.open_connection(
        "127.0.0.1", PORT, ssl=client_context, server_hostname=name
    )
    try:
        writer.write(b"hello\n")
        await writer.drain()
        outcome.append("client: " + (await reader.readline()).decode().strip())
    except Exception as error:
        outcome.append("client: " + told(error))
    await writer.wait_closed()
    await ended.wait()
    server.close()
    await server.wait_closed()
    return sorted(outcome)


def accept(listener, server_context, outcome, lock):
    connection = listener.accept()[0]
    try:
        secure = server_context.wrap_socket(connection, server_side=True)
        outcome.append("server: " + secure.readline().decode().strip())
        secure.close()
    except Exception as error:
        outcome.append("server: " + told(error))
    connection.close()
    lock.release()


def one_blocking(case):
    server_context, client_context, name = contexts(case)
    outcome = []
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(socket.getaddrinfo("127.0.0.1", PORT)[0][-1])
    listener.listen(1)
    lock = _thread.allocate_lock()
    lock.acquire()
    _thread.start_new_thread(accept, (listener, server_context, outcome, lock))
    connection = socket.socket()
    connection.connect(socket.getaddrinfo("127.0.0.1", PORT)[0][-1])
    try:
        secure = client_context.wrap_socket(connection, server_hostname=name)
        secure.write(b"hello\n")
        outcome.append("client: %r" % (secure.read(),))
    except Exception as error:
        outcome.append("client: " + told(error))
    connection.close()
    lock.acquire()
    listener.close()
    return sorted(outcome)


async def main():
    for case in CASES:
        print(case[0], await one(case))


asyncio.run(main())
for case in CASES:
    if case[0] in BLOCKING:
        print("blocking:", case[0], one_blocking(case))

# What cannot be loaded.
for name, key in (
    ("strange.pem", "strange.key.pem"),
    ("server.key.pem", "server.key.pem"),
    ("server.pem", "server.pem"),
    ("server.pem", "strange.pem"),
):
    try:
        tls.SSLContext(tls.PROTOCOL_TLS_SERVER).load_cert_chain(load(name), load(key))
        print(name, key, "loaded")
    except ValueError as error:
        print(name, key, error)
