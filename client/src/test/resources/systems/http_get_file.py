"""HTTP client of the command line: host, port number or service name, file.

Each step tells its own errors apart, as the textbook does.
"""
import socket
import sys

host, text_port, filename = sys.argv[1:4]

try:
    s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
except OSError as failure:
    print('Strange error creating socket: %s' % failure)
    sys.exit(1)
try:
    port = int(text_port)
except ValueError:
    try:
        port = socket.getservbyname(text_port, 'tcp')
    except OSError as failure:
        print("Couldn't find your port: %s" % failure)
        sys.exit(1)
s.settimeout(float(sys.argv[4]) if len(sys.argv) > 4 else 20)
try:
    s.connect((host, port))
except socket.gaierror as failure:
    print('Address-related error connecting to server: %s' % failure)
    sys.exit(1)
except socket.timeout as failure:
    print('Connecting took too long: %s' % failure)
    sys.exit(1)
except OSError as failure:
    print('Connection error: %s' % failure)
    sys.exit(1)
try:
    s.sendall(b'GET %s HTTP/1.0\r\n\r\n' % filename.encode())
except OSError as failure:
    print('Error sending data: %s' % failure)
    sys.exit(1)
while True:
    try:
        buf = s.recv(2048)
    except OSError as failure:
        print('Error receiving data: %s' % failure)
        sys.exit(1)
    if not buf:
        break
    sys.stdout.buffer.write(buf)
