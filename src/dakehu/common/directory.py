"""
Asking a directory server (LDAP 3) the one question that log-in has: is this password right?

A *simple bind* and nothing else of the protocol (RFC 4511), always inside TLS: from the first byte
(``ldaps``), or after StartTLS (``ldap``). The server must show a certificate for its name.
"""

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

PORTS = {"ldap": 389, "ldaps": 636}
START_TLS = b"1.3.6.1.4.1.1466.20037"

SEQUENCE, INTEGER, OCTETS, ENUMERATED = 0x30, 0x02, 0x04, 0x0A
BIND, BOUND, UNBIND, EXTEND, EXTENDED = 0x60, 0x61, 0x42, 0x77, 0x78
FIRST_OF_CHOICE = 0x80

TAKEN = 0
# No such person, a name that is none, another way of proving asked for, wrong password, no right
# to log in, unwilling (an account that is locked, say).
REFUSED = frozenset({32, 34, 48, 49, 50, 53})
# What stands for itself nowhere in a name's value: RFC 4514, and more than it asks.
SPECIAL = frozenset(',+"\\<>;=# \0')
LONGEST_ANSWER = 65_536


class DirectorySilent(Exception):
    """The directory cannot be reached, is not the right one, or does not answer the question."""


def escaped(value: str) -> str:
    """Return a value as it stands in a distinguished name; it brings no parts of its own."""
    return "".join(f"\\{ord(char):02x}" if char in SPECIAL else char for char in value)


@contextmanager
def opened(url: str, *, certificates: str, patience: float) -> Iterator["Line"]:
    """
    Give a line to the directory at ``url``, in confidence.

    ``certificates`` is a file of those that vouch for it; empty means those of the machine.
    ``patience`` is in seconds.

    :raises DirectorySilent: if there is no such line, or it breaks while it is used.
    """
    place = urlsplit(url)
    host, port = place.hostname or "", place.port or PORTS[place.scheme]
    try:
        trust = ssl.create_default_context(cafile=certificates or None)
        with socket.create_connection((host, port), timeout=patience) as plain:
            if place.scheme == "ldap":
                Line(plain).start_tls()
            with trust.wrap_socket(plain, server_hostname=host) as safe:
                yield Line(safe)
    except (OSError, IndexError) as error:
        raise DirectorySilent(str(error)) from error


class Line:
    """A connection on which one question is asked after the other."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection

    def start_tls(self) -> None:
        """Ask the server to go on in confidence.

        :raises DirectorySilent: if it does not offer that.
        """
        code = self.result_of(encoded(EXTEND, encoded(FIRST_OF_CHOICE, START_TLS)), EXTENDED)
        if code != TAKEN:
            raise DirectorySilent(f"StartTLS is refused with result {code}.")

    def takes(self, name: str, password: str) -> bool:
        """
        Tell whether the password is that of the person with this name in the directory.

        :raises DirectorySilent: if the directory says neither yes nor no.
        """
        question = (
            encoded(INTEGER, b"\x03")
            + encoded(OCTETS, name.encode())
            + encoded(FIRST_OF_CHOICE, password.encode())
        )
        code = self.result_of(encoded(BIND, question), BOUND)
        self.connection.sendall(message(encoded(UNBIND, b"")))
        if code != TAKEN and code not in REFUSED:
            raise DirectorySilent(f"The bind ends with result {code}.")
        return code == TAKEN

    def result_of(self, question: bytes, expected: int) -> int:
        """Ask, and return the result code of the answer."""
        self.connection.sendall(message(question))
        tag, answer = self.read()
        _number, rest = split(answer)
        (kind, content), _controls = split(rest)
        (code_kind, code), _words = split(content)
        if (tag, kind, code_kind) != (SEQUENCE, expected, ENUMERATED):
            raise DirectorySilent("The answer is not one of LDAP.")
        return int.from_bytes(code)

    def read(self) -> tuple[int, bytes]:
        """Return the tag and the content of the next message."""
        tag, first = self.bytes(2)
        length = first if first < 0x80 else int.from_bytes(self.bytes(first - 0x80))
        if length > LONGEST_ANSWER:
            raise DirectorySilent("The answer is too long.")
        return tag, self.bytes(length)

    def bytes(self, count: int) -> bytes:
        """Return exactly so many bytes."""
        found = b""
        while len(found) < count:
            more = self.connection.recv(count - len(found))
            if not more:
                raise DirectorySilent("The directory hung up.")
            found += more
        return found


def message(operation: bytes) -> bytes:
    """Return an operation as a message; one question at a time needs one number only."""
    return encoded(SEQUENCE, encoded(INTEGER, b"\x01") + operation)


def encoded(tag: int, content: bytes) -> bytes:
    """Return a value in the encoding of LDAP (BER): tag, length, content."""
    length = len(content)
    if length < 0x80:
        return bytes([tag, length]) + content
    size = length.to_bytes((length.bit_length() + 7) // 8)
    return bytes([tag, 0x80 | len(size)]) + size + content


def split(content: bytes) -> tuple[tuple[int, bytes], bytes]:
    """Return the first value in a content, as tag and content, and what follows it."""
    tag, first = content[0], content[1]
    begin = 2 if first < 0x80 else 2 + (first - 0x80)
    length = first if first < 0x80 else int.from_bytes(content[2:begin])
    return (tag, content[begin : begin + length]), content[begin + length :]
