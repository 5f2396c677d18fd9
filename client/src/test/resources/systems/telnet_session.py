"""What telnet does with a server that negotiates nothing: a typed line goes out and ends with CR LF,
what comes is printed as it comes, the end of either side ends the session.
"""
import os
import select
import socket
import sys

s = socket.create_connection((sys.argv[1], int(sys.argv[2])))
while True:
    for ready in select.select([0, s], [], [])[0]:
        data = s.recv(4096) if ready is s else os.read(0, 4096)
        if not data:
            s.close()
            sys.exit(0)
        if ready is s:
            os.write(1, data)
        else:
            s.sendall(data.replace(b'\n', b'\r\n'))
