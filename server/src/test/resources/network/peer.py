"""What peers on a network do to a server: connect, hold on, flood, forge. Results go to stdout."""

import json
import math
import select
import socket
import struct
import sys
import time
import urllib.request


def connect(source, host, port):
    """A connection, and whether it is served."""
    connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    connection.bind((source, 0))
    connection.settimeout(5)
    connection.connect((host, port))
    try:
        connection.sendall(b"x")
        return connection, connection.recv(1) == b"x"
    except ConnectionError:
        return connection, False


def connections(host, port, *wanted):
    """SOURCE:COUNT...: for each how many are served and refused, all of them kept open."""
    kept, lines = [], []
    for source, count in (each.split(":") for each in wanted):
        served = 0
        for _ in range(int(count)):
            connection, is_served = connect(source, host, int(port))
            kept.append(connection)
            served += is_served
        lines.append(f"{source} served {served} refused {int(count) - served}")
    print("\n".join(lines))


def hold(source, host, port):
    """Says when it is connected, and stays, silent, until its standard input ends."""
    connection, _ = connect(source, host, int(port))
    print("connected", flush=True)
    sys.stdin.read()
    connection.close()


def get(port, path):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as page:
        print(page.read().decode())


def forged(source, source_port, target, target_port, payload):
    """An IPv4 packet with a UDP datagram; the kernel fills in lengths and the header's checksum."""
    udp = struct.pack("!HHHH", source_port, target_port, 8 + len(payload), 0) + payload
    addresses = socket.inet_aton(source) + socket.inet_aton(target)
    return struct.pack("!BBHHHBBH", 0x45, 0, 0, 0, 0, 64, socket.IPPROTO_UDP, 0) + addresses + udp


def forger():
    return socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW)


def forge(source, source_ports, target, target_port, count, size):
    """So many datagrams, from each of a range of ports FIRST-LAST in turn."""
    first, last = map(int, source_ports.split("-"))
    sender = forger()
    for i in range(int(count)):
        port = first + i % (last - first + 1)
        payload = i.to_bytes(4, "big").ljust(int(size), b".")
        sender.sendto(forged(source, port, target, int(target_port), payload), (target, 0))
        if i % 100 == 99:
            time.sleep(0.004)  # the server's receive buffer takes some hundred


def receiver(source, port=0):
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8 << 20)
    sock.bind((source, port))
    sock.setblocking(False)
    return sock


def drain(sock):
    count = 0
    try:
        while sock.recv(2048):
            count += 1
    except BlockingIOError:
        return count


def victim(address, other_address, target, target_port, rate, seconds):
    """Forged requests of a victim at a rate, and another source's own at 100 a second."""
    target_port, rate, seconds = int(target_port), int(rate), float(seconds)
    hit = receiver(address, 40000)
    other = receiver(other_address)
    sender = forger()
    answered, sent, other_sent, other_received = 0, 0, 0, 0
    began = last_answer = time.monotonic()
    while (elapsed := time.monotonic() - began) < seconds:
        for _ in range(min(200, int(elapsed * rate) - sent)):
            payload = b"answer him %12d" % sent
            sender.sendto(forged(address, 40000, target, target_port, payload), (target, 0))
            sent += 1
        if other_sent <= elapsed * 100:
            other.sendto(b"answer me %12d" % other_sent, (target, target_port))
            other_sent += 1
        count, now = drain(hit), time.monotonic()
        answered, last_answer = answered + count, now if count else last_answer
        other_received += drain(other)
    while select.select([other, hit], [], [], 0.3)[0]:
        count, now = drain(hit), time.monotonic()
        answered, last_answer = answered + count, now if count else last_answer
        other_received += drain(other)
    result = {
        "forged": sent,
        "answered": answered,
        "milliseconds": math.ceil((last_answer - began) * 1000),
        "other_sent": other_sent,
        "other_received": other_received,
    }
    print(json.dumps(result))


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])
