"""Listens with a backlog, and never accepts."""
import socket
import sys
import time

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.bind((sys.argv[1], int(sys.argv[2])))
s.listen(int(sys.argv[3]))
print('port', s.getsockname()[1], flush=True)
while True:
    time.sleep(3600)
