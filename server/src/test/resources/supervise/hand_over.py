"""usage: hand_over.py URL TIMES|foreign JAVA JAR [ARGUMENT...]

Opens the socket, and starts the service TIMES times with it as standard input, as systemd does. A
client that connects while none runs must be served by the next one. With "foreign" the service is
told another listener; then this ends with its exit code.
"""

import socket
import subprocess
import sys
import urllib.parse

url, times, java, jar, *arguments = sys.argv[1:]
target = urllib.parse.urlsplit(url)
is_udp = target.scheme == "udp"
family = socket.AF_UNIX if target.scheme == "unix" else socket.AF_INET
kind = socket.SOCK_DGRAM if is_udp else socket.SOCK_STREAM

held = socket.socket(family, kind)
held.bind(target.path if family == socket.AF_UNIX else (target.hostname, target.port))
if not is_udp:
    held.listen(64)
place = held.getsockname()
if family == socket.AF_INET:
    url = f"{target.scheme}://{place[0]}:{place[1]}"


def start(*listeners, **options):
    command = [java, "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-jar", jar, *arguments]
    return subprocess.Popen([*command, *listeners], stdin=held, text=True, **options)


print(url, flush=True)
if times == "foreign":
    sys.exit(start("tcp://127.0.0.1:0").wait())
for number in range(1, int(times) + 1):
    with socket.socket(family, kind) as client:
        client.settimeout(20)
        client.connect(place)
        client.send(b"hello")
        service = start(url, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        try:
            echoed = client.recv(5) == b"hello"
        except OSError:
            service.kill()
            raise
        print(f"{number}: {'echoed' if echoed else 'not echoed'}", flush=True)
    service.terminate()
    out, err = service.communicate(timeout=20)
    farewell = "saying so" if "INFO  stopped" in err else "without a word: " + err
    print(f"{number}: ended with {service.returncode}, {farewell}", flush=True)
