"""
Handing a body over to another system by HTTP, with everything limited.

No redirect is followed: what is signed for one address goes nowhere else. Time counts from the
first question for the name to the last byte of the answer, and of the answer only a beginning is
read. Whoever names the addresses that may be reached is asked about the very address that is
connected to, so that a name which answers differently the second time gains nothing.
"""

import os
import socket
import ssl
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from functools import cache
from http.client import HTTPConnection, HTTPException
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from threading import Timer
from time import monotonic
from urllib.parse import SplitResult, urlsplit

Address = IPv4Address | IPv6Address
IsAllowed = Callable[[Address], bool]

SECONDS = 20.0
ANSWER = 300
NAT64 = IPv6Network("64:ff9b::/96")


class Trouble(Enum):
    """Why nothing came back."""

    UNKNOWN = "UNKNOWN"
    FORBIDDEN = "FORBIDDEN"
    REFUSED = "REFUSED"
    UNTRUSTED = "UNTRUSTED"
    LATE = "LATE"
    BROKEN = "BROKEN"


class Unanswered(Exception):
    """No answer came; ``is_safe`` if the other side cannot have got anything."""

    def __init__(self, trouble: Trouble, *, is_safe: bool) -> None:
        self.trouble, self.is_safe = trouble, is_safe
        super().__init__(trouble.value)


@dataclass(frozen=True)
class Answer:
    """What the other side said: its code, the beginning of its words, after how long."""

    status: int
    text: str
    milliseconds: int


def is_public(address: Address) -> bool:
    """Tell whether an address is of the open network, whatever it is wrapped in."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in NAT64:
            inner = IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
    return address.is_global and not address.is_multicast


def is_within(address: Address, networks: Sequence[str]) -> bool:
    """Tell whether an address lies in one of some networks."""
    told = (isinstance(address, IPv6Address) and address.ipv4_mapped) or address
    return any(told in ip_network(each, strict=False) for each in networks)


def post(
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    is_allowed: IsAllowed | None = None,
    seconds: float = SECONDS,
) -> Answer:
    """
    Hand ``body`` over to ``url``, and return what came back, be it good or bad.

    :raises Unanswered: if nothing came back.
    """
    begun = monotonic()
    call = Call(urlsplit(url), is_allowed, begun + seconds)
    clock = Timer(seconds, call.cut)
    clock.daemon = True
    clock.start()
    try:
        return call.made(body, headers, begun)
    finally:
        clock.cancel()
        call.close()


@cache
def trusted(_file: str) -> ssl.SSLContext:
    """Return whom the machine trusts, read once for every file that says so."""
    return ssl.create_default_context()


class Call:
    """One question to one address, from the connection to the answer."""

    def __init__(self, url: SplitResult, is_allowed: IsAllowed | None, until: float) -> None:
        self.url, self.is_allowed, self.until = url, is_allowed, until
        self.line: socket.socket | None = None
        self.is_cut = False
        usual = 443 if url.scheme == "https" else 80
        self.port = url.port or usual
        # The line is made here, and may be encrypted; this speaks over it.
        self.connection = HTTPConnection(url.hostname or "", self.port)
        self.connection.default_port = usual

    def cut(self) -> None:
        """Let the time be over, whatever is waited for."""
        self.is_cut = True
        line = self.line
        if line is not None:
            # Of the plain socket: that of an encrypted one forgets its state. It may be closed.
            with suppress(OSError):
                socket.socket.shutdown(line, socket.SHUT_RDWR)

    def close(self) -> None:
        """Hang up."""
        self.connection.close()

    def made(self, body: bytes, headers: Mapping[str, str], begun: float) -> Answer:
        """Connect, ask and listen."""
        self.connect()
        path = self.url.path or "/"
        target = f"{path}?{self.url.query}" if self.url.query else path
        try:
            self.connection.request("POST", target, body=body, headers=dict(headers))
            got = self.connection.getresponse()
            text = str(got.read(ANSWER * 4), "utf-8", "replace")[:ANSWER]
        except (OSError, HTTPException, ValueError) as error:
            is_late = self.is_cut or isinstance(error, TimeoutError)
            trouble = Trouble.LATE if is_late else Trouble.BROKEN
            raise Unanswered(trouble, is_safe=False) from error
        return Answer(got.status, text, round((monotonic() - begun) * 1000))

    def connect(self) -> None:
        """
        Connect to the first address of the name that answers, if all of them may be reached.

        :raises Unanswered: otherwise.
        """
        places = self.places()
        trouble = Trouble.REFUSED
        for place in places:
            left = self.until - monotonic()
            if left <= 0:
                raise Unanswered(Trouble.LATE, is_safe=True)
            try:
                line = socket.create_connection((str(place), self.port), timeout=left)
            except TimeoutError:
                trouble = Trouble.LATE
            except OSError:
                trouble = Trouble.REFUSED
            else:
                return self.secured(line)
        raise Unanswered(trouble, is_safe=True)

    def places(self) -> list[Address]:
        """Return the addresses of the name; one that may not be reached forbids all."""
        host = self.url.hostname or ""
        try:
            found = socket.getaddrinfo(host, self.port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise Unanswered(Trouble.UNKNOWN, is_safe=True) from error
        places = [ip_address(str(each[4][0]).partition("%")[0]) for each in found]
        if self.is_allowed is not None and not all(map(self.is_allowed, places)):
            raise Unanswered(Trouble.FORBIDDEN, is_safe=True)
        return list(dict.fromkeys(places))

    def secured(self, line: socket.socket) -> None:
        """Speak by a connection, encrypted if the address says so."""
        if self.url.scheme == "https":
            try:
                context = trusted(os.environ.get("SSL_CERT_FILE", ""))
                line = context.wrap_socket(line, server_hostname=self.url.hostname)
            except OSError as error:
                line.close()
                trouble = Trouble.LATE if isinstance(error, TimeoutError) else Trouble.UNTRUSTED
                raise Unanswered(trouble, is_safe=True) from error
        self.line = self.connection.sock = line
        if self.is_cut:
            self.cut()
