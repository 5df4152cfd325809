"""When a message leaves, whether it may, and when it is tried again."""

import re
from datetime import datetime, timedelta

from dakehu.outbox.values import Hours, Limit

WAITS = (1, 5, 15, 60, 240)
"""Minutes before each further try."""
LEASE = timedelta(minutes=10)
"""After this long a message that is being sent was left by a sender that died."""
PHONE = re.compile(r"\+?[0-9]{5,20}")
MAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]{2,}")
SEPARATORS = re.compile(r"[\s()\-]")
ASKED_FOR = "SERVICE"


def next_try(tries: int, at: datetime) -> datetime | None:
    """Return when to try again after ``tries`` that failed; None once it is to be given up."""
    return at + timedelta(minutes=WAITS[tries - 1]) if tries <= len(WAITS) else None


def leaves_at(purpose: str, hours: Hours, local: datetime) -> datetime:
    """
    Return when a message may leave at the earliest, in local time.

    What customers asked for leaves at once; anything else only within the hours of the day.
    """
    if purpose == ASKED_FOR or hours.first <= local.hour < hours.last:
        return local
    morning = local.replace(hour=hours.first, minute=0, second=0, microsecond=0)
    return morning if local.hour < hours.first else morning + timedelta(days=1)


def is_over(limit: Limit, count: int) -> bool:
    """Tell whether one more message would be too many."""
    return bool(limit.most) and count >= limit.most


def phone_in(typed: str) -> str:
    """Return the telephone number that was typed; empty if it is none."""
    number = SEPARATORS.sub("", typed)
    return number if PHONE.fullmatch(number) else ""


def mail_in(typed: str) -> str:
    """Return the e-mail address that was typed; empty if it is none."""
    address = typed.strip().lower()
    return address if MAIL.fullmatch(address) and len(address) <= 120 else ""


def line_of(key: str, phone: str, text: str) -> str:
    """Return the line of a batch file for one message; nothing in its text can begin another."""
    plain = " ".join(text.replace("|", "／").split())
    return f"{key}|{phone}|{plain}"
