"""usage: complete_in_zsh.py FOLDER_WITH_FUNCTIONS TYPED

Types into a real zsh on a terminal of its own, asks it to complete (tab, twice), and prints what it offers.
"""

import os
import pty
import re
import select
import sys
import time

folder, typed = sys.argv[1:]
PROMPT = "ready-to-type> "
PATIENCE_SECONDS = 20
SILENCE_SECONDS = 0.5


def read_until(terminal, done):
    seen = ""
    deadline = time.monotonic() + PATIENCE_SECONDS
    heard = time.monotonic()
    while time.monotonic() < deadline and not done(seen, time.monotonic() - heard):
        if select.select([terminal], [], [], 0.05)[0]:
            seen += os.read(terminal, 65536).decode("utf-8", "replace")
            heard = time.monotonic()
    return seen


def plain(text):
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]|\x07|\r", " ", text)


child, terminal = pty.fork()
if child == 0:
    os.environ.update(TERM="vt100", COLUMNS="200", LINES="500", LC_ALL="C.UTF-8")
    os.execvp("zsh", ["zsh", "-f", "-i"])
set_up = (
    f"PS1='{PROMPT[:5]}''{PROMPT[5:]}'; unsetopt zle_bracketed_paste; fpath=({folder} $fpath); "
    "autoload -Uz compinit; compinit -u -D; LISTMAX=1000; setopt no_beep auto_list no_list_ambiguous; "
    "stty rows 400 cols 200\n"
)
os.write(terminal, set_up.encode())
read_until(terminal, lambda seen, silent: PROMPT in seen)
os.write(terminal, (typed + "\t\t").encode())
offered = read_until(terminal, lambda seen, silent: len(seen) > len(typed) and silent > SILENCE_SECONDS)
os.kill(child, 9)
print(plain(offered))
