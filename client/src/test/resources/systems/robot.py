"""A robot: sends its readings and detections as JSON, name=value, and the repr of a dict."""
import json
import socket
import sys

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.connect((sys.argv[1], int(sys.argv[2])))
s.sendall((json.dumps({'t': 21.5, 'label': '猫'}, ensure_ascii=False) + '\n').encode())
s.sendall(b'distance=0.42\n')
s.sendall((repr({'t': 21.5, 'seen': ['cat', "it's"]}) + '\n').encode())
s.close()
