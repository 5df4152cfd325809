"""Opportunities as channels take them in, and the partners of an area."""

from datetime import UTC, date, datetime
from typing import Any

from tests.factories.customers import GroupFactory

from dakehu.channels.values import Named
from dakehu.opportunities import operations
from dakehu.opportunities.values import Elements, NewContact

AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
LINE = (Named("LEASED_LINE"),)


def contact(**given: Any) -> NewContact:
    """Return a leased line with specifics at the hotline; name what is different."""
    usual = {
        "channel": "HOTLINE",
        "text": "要一条 100M 专线",
        "named": LINE,
        "has_specifics": True,
        "is_willing": True,
    }
    return NewContact(**{**usual, **given})


def take_in(by: Any, *, at: datetime = AT, **given: Any) -> Any:
    """Take a contact in on somebody's behalf, and return the opportunity."""
    return operations.take_in(new=contact(**given), by=by, at=at).opportunity


def group_of(people: Any, level: str = "", **given: Any) -> Any:
    """Return a group of the district, at a level of the group scheme if one is named."""
    from dakehu.tiering.models import Level, Standing

    group = GroupFactory(unit=people.units.district, **given)
    if level:
        held = Level.objects.get(scheme__code="group-abc", name=level)
        Standing.objects.create(
            customer=group, level=held, scheme=held.scheme, active_from=date(2026, 1, 1)
        )
    return group


def make_core(person: Any, *units: Any) -> Any:
    """Make somebody a core partner of units."""
    person.is_core_partner = True
    person.save()
    for unit in units:
        person.areas.create(unit=unit)
    return person


def prospect(name: str = "山海食品厂", **given: Any) -> Elements:
    """Return what is known of a prospect."""
    usual = {"company": name, "contact_name": "郑先生", "contact_phone": "13500001111"}
    return Elements(**{**usual, **given})
