"""Connects, and says from where to where."""
import socket
import sys

print('Creating socket...', end=' ')
s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
print('done.')
print('Looking up port number...', end=' ')
port = int(sys.argv[2]) if sys.argv[2].isdigit() else socket.getservbyname(sys.argv[2], 'tcp')
print('done.')
print('Connecting to remote host on port %d...' % port, end=' ')
s.connect((sys.argv[1], port))
print('done.')
print('Connected from', s.getsockname())
print('Connected to', s.getpeername())
