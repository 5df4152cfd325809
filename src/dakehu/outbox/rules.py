"""When a message leaves, whether it may, and when it is tried again."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from dakehu.outbox.values import Hours, Limits, TooMany, Touch

WAITS = (1, 5, 15, 60, 240)
"""Minutes before each further try."""
LEASE = timedelta(minutes=10)
"""After this long a message that is being sent was left by a sender that died."""
PHONE = re.compile(r"\+?[0-9]{5,20}")
MAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]{2,}")
SEPARATORS = re.compile(r"[\s()\-]")
ASKED_FOR = "SERVICE"
PROMOTION = "MARKETING"


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


def too_many(
    limits: Limits, touches: Iterable[Touch], *, purpose: str, matter: str, at: datetime
) -> TooMany | None:
    """
    Return by which number one more contact would be too many; None if it may be made.

    What was asked for is never too much and never counts. A matter counts once, however often it
    was talked about, and never against itself.
    """
    if purpose == ASKED_FOR:
        return None
    since = at - timedelta(days=limits.days)
    recent = [
        each
        for each in touches
        if each.at > since and each.matter != matter and each.purpose != ASKED_FOR
    ]
    same = [each for each in recent if each.purpose == purpose]
    is_promotion = purpose == PROMOTION
    own = limits.marketing if is_promotion else limits.care
    for most, counted, is_together in (
        (own, same, False),
        (limits.together if is_promotion else 0, recent, True),
    ):
        if most and len({each.matter for each in counted}) >= most:
            last_at = max(each.at for each in counted)
            return TooMany(is_together, most, limits.days, last_at)
    return None


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
