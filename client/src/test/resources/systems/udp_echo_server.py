"""UDP echo server: a datagram goes back to its sender.

Mended: a datagram of any size (the classic one cut at 1,024 bytes).
"""
import socket
import sys

s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind((sys.argv[1], int(sys.argv[2])))
print('port', s.getsockname()[1], flush=True)
while True:
    data, addr = s.recvfrom(65535)
    s.sendto(data, addr)
