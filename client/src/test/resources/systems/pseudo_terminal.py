"""Runs a command on a pseudo terminal: what comes on standard input is typed, what the terminal
shows goes to standard output, and the command's exit code is the script's.
"""
import fcntl
import os
import pty
import select
import struct
import sys
import termios

pid, terminal = pty.fork()
if pid == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack('HHHH', 24, 80, 0, 0))
    os.execvp(sys.argv[1], sys.argv[1:])
watched = [terminal, 0]
while True:
    for ready in select.select(watched, [], [])[0]:
        try:
            data = os.read(ready, 4096)
        except OSError:  # the command has left its terminal
            data = b''
        if ready == terminal and not data:
            sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
        if ready == terminal:
            os.write(1, data)
        elif data:
            os.write(terminal, data)
        else:
            watched.remove(0)
