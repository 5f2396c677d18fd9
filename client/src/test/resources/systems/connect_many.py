"""Opens connections one after the other, and says of each what becomes of it.

Arguments: host, port, how many, how many seconds to give the last of them.
"""
import socket
import sys

server = (sys.argv[1], int(sys.argv[2]))
count, patience = int(sys.argv[3]), float(sys.argv[4])
held = []
for n in range(1, count + 1):
    s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    s.settimeout(patience if n == count else 20)
    held.append(s)
    try:
        s.connect(server)
    except socket.timeout:
        print(n, 'waits', flush=True)
    else:
        print(n, 'connected', flush=True)
s = held[-1]
try:
    data = s.recv(1)
    print(count, 'closed' if not data else 'has data', flush=True)
except socket.timeout:
    print(count, 'silent', flush=True)
except OSError as failure:
    print(count, failure.strerror, flush=True)
sys.stdin.read()
