"""Reads twice and shows each read; then to the end, which two reads reach only by luck."""
import socket
import sys

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.connect((sys.argv[1], int(sys.argv[2])))
data1 = s.recv(1024)
print('data1:', data1)
data2 = s.recv(1024)
print('data2:', data2)
while s.recv(1024):
    pass
s.close()
