"""An independent reading of docs/protocol.md, by Python's own struct and strings.

Reads tab-separated cases from stdin and prints the bytes of each in hex, one case a line:
  answer <listener> <hex of what is sent>   what the listener answers until the stream ends
  greet <listener>                          what it sends first
  message <framing> <hex of the message>    the message as a client sends it
  header <framing> <number>                 the 4 bytes before a message of that length
  time <ISO-8601 moment>                    RFC 868's bytes
"""

import json
import re
import struct
import sys
from datetime import datetime, timezone
from urllib.parse import unquote_to_bytes

FORMAT = {"length": ">I", "length-le": "<I"}
EPOCH_1900 = datetime(1900, 1, 1, tzinfo=timezone.utc)
VALUES = {
    "peer": "127.0.0.1:54321", "peer.host": "127.0.0.1", "peer.port": "54321",
    "local": "127.0.0.1:8888", "local.host": "127.0.0.1", "local.port": "8888",
    "host": "sounder.example",
}


def rfc868(moment):
    seconds = int((moment - EPOCH_1900).total_seconds())
    return struct.pack("!I", seconds % 2**32)


def keys_of(listener):
    place, _, query = listener.partition("?")
    pairs = [pair.partition("=") for pair in query.split("&")] if query else []
    keys = {key: value for key, _, value in pairs if key != "greeting"}
    return place, keys, [value for key, _, value in pairs if key == "greeting"]


def fill_in(text, number):
    """Placeholders first, then percent-decoding of what is between them."""
    for name, value in [("n", str(number)), *VALUES.items()]:
        text = text.replace("{" + name + "}", value)
    return unquote_to_bytes(text)


def reply_to(message, spec, number, place, ends_its_lines):
    """The reply, and whether it carries the request's text; None for silence."""
    kind, _, rest = spec.partition(":")
    end = b"\n" if ends_its_lines else b""
    if kind == "echo":
        return message, True
    if kind == "ok":
        return b"OK..." + message, True
    if kind == "count":
        length = len(message.decode().strip())
        return b"You entered %d characters. " % length + end, False
    if kind == "whoami":
        who = {"peer": VALUES["peer"], "local": VALUES["local"], "listener": place,
               "host": VALUES["host"]}
        return json.dumps(who, separators=(",", ":")).encode() + end, False
    if kind == "time":
        return rfc868(datetime(1976, 1, 1, tzinfo=timezone.utc)), False
    if kind == "discard":
        return None, False
    if kind == "text":
        return fill_in(rest, number), False
    if kind == "replace":
        old, _, new = rest.partition(":")
        return message.replace(unquote_to_bytes(old), unquote_to_bytes(new)), True
    raise ValueError(spec)


def messages_of(data, framing, is_datagram):
    """Pairs of a message and its terminator."""
    if framing == "raw":
        return [(data, b"")] if data or is_datagram else []
    if framing == "line":
        lines = [data] if is_datagram else re.findall(rb"[^\n]*\n|[^\n]+", data)
        cut = []
        for line in lines:
            text = line.removesuffix(b"\n")
            text = text.removesuffix(b"\r") if text != line else line
            cut.append((text, line[len(text):]))
        return cut
    cut = []
    while len(data) >= 4:
        size, = struct.unpack_from(FORMAT[framing], data)
        if len(data) < 4 + size:
            break
        cut.append((data[4:4 + size], b""))
        data = data[4 + size:]
    return cut if not (is_datagram and data) else []


def framed(message, framing, terminator):
    if framing in FORMAT:
        return struct.pack(FORMAT[framing], len(message)) + message
    return message + terminator if framing == "line" else message


def answer(listener, sent):
    place, keys, _ = keys_of(listener)
    framing = keys.get("framing", "raw")
    is_datagram = place.startswith("udp:")
    ends_its_lines = framing == "raw" or (is_datagram and framing in FORMAT)
    answered = b""
    for number, (message, terminator) in enumerate(messages_of(sent, framing, is_datagram), 1):
        reply, carries = reply_to(message, keys.get("reply", "echo"), number, place, ends_its_lines)
        if reply is not None:
            answered += framed(reply, framing, terminator if carries else b"\n")
    return answered


def greet(listener):
    _, keys, greetings = keys_of(listener)
    framing = keys.get("framing", "raw")
    sent = greetings * int(keys.get("greeting-repeat", "1"))
    return b"".join(framed(fill_in(text, n), framing, b"") for n, text in enumerate(sent, 1))


def bytes_of(case, *arguments):
    if case == "answer":
        return answer(arguments[0], bytes.fromhex(arguments[1]))
    if case == "greet":
        return greet(arguments[0])
    if case == "message":
        return framed(bytes.fromhex(arguments[1]), arguments[0], b"\n")
    if case == "header":
        return struct.pack(FORMAT[arguments[0]], int(arguments[1]))
    if case == "time":
        return rfc868(datetime.fromisoformat(arguments[0].replace("Z", "+00:00")))
    raise ValueError(case)


for case_line in sys.stdin:
    print(bytes_of(*case_line.rstrip("\n").split("\t")).hex(" "))
