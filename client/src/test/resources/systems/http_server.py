"""Reads one request, answers with a fixed page; HTTP/1.0 is then closed, HTTP/1.1 left open."""
import socket
import sys

BODY = b'<p>a page of \xc3\xa9chos</p>\n'

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.bind((sys.argv[1], int(sys.argv[2])))
s.listen(5)
print('port', s.getsockname()[1], flush=True)
while True:
    conn, addr = s.accept()
    request = data = conn.recv(4096)
    while data and not request.endswith(b'\r\n\r\n'):
        data = conn.recv(4096)
        request += data
    if data:
        version = b'HTTP/1.1' if b'HTTP/1.1\r\n' in request else b'HTTP/1.0'
        conn.sendall(version + b' 200 OK\r\nContent-Length: %d\r\n\r\n' % len(BODY) + BODY)
        while version == b'HTTP/1.1' and conn.recv(4096):
            pass
    conn.close()
