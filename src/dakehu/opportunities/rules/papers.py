"""What is wrong with the terms of a contract or its stamps, and when its end is thought of."""

from datetime import date, timedelta

from dakehu.opportunities.values import Parts, Stamps, Terms

LONGEST_TEXT = 20_000
MOST_DAYS = 366
LONGEST_YEARS = 30


def trouble_in_terms(terms: Terms) -> tuple[str, str]:
    """Return the input that is wrong and the code of what is wrong; empty if nothing is."""
    checks = (
        ("number", "no_number", not terms.number.strip()),
        ("value_fen", "negative", terms.value_fen < 0),
        ("ends_on", "ends_first", terms.ends_on < terms.starts_on),
        ("ends_on", "too_far", terms.ends_on.year - terms.starts_on.year > LONGEST_YEARS),
        ("notice_days", "notice", not 0 <= terms.notice_days <= MOST_DAYS),
        ("terms", "too_long", len(terms.terms) > LONGEST_TEXT),
    )
    return next(((field, code) for field, code, is_wrong in checks if is_wrong), ("", ""))


def trouble_in_parts(parts: Parts) -> tuple[str, str]:
    """Return the input that is wrong and the code of what is wrong; empty if nothing is."""
    checks = (
        ("technical", "no_words", not parts.technical.strip()),
        ("technical", "too_long", len(parts.technical) > LONGEST_TEXT),
        ("commercial", "too_long", len(parts.commercial) > LONGEST_TEXT),
        ("price_fen", "negative", (parts.price_fen or 0) < 0),
    )
    return next(((field, code) for field, code, is_wrong in checks if is_wrong), ("", ""))


def trouble_in_stamps(stamps: Stamps, *, on: date) -> tuple[str, str]:
    """Return the input that is wrong and the code of what is wrong; empty if nothing is."""
    ahead = [name for name in ("ours_on", "theirs_on") if getattr(stamps, name) > on]
    return (ahead[0], "ahead") if ahead else ("", "")


def asks_from(ends_on: date, notice_days: int) -> date:
    """Return the day from which somebody is asked to renew a contract."""
    return ends_on - timedelta(days=notice_days)


def days_left(ends_on: date, *, on: date) -> int:
    """Return how many days a contract still runs; below zero once it is over."""
    return (ends_on - on).days
