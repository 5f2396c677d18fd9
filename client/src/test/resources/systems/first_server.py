"""The first server of a tutorial: serves one client, then ends."""
import socket
import sys

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.bind((sys.argv[1], int(sys.argv[2])))
s.listen(1)
print('port', s.getsockname()[1], flush=True)
conn, addr = s.accept()
print('Connected by', addr, flush=True)
while True:
    data = conn.recv(1024)
    if not data:
        break
    conn.sendall(data)
conn.close()
s.close()
