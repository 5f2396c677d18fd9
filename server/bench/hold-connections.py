"""Opens connections and keeps them, silent, until stdin ends.

usage: hold-connections.py HOST PORT COUNT

Prints "open COUNT" when each of them has had one echo, so that the server has really served it.
"""

import resource
import socket
import sys

host, port, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))

connections = []
for n in range(count):
    connection = socket.create_connection((host, port), timeout=10)
    connection.sendall(b"?")
    if connection.recv(1) != b"?":
        sys.exit("connection %d had no echo" % n)
    connections.append(connection)
print("open", len(connections), flush=True)
sys.stdin.read()
