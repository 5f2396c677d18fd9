"""UDP echo client: each line is a datagram, an empty line an empty one.

Mended: an answer of any size (the classic one cut at 1,024 bytes).
"""
import socket
import sys

server = (sys.argv[1], int(sys.argv[2]))
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.settimeout(20)
while True:
    try:
        line = input('Please input some string > ')
    except EOFError:
        break
    s.sendto(line.encode(), server)
    answer, addr = s.recvfrom(65535)
    print(answer.decode())
s.close()
