# Waits for a byte in every place where waiting suspends: `get()` blocks until a thread has sent one.
import _thread
import asyncio
import socket
import sys
import time

port = int(sys.argv[1])
listener = socket.socket()
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.bind(socket.getaddrinfo("127.0.0.1", port)[0][-1])
listener.listen(1)
near = socket.socket()
near.connect(socket.getaddrinfo("127.0.0.1", port)[0][-1])
far = listener.accept()[0]


def later(text):
    time.sleep_ms(5)
    far.send(text)


def get(text):
    _thread.start_new_thread(later, (text,))
    return near.recv(30)


class Sensor:
    name = get(b"class body")

    def __init__(self):
        self.first = get(b"__init__")

    @property
    def value(self):
        return get(b"getter")

    @value.setter
    def value(self, new):
        print("setter", new, get(b"setter"))

    def __getitem__(self, key):
        return key, get(b"__getitem__")

    def __setitem__(self, key, new):
        print(key, new, get(b"__setitem__"))

    def __call__(self, x):
        return x, get(b"__call__")

    def __enter__(self):
        return get(b"__enter__")

    def __exit__(self, *args):
        print(get(b"__exit__"))


class Numbers:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        print(get(b"__iter__"))
        return self

    def __next__(self):
        if self.n == 0:
            raise StopIteration
        self.n -= 1
        return self.n, get(b"__next__")


def items(n):
    try:
        for i in range(n):
            yield i, get(b"generator")
    finally:
        print("done", get(b"finally"))


def delegating():
    result = yield from echo()
    yield result


def echo():
    sent = None
    while sent != "end":
        sent = yield sent, get(b"echo")
    return get(b"returned")


def traced(f):
    print(get(b"decorator"))

    def wrapper(*args):
        return get(b"wrapper"), f(*args)

    return wrapper


@traced
def add(a, b):
    return a + b


def default(x=get(b"default")):
    return x


sensor = Sensor()
print(sensor.name, sensor.first, sensor.value, sensor[1], sensor(2))
sensor.value = 3
sensor[4] = 5
with sensor as entered:
    print(entered)
print(add(1, 2), default(), (lambda: get(b"lambda"))())
pause = get
print(pause(b"variable"), [get(b"comprehension") for _ in range(2)], {get(b"key"): 1})

for number in Numbers(2):
    print(number)
for number in items(2):
    print(number)
for at, item in items(3):
    if at == 1:
        break
else:
    print("not reached")
print([item for item in items(1)], {at: item for at, item in items(1)})
print(list(items(2)), sum(at for at, _ in items(3)), sorted(items(2)))
print([x for x in (get(b"expression") for _ in range(2))])
one = items(1)
print(next(one), next(one, "over"))
both = delegating()
print(both.send(None), both.send(1), both.send("end"))


async def task(name):
    # While one task blocks, no other runs, as on a board.
    for item in items(1):
        print(name, item, sensor.value, sensor[name])
    await asyncio.sleep_ms(1)
    return get(b"task")


async def main():
    print(await asyncio.gather(task("a"), task("b")))


asyncio.run(main())
