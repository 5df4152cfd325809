"""When a password is good or old, a session idle; what a browser is called; what a key is."""

import hashlib
import re
from datetime import datetime, timedelta

from dakehu.signin.values import Device, PasswordState

SHORTEST_NUMBER = 6
"""Digits; shorter runs occur in passwords by chance."""

SYSTEMS = (
    ("HarmonyOS", re.compile(r"HarmonyOS|OpenHarmony")),
    ("Android", re.compile(r"Android")),
    ("iOS", re.compile(r"iPhone|iPad|iPod")),
    ("Windows", re.compile(r"Windows")),
    ("macOS", re.compile(r"Mac OS X|Macintosh")),
    ("Linux", re.compile(r"Linux|X11")),
)
# Most browsers also claim to be the ones further down.
BROWSERS = (
    ("WeChat", re.compile(r"MicroMessenger/")),
    ("Edge", re.compile(r"Edg(?:e|A|iOS)?/")),
    ("QQ", re.compile(r"QQBrowser/")),
    ("Opera", re.compile(r"OPR/")),
    ("Firefox", re.compile(r"Firefox/|FxiOS/")),
    ("Chrome", re.compile(r"Chrome/|CriOS/")),
    ("Safari", re.compile(r"Safari/")),
)


def character_kinds(password: str) -> int:
    """Return how many of four kinds occur: small letters, capitals, digits, anything else."""
    is_kind = (
        any(letter.islower() for letter in password),
        any(letter.isupper() for letter in password),
        any(letter.isdigit() for letter in password),
        any(not letter.isalnum() or is_letter_without_case(letter) for letter in password),
    )
    return sum(is_kind)


def is_letter_without_case(letter: str) -> bool:
    """Tell whether a letter is neither small nor capital, as Chinese characters are."""
    return letter.isalpha() and not letter.islower() and not letter.isupper()


def has_number_of(password: str, numbers: list[str]) -> bool:
    """Tell whether a password contains one of somebody's own numbers, or its last digits."""
    return any(
        number[-SHORTEST_NUMBER:].casefold() in password.casefold()
        for number in numbers
        if len(number) >= SHORTEST_NUMBER
    )


def is_password_due(state: PasswordState, *, at: datetime) -> bool:
    """
    Tell whether a new password has to be chosen before anything else.

    Somebody else gave the password, or it is older than ``days_valid``. With 0 days none grows
    old, nor does one whose age is unknown (``changed_at`` is None).
    """
    if state.must_change:
        return True
    if not state.days_valid or state.changed_at is None:
        return False
    return at - state.changed_at >= timedelta(days=state.days_valid)


def is_idle(seen_at: datetime, *, minutes: int, at: datetime) -> bool:
    """Tell whether nobody was at the screen for so long that the session ends."""
    return at - seen_at >= timedelta(minutes=minutes)


def device_of(user_agent: str) -> Device:
    """Return what a browser calls itself, in names that people know; unknown parts are empty."""
    return Device(first_match(BROWSERS, user_agent), first_match(SYSTEMS, user_agent))


def first_match(names: tuple[tuple[str, re.Pattern[str]], ...], text: str) -> str:
    """Return the first name whose pattern occurs in a text; nothing if none does."""
    return next((name for name, pattern in names if pattern.search(text)), "")


KEY = re.compile(r"dk_([a-z0-9]{10})_([A-Za-z0-9]{40})")
"""A key of another system: its open half, by which it is found, and its secret half."""


def key_text(code: str, secret: str) -> str:
    """Return a key as it is shown, once, and sent with every request."""
    return f"dk_{code}_{secret}"


def key_parts(key: str) -> tuple[str, str] | None:
    """Return the open and the secret half of a key; nothing if it cannot be one."""
    found = KEY.fullmatch(key)
    return (found[1], found[2]) if found else None


def key_hash(secret: str) -> str:
    """Return what is kept of a secret: drawn at random it needs no slow hash."""
    return hashlib.sha256(secret.encode("ascii")).hexdigest()


def minute_of(at: datetime) -> datetime:
    """Return the beginning of the minute of an instant."""
    return at.replace(second=0, microsecond=0)
