"""A customer as it was on an earlier day, beside what it is today (P8)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.utils.timezone import localdate, make_aware
from django.utils.translation import gettext as _

from dakehu.audit.choices import SUBJECT_WORDS
from dakehu.audit.queries import field_words
from dakehu.common.masking import PersonalKind, mask
from dakehu.customers.choices import CustomerKind
from dakehu.customers.queries import (
    PastFile,
    PastRecord,
    field_names,
    file_as_of,
    trail_of,
    value_words,
)
from dakehu.desk.pages.usage import SCREEN_MEMORY
from dakehu.exchange.queries.facts import live_partitions
from dakehu.facts.engine import EngineLimits
from dakehu.facts.history import History
from dakehu.facts.store import FactStore

DAY = timedelta(days=1)
CUSTOM_PREFIX = "custom_"
# What says nothing to people, or stands in the title anyway.
UNTOLD = frozenset({"customer", "removed_at", "source_day", "delivered_manager", "search", "kind"})
# What the city delivers, by the column of the customer's record.
DELIVERED = {
    "name": "name",
    "phone": "msisdn",
    "gender": "gender",
    "birth_date": "birth_date",
    "birth_calendar": "birth_calendar",
    "brand": "brand",
    "plan_id": "plan_id",
    "open_date": "open_date",
    "contract_name": "contract_name",
    "contract_end": "contract_end",
    "credit_limit_fen": "credit_limit_fen",
    "delivered_level": "level",
    "status": "status",
}
MASKED = {"phone": PersonalKind.PHONE, "birth_date": PersonalKind.BIRTHDAY}


@dataclass(frozen=True)
class PastLine:
    """One value then and now, in words."""

    label: str
    then: str
    now: str

    @property
    def is_changed(self) -> bool:
        """Tell whether it is another one today."""
        return self.then != self.now


@dataclass(frozen=True)
class PastPart:
    """One record of the file; ``fate`` says if it came or went since."""

    title: str
    lines: tuple[PastLine, ...]
    fate: str = ""
    tone: str = ""


@dataclass(frozen=True)
class PastPage:
    """The file on a day; ``delivered_day`` names the files that tell what the log does not."""

    customer: Any
    on: date
    today: date
    parts: tuple[PastPart, ...]
    delivered_day: date | None
    was_known: bool
    differences: int = field(default=0)


def past_page(customer: Any, *, on: date, today: date) -> PastPage:
    """Gather the file of a customer whom the actor may see, as it was at the end of a day."""
    at = make_aware(datetime.combine(on + DAY, time.min))
    found = file_as_of(customer, at)
    told = told_by_the_city(customer, found, on, at)
    trail = trail_of(customer)
    delivered = told[1] if told else {}
    parts = [part_of(record, trail.custom, delivered) for record in found.records]
    shown = tuple(part for part in parts if part.lines or part.fate)
    return PastPage(
        customer=customer,
        on=on,
        today=today,
        parts=shown,
        delivered_day=told[0] if told else None,
        was_known=found.records[0].then.was_there,
        differences=sum(line.is_changed for part in shown for line in part.lines),
    )


def told_by_the_city(
    customer: Any, found: PastFile, on: date, at: datetime
) -> tuple[date, Mapping[str, Any]] | None:
    """
    Return what the files of the city said on the day, where the log does not reach back so far.

    The log reaches back to the first thing it tells of this customer; what was before that, the
    kept files know better than the present record.
    """
    is_told = found.known_from is not None and found.known_from <= at
    if customer.kind != CustomerKind.INDIVIDUAL or is_told:
        return None
    partitions = live_partitions(["subscriber"], last=on, city=customer.city_code)
    limits = EngineLimits(settings.HOME / "work", memory=SCREEN_MEMORY, threads=1)
    row = History(FactStore(settings.HOME), limits).delivered(
        partitions, sub_id=customer.number, city=customer.city_code, day=on
    )
    if row is None:
        return None
    day, values = row
    return day, {name: logged(name, values[column]) for name, column in DELIVERED.items()}


def logged(name: str, value: Any) -> Any:
    """Return a delivered value as the log would keep it."""
    if value is None or name not in MASKED:
        return value
    return mask(MASKED[name], str(value))


def part_of(
    record: PastRecord, custom: Mapping[str, str], delivered: Mapping[str, Any]
) -> PastPart:
    """Return one record of the file then and now."""
    label = record.model._meta.label_lower
    own = delivered if label == "customers.customer" else {}
    then = {**record.then.values, **own} if record.then.was_there else {}
    now = record.now if record.is_there else {}
    lines = tuple(lines_of(record.model, then, now, custom))
    kind = str(SUBJECT_WORDS.get(label, label))
    title = f"{kind} · {record.name}" if label not in PLAIN else kind
    if not record.then.was_there:
        return PastPart(title, lines if record.is_there else (), _("Came later"), "success")
    if not record.is_there:
        return PastPart(title, lines, _("Gone since"), "danger")
    return PastPart(title, lines)


PLAIN = frozenset({"customers.customer", "customers.groupprofile", "customers.personprofile"})


def lines_of(
    model: Any, then: Mapping[str, Any], now: Mapping[str, Any], custom: Mapping[str, str]
) -> Iterable[PastLine]:
    """Yield the fields that say something then or now."""
    names = field_names(model)
    for name in dict.fromkeys((*now, *then)):
        if name in UNTOLD:
            continue
        was, is_now = (value_words(model, name, values.get(name)) for values in (then, now))
        if was or is_now:
            if name.startswith(CUSTOM_PREFIX):
                label = custom.get(name.removeprefix(CUSTOM_PREFIX), name)
            else:
                label = names.get(name) or field_words(name)
            yield PastLine(label, was, is_now)


def day_asked(typed: str, *, today: date) -> date | None:
    """Return the day that was asked for, if it can be read and is not to come."""
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return None
    return day if day <= today else None


def month_ago(at: datetime) -> date:
    """Return the day with which the page begins: a month before."""
    return localdate(at) - timedelta(days=30)
