# Receives nothing until it is told to by the first byte of a TCP client; then all that was kept.
import socket
import sys

port = int(sys.argv[1])
address = socket.getaddrinfo("127.0.0.1", port)[0][-1]
datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
datagrams.bind(address)
listener = socket.socket()
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.bind(address)
listener.listen(1)
print("listening")
listener.accept()[0].recv(1)
datagrams.settimeout(0.3)
count = 0
wrong = 0
last = -1
try:
    while True:
        data = datagrams.recv(2000)
        # In order and none twice. The system may drop some on its way to us, ever so early.
        number = int(data[:8])
        if number <= last:
            wrong += 1
        last = number
        count += 1
except OSError:
    pass
print("kept", count, "wrong", wrong)
