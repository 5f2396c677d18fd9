"""usage: supervisor.py NOTIFY_SOCKET LISTENER

Hears what a service tells systemd, prints each message, and whether the Unix socket LISTENER was open
when it came.
"""

import socket
import sys

notify, listener = sys.argv[1:]
ears = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
ears.bind(notify)
print("listening", flush=True)
while True:
    # A descriptor that comes with a message (BARRIER=1) is dropped, and that is the answer.
    message = ears.recv(4096).decode().strip().replace("\n", " ")
    if message.startswith("BARRIER=1"):
        continue
    state = ""
    if not message.startswith("WATCHDOG=1"):
        with socket.socket(socket.AF_UNIX) as probe:
            state = " (listener open)" if probe.connect_ex(listener) == 0 else " (listener closed)"
    print(message + state, flush=True)
