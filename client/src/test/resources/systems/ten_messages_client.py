"""Prints the greeting, sends ten messages, one each two seconds (or as the command line says)."""
import socket
import sys
import time

INTERVAL = float(sys.argv[3]) if len(sys.argv) > 3 else 2

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.connect((sys.argv[1], int(sys.argv[2])))
print(s.recv(1024).decode('utf-8'))
for n in range(10):
    s.send('[客户端]这是我发的第{}条消息'.format(n).encode('utf-8'))
    time.sleep(INTERVAL)
while s.recv(1024):
    pass
s.close()
