"""
Links for people who have no log-in: signed, so that nobody guesses one, and good for some days.

A link names its subject, a number and its last day, and bears a seal over the three. It needs no
row of its own, and says nothing about whom it was sent to.
"""

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

FIRST_DAY = date(2020, 1, 1)
LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz"
SEAL_BYTES = 16
LONGEST = 80


@dataclass(frozen=True)
class Leaf:
    """What a link opens: the thing ``pk`` of a subject, up to and with ``last_day``."""

    subject: str
    pk: int
    last_day: date


def token_for(leaf: Leaf, secret: str) -> str:
    """Return the part of an address that opens a thing."""
    days = (leaf.last_day - FIRST_DAY).days
    words = f"{leaf.subject}-{short(leaf.pk)}-{short(days)}"
    return f"{words}-{seal(words, secret)}"


def leaf_of(token: str, secrets: Iterable[str]) -> Leaf | None:
    """Return what a link opens, whatever the day; None if it was not made here."""
    words, found = split(token)
    if not words or not any(hmac.compare_digest(seal(words, key), found) for key in secrets):
        return None
    subject, pk, days = words.split("-")
    return Leaf(subject, int(pk, 36), FIRST_DAY + timedelta(days=int(days, 36)))


def split(token: str) -> tuple[str, str]:
    """Return what a link says and its seal; nothing if it is no link at all."""
    parts = token.split("-", 3)
    if len(parts) < 4 or len(token) > LONGEST or not token.isascii():
        return "", ""
    return "-".join(parts[:3]), parts[3]


def seal(words: str, secret: str) -> str:
    """Return the seal over what a link says."""
    made = hmac.new(f"dakehu.links {secret}".encode(), words.encode(), sha256).digest()
    return urlsafe_b64encode(made[:SEAL_BYTES]).decode().rstrip("=")


def short(number: int) -> str:
    """Return a number in few letters, as ``int(text, 36)`` reads it."""
    letters = ""
    while number:
        number, rest = divmod(number, 36)
        letters = LETTERS[rest] + letters
    return letters or "0"
