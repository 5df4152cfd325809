"""To which team a case goes (C22, M10)."""

from typing import TYPE_CHECKING

from dakehu.cases.choices import SERVICES, CaseKind
from dakehu.cases.policies import HANDLE
from dakehu.cases.rules.routing import nearest_team
from dakehu.people.queries import leading_units, roles, staff_who_may

if TYPE_CHECKING:
    from dakehu.people.models import Unit

OPERATIONS_CENTER = "OPERATIONS_CENTER"


def queue_for(kind: str, home: "Unit") -> "Unit":
    """
    Return the team whose queue takes a case of a kind, for a customer of the unit ``home``.

    The nearest unit that leads the kind's service; where none does, the customer's own unit.
    """
    service = SERVICES.get(CaseKind(kind))
    if kind == CaseKind.SUPPORT:
        return support_team(home)
    if service is None:
        return home
    teams = leading_units(service)
    nearest = nearest_team(home.path or "", {pk: unit.path or "" for pk, unit in teams.items()})
    return teams[nearest] if nearest is not None else home


def support_team(home: "Unit") -> "Unit":
    """
    Return the team to which support is ordered for a customer of a unit: the nearest operations
    centre on the way up (CH11, CH14); where there is none, the customer's own unit.
    """
    codes = [code for code, role in roles().items() if role.kind == OPERATIONS_CENTER]
    centres = {
        person.unit_id: person.unit for person in staff_who_may(HANDLE).filter(role__in=codes)
    }
    above = [unit for unit in centres.values() if (home.path or "").startswith(unit.path or "-")]
    return max(above, key=lambda unit: len(unit.path or ""), default=home)
