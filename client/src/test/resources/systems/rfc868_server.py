"""RFC 868 over UDP: any datagram is answered with given bytes, by default the time now.

Arguments: host, port, how many questions to leave unanswered first, the answer in hexadecimal.
"""
import socket
import struct
import sys
import time

s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind((sys.argv[1], int(sys.argv[2])))
print('port', s.getsockname()[1], flush=True)
silent = int(sys.argv[3]) if len(sys.argv) > 3 else 0
while True:
    data, addr = s.recvfrom(1024)
    if silent > 0:
        silent -= 1
        continue
    if len(sys.argv) > 4:
        answer = bytes.fromhex(sys.argv[4])
    else:
        answer = struct.pack('!I', (int(time.time()) + 2208988800) & 0xffffffff)
    s.sendto(answer, addr)
