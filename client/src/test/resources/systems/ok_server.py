"""Greets, then answers OK... and the data to each read; a thread for each client."""
import socket
import sys
import threading


def client_thread(conn):
    conn.send(b'Welcome to the server. Type something and hit enter\n')
    while True:
        data = conn.recv(1024)
        if not data:
            break
        conn.sendall(b'OK...' + data)
    conn.close()


s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.bind((sys.argv[1], int(sys.argv[2])))
s.listen(10)
print('port', s.getsockname()[1], flush=True)
while True:
    conn, addr = s.accept()
    threading.Thread(target=client_thread, args=(conn,), daemon=True).start()
