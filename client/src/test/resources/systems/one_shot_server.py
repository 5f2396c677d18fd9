"""One message, one answer, closed; then the next client. The answer is the message behind a prefix.

Mended: it closes as soon as it has answered (the classic "OK..." server did when the next client
came), and a client that leaves without a word does not end it.
"""
import socket
import sys

PREFIX = sys.argv[3].encode() if len(sys.argv) > 3 else b''

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.bind((sys.argv[1], int(sys.argv[2])))
s.listen(5)
print('port', s.getsockname()[1], flush=True)
while True:
    conn, addr = s.accept()
    data = conn.recv(1024)
    if data:
        conn.sendall(PREFIX + data)
    conn.close()
