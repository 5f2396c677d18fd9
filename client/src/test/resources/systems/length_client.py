"""Reads ten messages apart: 4 bytes of length, then so many bytes.

Mended: it reads until the message is whole (the classic one trusted one read to give all of it).
"""
import socket
import struct
import sys


def read(size):
    data = b''
    while len(data) < size:
        more = s.recv(size - len(data))
        if not more:
            sys.exit('cut short')
        data += more
    return data


s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.connect((sys.argv[1], int(sys.argv[2])))
for n in range(10):
    size = struct.unpack('i', read(4))[0]
    print(read(size).decode('utf-8'))
if s.recv(1):
    sys.exit('more than ten')
s.close()
