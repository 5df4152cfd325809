"""Keep tests off the network: sockets of a test run connect to loopback only."""

import ipaddress
import socket
from typing import Any

_connected = socket.socket
_resolved = socket.getaddrinfo
LOOPBACK_NAMES = {"localhost", "", None}


def is_loopback(host: Any) -> bool:
    """Tell whether a host is this machine: by address, or by the one name it has everywhere."""
    if host in LOOPBACK_NAMES:
        return True
    name = host.decode() if isinstance(host, bytes) else str(host)
    try:
        return ipaddress.ip_address(name.partition("%")[0]).is_loopback
    except ValueError:
        return False


def refuse_others(host: Any) -> None:
    """Pass in silence if ``host`` is this machine.

    :raises RuntimeError: otherwise.
    """
    if not is_loopback(host):
        raise RuntimeError(f"Tests reach loopback only, not {host}.")


class LoopbackSocket(socket.socket):
    """A socket that connects to nothing but this machine."""

    def connect(self, address: Any) -> None:
        if self.family in {socket.AF_INET, socket.AF_INET6}:
            refuse_others(address[0])
        super().connect(address)

    def connect_ex(self, address: Any) -> int:
        if self.family in {socket.AF_INET, socket.AF_INET6}:
            refuse_others(address[0])
        return super().connect_ex(address)


def resolve(host: Any, *arguments: Any, **options: Any) -> Any:
    """Resolve a name as the original does; a bare address to listen on is no connection."""
    if host not in {"0.0.0.0", "::"}:
        refuse_others(host)
    return _resolved(host, *arguments, **options)


def close_network() -> None:
    """Let every socket made from now on reach loopback only."""
    socket.socket = LoopbackSocket  # type: ignore[misc]
    socket.getaddrinfo = resolve


def open_network() -> None:
    """Give the original sockets back."""
    socket.socket = _connected  # type: ignore[misc]
    socket.getaddrinfo = _resolved
