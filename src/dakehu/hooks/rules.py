"""What is sent, how it is proved, when it is tried again, and which addresses are refused."""

import hmac
import json
from base64 import b64decode, b64encode
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from dakehu.common.posting import Address, is_public, is_within

PAUSES = tuple(
    timedelta(seconds=each)
    for each in (5, 30, 120, 600, 1_800, 3_600, 7_200, 14_400, 28_800, 43_200)
)
"""How long to wait after each failed try; the last one goes on."""
GIVE_UP = timedelta(days=3)
"""How long an event is tried before it is given up."""
STOP_AFTER = timedelta(days=3)
"""How long a system may answer nothing well before it is not told any more."""
LONGEST_REST = timedelta(minutes=10)
LEASE = timedelta(minutes=5)
"""After this long a delivery that is being sent was left by a sender that died."""
KEPT = timedelta(days=30)
"""How long events can be replayed."""
OVERLAP = timedelta(hours=24)
"""How long the former secret still signs."""
KNOWN_WITHIN = timedelta(seconds=5)
"""How soon every process knows of a new subscription; its events count from then on."""
GONE = 410
SECRET = "whsec_"  # noqa: S105 - how every secret begins


def pause_after(tries: int) -> timedelta:
    """Return how long to wait after ``tries`` that failed."""
    return PAUSES[min(max(tries, 1), len(PAUSES)) - 1]


def next_try(tries: int, began_at: datetime, at: datetime) -> datetime | None:
    """Return when to try again after ``tries`` that failed; None once it is to be given up."""
    again = at + pause_after(tries)
    return again if again <= began_at + GIVE_UP else None


def rest_after(failures: int) -> timedelta:
    """Return how long a system that cannot be reached is left alone."""
    return min(pause_after(failures), LONGEST_REST)


def stops_telling(failing_since: datetime | None, at: datetime) -> bool:
    """Tell whether a system has failed for so long that it is not told any more."""
    return failing_since is not None and at - failing_since >= STOP_AFTER


def is_taken(status: int) -> bool:
    """Tell whether an answer says that the event was taken."""
    return 200 <= status < 300


def secret_for(key: str, code: str, edition: int) -> str:
    """Return the secret of one edition of a subscription; it is kept nowhere."""
    drawn = hmac.new(key.encode(), f"dakehu.hooks.{code}.{edition}".encode(), sha256).digest()
    return SECRET + b64encode(drawn).decode()


def signature(secret: str, event: str, stamp: int, body: bytes) -> str:
    """Return the proof that a body comes from here, bound to its event and its time."""
    signed = f"{event}.{stamp}.".encode() + body
    # The key is what the text after the prefix stands for.
    key = b64decode(secret.removeprefix(SECRET))
    return "v1," + b64encode(hmac.new(key, signed, sha256).digest()).decode()


def headers_for(event: str, at: datetime, body: bytes, secrets: Sequence[str]) -> dict[str, str]:
    """Return what goes along with a body: which event, when it was sent, and the proofs."""
    stamp = int(at.timestamp())
    return {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Dakehu",
        "webhook-id": event,
        "webhook-timestamp": str(stamp),
        "webhook-signature": " ".join(signature(each, event, stamp, body) for each in secrets),
    }


def body_of(kind: str, at: datetime, data: Mapping[str, Any]) -> bytes:
    """Return what is sent: always the same bytes for the same event."""
    told = {"type": kind, "timestamp": at.isoformat(timespec="milliseconds"), "data": data}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def sees_people(*, with_people: bool, is_partner: bool, is_key: bool) -> bool:
    """Tell whether a system is told who is behind an object (CH15)."""
    return with_people and not (is_partner and is_key)


def may_reach(address: Address, networks: Collection[str], *, is_plain: bool) -> bool:
    """
    Tell whether events may go to an address of the network.

    Only the open network, encrypted; and whatever the installation names as its own.
    """
    return is_within(address, tuple(networks)) or (not is_plain and is_public(address))


def address_fault(url: str, networks: Collection[str]) -> str:
    """Return what is wrong with an address that was typed, as a word; empty if nothing is."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return "unread"
    if not parts.hostname or parts.scheme not in {"https", "http"}:
        return "unread"
    if parts.username is not None or parts.password is not None:
        return "password"
    if parts.fragment:
        return "fragment"
    if parts.scheme == "http" and not networks:
        return "plain"
    return host_fault(parts.hostname, networks, is_plain=parts.scheme == "http")


def host_fault(host: str, networks: Collection[str], *, is_plain: bool) -> str:
    """Return what is wrong with a host; what a name stands for is seen when it is connected to."""
    try:
        address = ip_address(host)
    except ValueError:
        is_near = host == "localhost" or host.endswith((".localhost", ".local", ".internal"))
        return "" if not is_near or networks else "own"
    return "" if may_reach(address, networks, is_plain=is_plain) else "own"
