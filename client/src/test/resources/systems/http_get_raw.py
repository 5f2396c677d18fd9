"""Raw HTTP client: each step says that it is done or why not; one read of the answer."""
import socket
import sys

host, port = sys.argv[1], int(sys.argv[2])

try:
    s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
except OSError as failure:
    print('Failed to create socket. Error code: %d, Error message: %s' % failure.args)
    sys.exit(1)
print('Socket Created')
try:
    remote_ip = socket.gethostbyname(host)
except socket.gaierror:
    print('Hostname could not be resolved. Exiting')
    sys.exit(1)
print('Ip address of ' + host + ' is ' + remote_ip)
s.connect((remote_ip, port))
print('Socket Connected to ' + host + ' on ip ' + remote_ip)
try:
    s.sendall(b'GET / HTTP/1.1\r\n\r\n')
except OSError:
    print('Send failed')
    sys.exit(1)
print('Message send successfully')
print(s.recv(4096).decode())
s.close()
