"""Greets, takes ten messages, prints each with a word replaced, answers nothing, closes."""
import socketserver
import sys


class Handler(socketserver.BaseRequestHandler):
    def handle(self):
        self.request.sendall('连接上了....'.encode('utf-8'))
        for n in range(10):
            data = self.request.recv(1024)
            if not data:
                break
            print(data.decode('utf-8').replace('发送', '接收'), flush=True)


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True


server = Server((sys.argv[1], int(sys.argv[2])), Handler)
print('port', server.server_address[1], flush=True)
server.serve_forever()
