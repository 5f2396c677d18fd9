"""An echo server with a thread per connection, as tutorials show it.

usage: threaded-echo.py     on 127.0.0.1; the system chooses the port

Prints "listening ADDRESS:PORT" when it is ready, and runs until it is killed.
"""

import socketserver

READ_BYTES = 256 << 10  # at once, as the others in the race do


class Echo(socketserver.BaseRequestHandler):
    def handle(self):
        try:
            while data := self.request.recv(READ_BYTES):
                self.request.sendall(data)
        except ConnectionError:
            pass  # the peer is gone, and so is its thread


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    request_queue_size = 4096


with Server(("127.0.0.1", 0), Echo) as server:
    print("listening %s:%d" % server.server_address, flush=True)
    server.serve_forever()
