"""Who may change ownership, and whose changes somebody may see (M3, M5)."""

from typing import TYPE_CHECKING

from django.db.models import Q

from dakehu.people.policies import reach

if TYPE_CHECKING:
    from dakehu.people.models import Staff

OWNING = "ownership.hold"
"""The permission of those who look after customers: they may be given some."""

CLAIMING = "ownership.claim"
"""The permission to take customers from the pool of one's unit."""

PARTIES = ("by", "to_staff", "from_staff")


def concerned(actor: "Staff") -> Q:
    """Return the filter that keeps the moves that concern the actor.

    Those that somebody within their reach decided, gained by or lost by. What is only a preview
    concerns nobody but its maker.
    """
    found = Q()
    for party in PARTIES:
        within = reach(actor, unit=f"{party}__unit", owner=party)
        if not within:
            return Q()
        found |= within
    return found
