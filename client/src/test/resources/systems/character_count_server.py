"""A telnet service that counts the characters of a line.

Under Python 2 it counted bytes; a str of Python 3 has code points.
"""
import socket
import sys
import threading


def serve(conn, addr):
    with conn, conn.makefile('rw', encoding='utf-8', newline='\n') as peer:
        peer.write('Welcome, %s\n' % (addr,))
        peer.write('Please enter a string:')
        peer.flush()
        line = peer.readline().strip()
        peer.write('You entered %d characters. \n' % len(line))
        peer.flush()


s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.bind((sys.argv[1], int(sys.argv[2])))
s.listen(1)
print('port', s.getsockname()[1], flush=True)
while True:
    conn, addr = s.accept()
    threading.Thread(target=serve, args=(conn, addr), daemon=True).start()
