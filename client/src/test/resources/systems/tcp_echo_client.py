"""TCP echo client: prompts, sends, prints the answer."""
import socket
import sys

HOST, PORT = sys.argv[1], int(sys.argv[2])

s = socket.socket(socket.AF_INET6 if ':' in HOST else socket.AF_INET, socket.SOCK_STREAM)
s.connect((HOST, PORT))
while True:
    try:
        line = input('Please input some string > ')
    except EOFError:
        break
    if not line:
        print("input can't empty, Please input again..")
        continue
    s.sendall(line.encode())
    answer = s.recv(1024)
    if not answer:
        print('the server closed')
        break
    print(answer.decode())
s.close()
