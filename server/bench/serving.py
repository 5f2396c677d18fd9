"""A server of ours on loopback, the load tester, and what the kernel and the server say of its work."""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
SOUNDER = os.path.join(ROOT, "sounder")
TICK = 1 / os.sysconf("SC_CLK_TCK")
START_SECONDS = 300  # the launcher may have to build first
WORK = tempfile.TemporaryDirectory(prefix="sounder-bench-")


def give_up(why):
    sys.exit("%s: %s" % (os.path.basename(sys.argv[0]), why))


class Server:
    """A process of ours. `prefix` is a command that starts it, `log` a file that takes its log, `java` flags of Java."""

    def __init__(self, listener, *options, prefix=(), log=None, java=""):
        self.said = tempfile.NamedTemporaryFile("r", dir=WORK.name)
        self.log = log or self.said.name
        with open(self.said.name, "a") as out, open(self.log, "a") as err:
            self.process = subprocess.Popen(
                [*prefix, SOUNDER, "serve", listener, "--admin", "127.0.0.1:0", "--stats", "off", *options],
                stdout=out, stderr=err, env={**os.environ, "SOUNDER_JAVA_OPTS": java} if java else None)
        self.port = self.await_port(r"^listening \S*?:(\d+)(?:\?\S*)?$")
        self.admin = self.await_port(r"^admin \S*:(\d+)")  # the last line but one: all listeners are told

    def await_port(self, pattern):
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until and self.process.poll() is None:
            with open(self.said.name) as file:
                found = re.search(pattern, file.read(), re.MULTILINE)
            if found:
                return int(found.group(1))
            time.sleep(0.05)
        with open(self.log) as file:
            give_up("the server did not start: " + file.read())

    def stats(self):
        with urllib.request.urlopen("http://127.0.0.1:%d/stats" % self.admin, timeout=10) as page:
            lines = page.read().decode().splitlines()
        return {name: int(value) for name, value in (line.rsplit(" ", 1) for line in lines)}

    def cpu_seconds(self):
        return seconds_of("/proc/%d/stat" % self.process.pid)[1]

    def reactor_seconds(self):
        """CPU time of the reactor's thread."""
        folder = "/proc/%d/task" % self.process.pid
        for task in os.listdir(folder):
            name, seconds = seconds_of("%s/%s/stat" % (folder, task))
            if name == "reactor":
                return seconds
        give_up("the server has no thread named reactor")

    def resident_bytes(self):
        with open("/proc/%d/status" % self.process.pid) as file:
            return int(re.search(r"VmRSS:\s*(\d+)", file.read()).group(1)) << 10

    def threads(self):
        return len(os.listdir("/proc/%d/task" % self.process.pid))

    def ports(self):
        """Of all its listeners but those on Unix sockets, in the order in which they were asked for."""
        with open(self.said.name) as file:
            return [int(port) for port in re.findall(r"^listening \w+://\S*?:(\d+)", file.read(), re.MULTILINE)]

    def descriptors(self):
        return len(os.listdir("/proc/%d/fd" % self.process.pid))

    def stop(self):
        self.process.terminate()
        self.process.wait(30)
        self.said.close()


def seconds_of(stat):
    """The name and the CPU time of a process or thread (proc(5))."""
    with open(stat) as file:
        name, rest = file.read().split("(", 1)[1].rsplit(")", 1)
    fields = rest.split()
    return name, (int(fields[11]) + int(fields[12])) * TICK


def load(target, *flags, may_fail=False):
    """The result of one load test. It fails for what the client itself suffered only where that is asked for."""
    result = os.path.join(WORK.name, "result.json")
    done = subprocess.run(
        [SOUNDER, "load", target, *flags, "--progress", "none", "--json", result],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    # 6: the client was slowed down by others, which is no fault here
    if done.returncode not in (0, 6) and not may_fail:
        give_up("load failed with %d:\n%s" % (done.returncode, done.stdout))
    with open(result) as file:
        return json.load(file)
