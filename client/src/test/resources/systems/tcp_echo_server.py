"""TCP echo server: sends back what each read gives.

Mended: a thread for each client, and the end of a stream ends its thread (the classic one spun).
"""
import socket
import sys
import threading

HOST, PORT = sys.argv[1], int(sys.argv[2])


def serve(connection):
    with connection:
        while True:
            data = connection.recv(1024)
            if not data:
                break
            connection.sendall(data)


s = socket.socket(socket.AF_INET6 if ':' in HOST else socket.AF_INET, socket.SOCK_STREAM)
print('Socket Created!')
try:
    s.bind((HOST, PORT))
except OSError as failure:
    print('Binding Failure. Error Code : %d Message : %s' % (failure.errno, failure.strerror))
    sys.exit(1)
print('Socket Bind!')
s.listen(10)
print('Socket listening')
print('port', s.getsockname()[1], flush=True)
while True:
    conn, addr = s.accept()
    threading.Thread(target=serve, args=(conn,), daemon=True).start()
