"""Says one thing on a Unix socket, prints the answer."""
import socket
import sys

s = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
s.connect(sys.argv[1])
s.sendall(sys.argv[2].encode())
print(s.recv(1024).decode())
s.close()
