"""Who stands above whom: the leaders of units, from one's own upward (M2)."""

from collections.abc import Iterable, Mapping

from dakehu.people.models import Staff, Unit
from dakehu.people.queries.roles import roles_with
from dakehu.people.queries.units import unit_paths


def leaders_of_units(permission: str) -> dict[int, int]:
    """
    Return who leads each unit, by number.

    The leader it names; where none is named or active, of its people who may do something with
    ``permission`` the one with the lowest number. Units without either are absent.
    """
    able = Staff.objects.active().filter(role__in=roles_with(permission)).order_by("-pk")
    found = dict(able.values_list("unit_id", "pk"))
    named = Unit.objects.filter(leader__is_active=True, leader__removed_at__isnull=True)
    return found | dict(named.values_list("pk", "leader_id"))


def lines_of_command(
    people: Iterable[tuple[int | None, int]], *, permission: str
) -> Mapping[tuple[int | None, int], list[int]]:
    """
    Return who stands above people, the nearest first, each one once.

    ``people`` are numbers with that of a unit, by which somebody without a number is known;
    ``permission`` tells who leads a unit that names no leader.
    """
    asked = set(people)
    own = dict(
        Staff.objects.filter(pk__in={pk for pk, _unit in asked if pk}).values_list("pk", "unit_id")
    )
    leaders, paths = leaders_of_units(permission), unit_paths()
    lines: dict[tuple[int | None, int], list[int]] = {}
    for person, unit in asked:
        upward = reversed(paths.get(own.get(person or 0, unit), ()))
        above = (leaders.get(each) for each in upward)
        lines[person, unit] = list(
            dict.fromkeys(leader for leader in above if leader and leader != person)
        )
    return lines
