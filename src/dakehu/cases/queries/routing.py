"""To which team a case goes (C22, M10)."""

from typing import TYPE_CHECKING

from dakehu.cases.choices import SERVICES, CaseKind
from dakehu.cases.rules.routing import nearest_team
from dakehu.people.queries import leading_units

if TYPE_CHECKING:
    from dakehu.people.models import Unit


def queue_for(kind: str, home: "Unit") -> "Unit":
    """
    Return the team whose queue takes a case of a kind, for a customer of the unit ``home``.

    The nearest unit that leads the kind's service; where none does, the customer's own unit.
    """
    service = SERVICES.get(CaseKind(kind))
    if service is None:
        return home
    teams = leading_units(service)
    nearest = nearest_team(home.path or "", {pk: unit.path or "" for pk, unit in teams.items()})
    return teams[nearest] if nearest is not None else home
