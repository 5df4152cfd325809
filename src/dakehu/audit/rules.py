"""
The chain of seals: what a digest is made of (promise 3).

A digest is keyed, so that whoever can write to the database but does not know the installation's
key cannot make one; it contains the digest before, so that no link can be taken out; and it
contains the bounds of its rows, which follow each other without a gap, so that nothing can be
slipped in between.
"""

import hmac
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

ALGORITHM = "sha256"
PURPOSE = b"dakehu audit seal"


def sealing_key(secret: str) -> bytes:
    """Return the key of the seals, made from the installation's key."""
    return hmac.digest(secret.encode(), PURPOSE, ALGORITHM)


def digest_of(
    key: bytes, *, subject: str, first: int, last: int, before: str, rows: Iterable[Any]
) -> tuple[str, int]:
    """Return the digest of the rows of one link, and how many there were."""
    sealed = hmac.new(key, f"{subject} {first} {last} {before}\n".encode(), ALGORITHM)
    count = 0
    for row in rows:
        sealed.update(canonical(row))
        count += 1
    return sealed.hexdigest(), count


def canonical(row: Iterable[Any]) -> bytes:
    """Return one row as the same bytes on every database and machine."""
    values = [instant(value) if isinstance(value, datetime) else value for value in row]
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode() + b"\n"


def instant(value: datetime) -> str:
    """Return an instant in universal time, to the microsecond."""
    return value.astimezone(UTC).isoformat(timespec="microseconds")
