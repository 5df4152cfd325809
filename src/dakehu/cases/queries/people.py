"""To whom a case may be given."""

from typing import TYPE_CHECKING

from django.db.models import Q

from dakehu.cases.policies import HANDLE
from dakehu.people.queries import staff_who_may, units_within

if TYPE_CHECKING:
    from dakehu.cases.models import Case
    from dakehu.people.models import Staff
    from dakehu.people.querysets import StaffQuerySet


def receivers_for(actor: "Staff", case: "Case") -> "StaffQuerySet":
    """
    Return who may be given a case: people who handle cases, of the actor's units, of the team in
    whose queue it stands, and whoever looks after the customer.
    """
    units = units_within(actor).values("pk")
    near = Q(unit__in=units) | Q(unit=case.unit_id) | Q(pk=case.manager_id)
    return staff_who_may(HANDLE).filter(near).order_by("unit__path", "name", "pk")
