"""Prints each line that a robot sends, and answers nothing."""
import socket
import sys

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.bind((sys.argv[1], int(sys.argv[2])))
s.listen(5)
print('port', s.getsockname()[1], flush=True)
while True:
    conn, addr = s.accept()
    with conn.makefile('r', encoding='utf-8') as lines:
        for line in lines:
            print(line.rstrip('\n'), flush=True)
    conn.close()
