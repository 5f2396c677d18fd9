"""An echo that makes so many replies per second, and tells nobody how many until it ends.

usage: limited-echo.py LOW HIGH [SEED]

Listens on a free port of 127.0.0.1 and prints "listening 127.0.0.1:PORT". Draws its limit evenly from
LOW to HIGH. What each read gives is a message; replies wait in one queue for all connections, and each
takes the next slot, evenly apart. At SIGTERM it prints "limit N" and "replies N", and ends.

It shares nothing with Sounder, on purpose.
"""

import collections
import random
import selectors
import signal
import socket
import sys
import time

MESSAGE_BYTES = 65536
CREDIT_SECONDS = 0.002  # a slot may lie so far in the past: a wake-up is about as late


class Ended(Exception):
    pass


class LimitedEcho:
    def __init__(self, limit):
        self.interval = 1 / limit
        self.next_slot = 0.0
        self.waiting = collections.deque()  # (moment, connection, message), in order
        self.replies = 0
        self.selector = selectors.DefaultSelector()
        self.acceptor = socket.create_server(("127.0.0.1", 0), backlog=4096)
        self.acceptor.setblocking(False)
        self.selector.register(self.acceptor, selectors.EVENT_READ)

    def address(self):
        return "%s:%d" % self.acceptor.getsockname()

    def serve(self):
        while True:
            for key, _ in self.selector.select(self.patience()):
                if key.fileobj is self.acceptor:
                    self.accept()
                else:
                    self.receive(key.fileobj)
            self.release()

    def patience(self):
        if not self.waiting:
            return None
        return max(0.0, self.waiting[0][0] - time.monotonic())

    def accept(self):
        try:
            connection, _ = self.acceptor.accept()
        except BlockingIOError:
            return
        connection.setblocking(False)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.selector.register(connection, selectors.EVENT_READ)

    def receive(self, connection):
        try:
            message = connection.recv(MESSAGE_BYTES)
        except BlockingIOError:
            return
        except OSError:
            message = b""
        if not message:
            self.selector.unregister(connection)
            connection.close()
            return
        slot = max(self.next_slot, time.monotonic() - CREDIT_SECONDS)
        self.next_slot = slot + self.interval
        self.waiting.append((slot, connection, message))

    def release(self):
        now = time.monotonic()
        while self.waiting and self.waiting[0][0] <= now:
            _, connection, message = self.waiting.popleft()
            try:
                if connection.send(message) < len(message):
                    connection.close()  # it does not read; nothing here is worth a buffer
                self.replies += 1
            except OSError:
                pass  # it is gone; its slot is not given to another


def end(*_):
    raise Ended


def main():
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    low, high = int(sys.argv[1]), int(sys.argv[2])
    limit = random.Random(*sys.argv[3:]).randint(low, high)
    signal.signal(signal.SIGTERM, end)
    echo = LimitedEcho(limit)
    print("listening", echo.address(), flush=True)
    try:
        echo.serve()
    except Ended:
        print("limit", limit)
        print("replies", echo.replies)


main()
