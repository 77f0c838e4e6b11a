"""Blocking calls of functions that no text names: kept in tables, in fields, passed on."""

import select
import socket
import sys

address = socket.getaddrinfo("127.0.0.1", int(sys.argv[1]))[0][-1]
server = socket.socket()
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
steps = {"bind": server.bind, "listen": server.listen, "accept": server.accept}
steps["bind"](address)
steps["listen"](1)
client = socket.socket()
connect = client.connect
connect(*[address])
peer, _ = steps["accept"]()
for f, *args in [
    (peer.send, b"hello"),
    (client.recv, 3),
    (client.recv, 2),
    (client.sendall, b"xy\nzz\n"),
    (peer.readline,),
    (peer.recv, 10),
]:
    print(f(*args))


def times(n, f, *args, **kwargs):
    return [f(*args, **kwargs) for _ in range(n)]


class Link:
    def __init__(self, sock, receive=None):
        self.sock = sock
        self.receive = receive or sock.recv
        self.handlers = {}

    def on(self, name, handler):
        self.handlers[name] = handler

    def fire(self, name, *args):
        return self.handlers[name](*args)

    def one(self):
        return self.receive(1)


def logged(f):
    def inner(*args, **kwargs):
        value = f(*args, **kwargs)
        print("logged", value)
        return value

    return inner


@logged
def take(n):
    return peer.recv(n)


print(times(2, client.send, b"ab"), times(2, peer.recv, 1))
link = Link(peer)
print([link.one() for _ in range(2)])
link.on("read", lambda n: peer.recv(n))
link.on("send", lambda data: client.send(data))
link.on("take", take)
print(link.fire("send", b"12345"), link.fire("read", 2), link.fire("take", 2))
print({name: f(1) for name, f in [("a", peer.recv)]})
client.send(b"end")
last = (lambda f: (lambda n: f(n)))(peer.recv)
print(last(2), (lambda: last(1))())
poller = select.poll()
poller.register(peer, select.POLLIN)
wait = poller.poll
print(wait(*[10]), [len(wait(ms)) for ms in (5, 10)])
peer.settimeout(0.02)
for f in (peer.readline, server.accept):
    server.settimeout(0.02)
    try:
        f()
    except OSError as e:
        print(e.errno)
for s in (client, peer, server):
    close = s.close
    close()
