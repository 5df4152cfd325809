"""The counties of an actor with the authorities of their people, for the report of gaps."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from dakehu.channels.rules.gaps import County, on_offer
from dakehu.channels.values import Body
from dakehu.people.choices import PARTNER, BusinessAction, UnitKind
from dakehu.people.policies import role_of
from dakehu.people.queries import areas_of, authorities_of, staff_who_may, units_within

if TYPE_CHECKING:
    from dakehu.people.models import Staff, Unit

MANAGERS = frozenset({"ACCOUNT_MANAGER", "CHIEF_REPRESENTATIVE"})
TELEPHONE = "TELEPHONE_MANAGER"
WORKING = "opportunities.handle"


def counties_of(actor: "Staff", body: Body, *, on: date) -> list[County]:
    """Return the counties within an actor's units, each with what its people may open."""
    people = list(staff_who_may(WORKING))
    held = authorities_of((person.pk for person in people), on=on)
    may_open = {person.pk: opened_by(body, held.get(person.pk, set())) for person in people}
    core = [each for each in people if each.is_core_partner and role_of(each).kind == PARTNER]
    areas = areas_of(person.pk for person in core)
    found = []
    for unit in units_within(actor).filter(kind=UnitKind.DISTRICT):
        line = {int(each) for each in (unit.path or "").strip("/").split("/") if each}
        inside = [each for each in people if is_of(each, unit)]
        phones = [
            each for each in people if role_of(each).kind == TELEPHONE and each.unit_id in line
        ]
        serving = [each for each in core if areas.get(each.pk, set()) & line]
        managers = [each for each in inside if role_of(each).kind in MANAGERS]
        found.append(
            County(
                unit.pk,
                unit.name,
                managers=every(may_open, managers),
                partners=every(may_open, serving),
                telephone=every(may_open, phones),
            )
        )
    return found


def opened_by(body: Body, held: set[tuple[str, str]]) -> frozenset[str]:
    """Return the products that authorities cover, by the codes of the matrix."""
    codes = {code for code, action in held if action == BusinessAction.OPEN}
    return frozenset(
        product.code for product in on_offer(body) if codes & {product.code, *product.codes}
    )


def is_of(person: "Staff", unit: "Unit") -> bool:
    """Tell whether somebody works in a unit or one below it."""
    return (person.unit.path or "").startswith(unit.path or "-")


def every(may_open: dict[int, frozenset[str]], people: "Iterable[Staff]") -> frozenset[str]:
    """Return what some people may open together."""
    return frozenset().union(*(may_open[person.pk] for person in people))
