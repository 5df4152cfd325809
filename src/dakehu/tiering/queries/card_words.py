"""Why somebody gets a card level, in words (T19)."""

from datetime import date

from django.utils.translation import gettext as _

from dakehu.customers.choices import CardLevel
from dakehu.people.queries import cities
from dakehu.tiering.queries.wording import CARD_LABELS, city_words
from dakehu.tiering.values import CardDecision, CardNumbers
from dakehu.ui import words


def reasons_of(decision: CardDecision, numbers: CardNumbers) -> list[str]:
    """Return why a level was given, step by step, in words (T19)."""
    reasons = [
        _("Average revenue of the %(months)s whole months before: %(average)s yuan a month.")
        % {"months": numbers.months, "average": words.yuan(decision.avg3)}
    ]
    if decision.by_revenue:
        reasons.append(
            _("That reaches %(level)s, which begins at %(limit)s yuan.")
            % {"level": card_word(decision.by_revenue), "limit": words.yuan(decision.limit)}
        )
    else:
        reasons.append(
            _("That is below the first level, which begins at %(limit)s yuan.")
            % {"limit": words.yuan(numbers.limit_1)}
        )
    if decision.capped:
        reasons.append(
            _("A customer of fewer than %(days)s days gets %(level)s at most.")
            % {"days": numbers.new_tenure_days, "level": card_word(numbers.new_level_cap)}
        )
    if decision.lowered:
        reasons.append(
            _("%(arrears)s days in arrears, more than %(limit)s, cost one level.")
            % {"arrears": decision.arr, "limit": numbers.arrears_days}
        )
    if decision.kept:
        reasons.append(
            _("%(level)s is kept: the average is at least %(percent)s%% of its limit.")
            % {"level": card_word(decision.old_level), "percent": numbers.keep_percent}
        )
    return reasons


def card_word(rank: int) -> str:
    """Return the name of a card level; its number where there is none."""
    return str(CardLevel(rank).label) if rank in CardLevel else str(rank)


def own_numbers_words(numbers: CardNumbers, city: str, *, since: date | None = None) -> str:
    """Return which numbers a city has of its own, beside those of the province (T21)."""
    told = [
        _("%(name)s %(own)s (province %(number)s)")
        % {
            "name": CARD_LABELS[name],
            "own": card_number_words(name, own),
            "number": card_number_words(name, getattr(numbers, name)),
        }
        for name, own in numbers.own_of(city).items()
    ]
    facts = {"city": city_words(city, cities()), "numbers": "; ".join(told), "day": since}
    if since is None:
        return _("Numbers of %(city)s: %(numbers)s.") % facts
    return _("Numbers of %(city)s since %(day)s: %(numbers)s.") % facts


def card_number_words(name: str, number: int) -> str:
    """Return one number of the card level; limits are amounts."""
    return words.yuan(number) if name.startswith("limit_") else words.number(number)


def next_level(decision: CardDecision, numbers: CardNumbers) -> str:
    """Return what is missing for the next level up, in words; nothing at the top."""
    limits = {1: numbers.limit_1, 2: numbers.limit_2, 3: numbers.limit_3, 4: numbers.limit_4}
    missing = limits.get(decision.new_level + 1, 0) - decision.avg3
    if missing <= 0:
        return ""
    return _("%(missing)s yuan a month more would reach the next level.") % {
        "missing": words.yuan(missing)
    }
