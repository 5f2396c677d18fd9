"""Host, port number or service name: sends a line, prints whatever comes until Ctrl-C.

Mended: the listing opened a TCP socket.
"""
import socket
import sys

host, text_port = sys.argv[1:3]
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
try:
    port = int(text_port)
except ValueError:
    port = socket.getservbyname(text_port, 'udp')
s.connect((host, port))
data = input('Enter data to transmit: ')
s.sendall(data.encode())
print('Looking for replies; press Ctrl-C to stop.', flush=True)
while True:
    buf = s.recv(2048)
    print(buf.decode(), flush=True)
