"""Who may be given customers, and who may not and why (M3, M7)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localtime, make_aware
from django.utils.translation import gettext as _

from dakehu.ownership.policies import OWNING
from dakehu.people.policies import may
from dakehu.people.queries import colleagues_of, staff_visible_to

if TYPE_CHECKING:
    from dakehu.people.models import Staff
    from dakehu.people.querysets import StaffQuerySet


@dataclass(frozen=True)
class Refusal:
    """Why a person cannot be given customers, in words, and who stands in for them if on leave."""

    words: str
    deputy: "Staff | None" = None


def owners_within(actor: "Staff") -> "StaffQuerySet":
    """Return the active staff of the actor's units who may look after customers."""
    return colleagues_of(actor, permission=OWNING)


def people_numbered(actor: "Staff", numbers: Iterable[int]) -> dict[int, "Staff"]:
    """Return those of some people whom the actor may know of, by number."""
    found = staff_visible_to(actor).filter(pk__in=list(numbers))
    return {person.pk: person for person in found}


def absence_of(person: "Staff", *, on: date) -> Any:
    """Return the leave of a person that touches a day, the one that lasts longest; or nothing."""
    begins = make_aware(datetime.combine(on, time.min))
    leaves = person.leaves.touching(begins, begins + timedelta(days=1))
    return leaves.select_related("deputy").order_by("-ends_at").first()


def refusal_for(person: "Staff", *, by: "Staff", on: date) -> Refusal | None:
    """Return why ``by`` cannot give customers to a person on a day; nothing if they can."""
    name = {"name": person.name}
    if not person.is_active or person.removed_at is not None:
        return Refusal(_("%(name)s no longer works here. Choose somebody else.") % name)
    if not may(person, OWNING):
        role = {**name, "role": person.get_role_display()}
        words = _("%(name)s does not look after customers (%(role)s). Choose a manager.")
        return Refusal(words % role)
    if not owners_within(by).filter(pk=person.pk).exists():
        unit = {**name, "unit": person.unit}
        return Refusal(_("%(name)s belongs to %(unit)s, which is outside your reach.") % unit)
    return _refusal_for_leave(person, on=on)


def _refusal_for_leave(person: "Staff", *, on: date) -> Refusal | None:
    leave = absence_of(person, on=on)
    if leave is None:
        return None
    words = {"name": person.name, "day": f"{localtime(leave.ends_at):%Y-%m-%d}"}
    if leave.deputy is None:
        sentence = _("%(name)s is on leave until %(day)s. Choose a later date or somebody else.")
        return Refusal(sentence % words)
    sentence = _("%(name)s is on leave until %(day)s; %(deputy)s stands in.")
    return Refusal(sentence % {**words, "deputy": leave.deputy.name}, leave.deputy)
