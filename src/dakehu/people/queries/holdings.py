"""What hangs on a person or a unit, asked of every app that knows (M1, M2).

An upper app registers in its ``apps.ready()``::

    register_holding(Holding("customers", "staff", count, words, url))
"""

from typing import Any

from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import ngettext

from dakehu.people.models import Leave, Staff, Unit
from dakehu.people.querysets import StaffQuerySet
from dakehu.people.values import Held, Holding

_holdings: dict[tuple[str, str], Holding] = {}


def register_holding(holding: Holding) -> None:
    """Ask ``holding`` before a person or unit goes; registering a name again replaces it."""
    _holdings[holding.subject, holding.name] = holding


def held_by(subject: str, record: Any) -> list[Held]:
    """Return what hangs on a record of kind ``subject``; nothing for what is free to go."""
    found = []
    for (kind, _name), holding in _holdings.items():
        if kind == subject and (count := holding.count(record)):
            found.append(Held(holding.words(count), holding.url(record)))
    return found


def units_led_by(staff: Staff) -> int:
    """Return how many units a person leads."""
    return Unit.objects.present().filter(leader=staff).count()


def units_led_words(count: int) -> str:
    """Return that number in words."""
    words = ngettext("leads %(count)s unit", "leads %(count)s units", count)
    return words % {"count": count}


def leaves_covered_by(staff: Staff) -> int:
    """Return in how many present and coming leaves of others a person stands in."""
    return Leave.objects.filter(removed_at=None, deputy=staff, ends_at__gt=Now()).count()


def leaves_covered_words(count: int) -> str:
    """Return that number in words."""
    words = ngettext(
        "stands in during %(count)s leave", "stands in during %(count)s leaves", count
    )
    return words % {"count": count}


def staff_of_unit(unit: Unit) -> int:
    """Return how many people belong to a unit itself, with or without a log-in."""
    staff: StaffQuerySet = Staff.objects.present()
    return staff.filter(unit=unit).count()


def staff_of_unit_words(count: int) -> str:
    """Return that number in words."""
    return ngettext("%(count)s person", "%(count)s people", count) % {"count": count}


def units_under(unit: Unit) -> int:
    """Return how many units stand directly under a unit."""
    return Unit.objects.present().filter(parent=unit).count()


def units_under_words(count: int) -> str:
    """Return that number in words."""
    return ngettext("%(count)s unit below", "%(count)s units below", count) % {"count": count}


def register_own() -> None:
    """Register what this app itself knows to hang on people and units."""
    tree = reverse_to("people:unit_list")
    register_holding(Holding("led", "staff", units_led_by, units_led_words, tree))
    leaves = reverse_to("people:leave_list", "deputy")
    register_holding(Holding("covered", "staff", leaves_covered_by, leaves_covered_words, leaves))
    members = reverse_to("people:staff_list", "unit")
    register_holding(Holding("staff", "unit", staff_of_unit, staff_of_unit_words, members))
    register_holding(Holding("units", "unit", units_under, units_under_words, tree))


def reverse_to(url_name: str, query: str = "") -> Any:
    """Return what leads from a record to a list, narrowed by ``query`` to that record."""

    def url(record: Any) -> str:
        address = reverse(url_name)
        return f"{address}?{query}={record.pk}" if query else address

    return url
