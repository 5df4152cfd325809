"""
Links for people who have no log-in: signed, so that nobody guesses one, and good for some days.

A link names its subject, a number and its last day, and bears a seal over the three. It needs no
row of its own, and says nothing about whom it was sent to. What was given to somebody else since
has another edition, which the seal covers as well: links of earlier editions open nothing.
"""

import hmac
import re
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

FIRST_DAY = date(2020, 1, 1)
LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz"
SEAL_BYTES = 16
LINK = re.compile(r"([a-z]{1,20})-([0-9a-z]{1,12})-([0-9a-z]{1,4})-([\w-]{1,40})", re.ASCII)


@dataclass(frozen=True)
class Leaf:
    """What a link opens: the thing ``pk`` of a subject, up to and with ``last_day``."""

    subject: str
    pk: int
    last_day: date


def token_for(leaf: Leaf, secret: str, *, edition: int = 0) -> str:
    """Return the part of an address that opens a thing in its present edition."""
    return f"{words_of(leaf)}-{seal(leaf, edition, secret)}"


def first_edition(_leaf: Leaf) -> int:
    """Return the edition of what was never given to somebody else."""
    return 0


def leaf_of(
    token: str, secrets: Iterable[str], edition_of: Callable[[Leaf], int] = first_edition
) -> Leaf | None:
    """Return what a link opens, whatever the day; None if it was not made here, or for others."""
    said = LINK.fullmatch(token)
    if said is None:
        return None
    subject, pk, days, found = said.groups()
    leaf = Leaf(subject, int(pk, 36), FIRST_DAY + timedelta(days=int(days, 36)))
    # Numbers are written in one way alone: without it a link could be changed and still hold.
    if not token.startswith(f"{words_of(leaf)}-"):
        return None
    edition = edition_of(leaf)
    is_ours = any(hmac.compare_digest(seal(leaf, edition, key), found) for key in secrets)
    return leaf if is_ours else None


def words_of(leaf: Leaf) -> str:
    """Return what a link says."""
    return f"{leaf.subject}-{short(leaf.pk)}-{short((leaf.last_day - FIRST_DAY).days)}"


def seal(leaf: Leaf, edition: int, secret: str) -> str:
    """Return the seal over what a link says, and over the edition of what it opens."""
    words = f"{words_of(leaf)}-{edition}" if edition else words_of(leaf)
    made = hmac.new(f"dakehu.links {secret}".encode(), words.encode(), sha256).digest()
    return urlsafe_b64encode(made[:SEAL_BYTES]).decode().rstrip("=")


def short(number: int) -> str:
    """Return a number in few letters, as ``int(text, 36)`` reads it."""
    letters = ""
    while number:
        number, rest = divmod(number, 36)
        letters = LETTERS[rest] + letters
    return letters or "0"
