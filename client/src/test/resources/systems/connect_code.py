"""Connects with connect_ex, which returns a code instead of raising."""
import os
import socket
import sys

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
code = s.connect_ex((sys.argv[1], int(sys.argv[2])))
print(code, os.strerror(code))
s.close()
