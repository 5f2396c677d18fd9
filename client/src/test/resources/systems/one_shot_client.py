"""Sends one message, or none, and prints what comes until the server closes."""
import socket
import sys

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.connect((sys.argv[1], int(sys.argv[2])))
if len(sys.argv) > 3:
    s.sendall(sys.argv[3].encode())
while True:
    data = s.recv(1024)
    if not data:
        break
    print(data.decode())
s.close()
