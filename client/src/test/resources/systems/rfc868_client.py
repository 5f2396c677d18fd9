"""RFC 868 over UDP: an empty datagram; the answer is 4 bytes, seconds since 1900.

Mended: asks again when nothing comes, and reads the 32 bits as the date nearest to now.
"""
import socket
import struct
import sys
import time

s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.settimeout(1)
s.connect((sys.argv[1], int(sys.argv[2])))
buf = None
for attempt in range(4):
    s.sendall(b'')
    try:
        buf = s.recv(2048)
        break
    except socket.timeout:
        print('Nothing came; asking again.')
if buf is None:
    sys.exit('No answer.')
if len(buf) != 4:
    print('Wrong-sized reply %d: %s' % (len(buf), buf.hex(' ')))
    sys.exit(1)
secs = struct.unpack('!I', buf)[0] - 2208988800
if secs < 0:
    secs += 1 << 32
print(time.ctime(secs))
