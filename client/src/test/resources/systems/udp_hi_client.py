"""Says Hi Server, prints the answer."""
import socket
import sys

s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.settimeout(20)
s.sendto(b'Hi Server', (sys.argv[1], int(sys.argv[2])))
print(s.recv(1024).decode())
s.close()
