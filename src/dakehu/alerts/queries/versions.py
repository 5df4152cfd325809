"""Versions of the numbers: which there are, which hold on a day, what they say (promise 2)."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields, replace
from datetime import date
from typing import Any

from django.db.models import Max, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from dakehu.alerts.choices import REPORTED, SetState
from dakehu.alerts.models import Alert, NumberSet
from dakehu.alerts.values import SHIPPED, NumberBook, Override, Place, WarningNumbers
from dakehu.customers.choices import CardLevel
from dakehu.people.queries import cities

KNOWN = tuple(field.name for field in fields(WarningNumbers) if field.name != "version")


def book_of(kept: Any) -> NumberBook:
    """Return the numbers that a row keeps; what it does not name is as shipped."""
    return read_book(kept.province, kept.overrides, version=kept.number)


def read_book(
    province: Mapping[str, int], overrides: Sequence[Mapping[str, Any]], *, version: int
) -> NumberBook:
    """Return numbers from plain values; names that are not known any more are left out."""
    return NumberBook(
        replace(WarningNumbers(), version=version, **_known(province)),
        tuple(
            Override(Place(each["city"], each["level"]), _known(each["numbers"]))
            for each in overrides
        ),
    )


def _known(numbers: Mapping[str, int]) -> dict[str, int]:
    return {name: numbers[name] for name in KNOWN if name in numbers}


def plain_province(book: NumberBook) -> dict[str, int]:
    """Return the numbers of the province as a row keeps them."""
    values = asdict(book.province)
    return {name: values[name] for name in KNOWN}


def plain_overrides(book: NumberBook) -> list[dict[str, Any]]:
    """Return what differs by city and level as a row keeps it."""
    return [
        {
            "city": override.place.city,
            "level": override.place.level,
            "numbers": dict(sorted(override.numbers.items())),
        }
        for override in sorted(book.overrides, key=lambda each: each.place.key)
    ]


def sets_known() -> QuerySet[NumberSet]:
    """Return all versions that have a row, the latest first; they are the same for everybody."""
    people = ("drafted_by", "proposed_by", "published_by")
    return NumberSet.objects.select_related(*people).order_by("-number")


def get_set(number: int) -> NumberSet:
    """
    Return one version of the numbers.

    :raises Http404: if there is none with that number.
    """
    found = sets_known().filter(number=number).first()
    if found is None:
        raise Http404
    return found


def set_on(day: date) -> NumberSet | None:
    """Return the published version that holds for a data day; None while the shipped ones do."""
    published = sets_known().filter(published_at__isnull=False, removed_at__isnull=True)
    return published.filter(active_from__lte=day).order_by("-active_from", "-number").first()


def book_on(day: date) -> NumberBook:
    """Return the numbers that hold for a data day; those shipped until others are published."""
    found = set_on(day)
    return book_of(found) if found else NumberBook()


def book_of_version(number: int) -> NumberBook:
    """
    Return the numbers of a version.

    :raises Http404: if there is none with that number.
    """
    return NumberBook() if number == SHIPPED else book_of(get_set(number))


class Books:
    """The versions that some alerts name, each read once, when it is first asked for."""

    def __init__(self) -> None:
        self.known: dict[int, NumberBook] = {SHIPPED: NumberBook()}

    def of(self, alert: Any) -> WarningNumbers:
        """Return the numbers that judged an alert's newest evidence."""
        return self.at(alert.numbers_version, alert.place)

    def at(self, version: int, place: str) -> WarningNumbers:
        """Return the numbers of a version at a place, given by its key."""
        if version not in self.known:
            self.known |= {kept.number: book_of(kept) for kept in NumberSet.objects.all()}
        book = self.known.get(version) or NumberBook()
        return book.at_place(place_from(place))


def place_from(key: str) -> Place:
    """Return the place that an alert or an address names by its key."""
    city, separator, level = key.partition("-")
    if not separator:
        return Place()
    return Place("" if city == "all" else city, int(level) if level.isdigit() else None)


def place_words(place: Place) -> str:
    """Return a place in words: its city, its level, or the whole province."""
    unit = cities().get(place.city) if place.city else None
    words = [str(unit or place.city)] if place.city else []
    if place.level is not None:
        known = place.level in CardLevel.values
        words.append(str(CardLevel(place.level).label) if known else str(place.level))
    return " · ".join(words) or _("Whole province")


def state_of(kept: NumberSet, *, on: date) -> SetState:
    """Return where a version stands on a day."""
    if kept.removed_at is not None:
        return SetState.REMOVED
    if kept.published_at is None:
        return SetState.DRAFT if kept.proposed_at is None else SetState.PROPOSED
    if kept.active_from is not None and kept.active_from > on:
        return SetState.COMING
    holding = set_on(on)
    return SetState.IN_FORCE if holding and holding.pk == kept.pk else SetState.PAST


def newest_judged_day() -> date | None:
    """Return the newest data day on which a night raised an alert: it was judged already."""
    judged = Alert.objects.exclude(rule__in=REPORTED)
    found: date | None = judged.aggregate(newest=Max("opened_day"))["newest"]
    return found
