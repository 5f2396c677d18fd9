"""Sends its greetings, a send each, to whoever connects, and closes."""
import socket
import sys

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.bind((sys.argv[1], int(sys.argv[2])))
s.listen(5)
print('port', s.getsockname()[1], flush=True)
while True:
    conn, addr = s.accept()
    for greeting in sys.argv[3:]:
        conn.send(greeting.encode('utf-8'))
    conn.close()
