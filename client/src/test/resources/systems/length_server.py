"""The cure for sticky packets: each message behind its length, a little-endian int of 4 bytes."""
import socket
import struct
import sys

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.bind((sys.argv[1], int(sys.argv[2])))
s.listen(5)
print('port', s.getsockname()[1], flush=True)
while True:
    conn, addr = s.accept()
    for n in range(1, 11):
        message = '这是第{}次发送的数据'.format(n).encode('utf-8')
        conn.send(struct.pack('i', len(message)))
        conn.send(message)
    conn.close()
