"""What partners did with what was offered to them, for those who may compare them (CH15)."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from dakehu.cases.choices import CaseKind
from dakehu.opportunities.choices import Ending, State
from dakehu.opportunities.models import Offer, Opportunity
from dakehu.opportunities.policies import ASSIGN, HANDLE, is_partner
from dakehu.opportunities.rules.rating import Record
from dakehu.people.choices import PARTNER
from dakehu.people.policies import may
from dakehu.people.queries import roles, staff_who_may, units_within

if TYPE_CHECKING:
    from dakehu.people.models import Staff

NAMES = ("offered", "claimed", "returned", "expired", "won", "lost", "complaints")


def partners_rated(actor: "Staff", *, since: datetime) -> Any:
    """
    Return the partners within reach with what they did since an instant; a partner, themselves.

    Complaints are those of customers after the partner had claimed something of theirs.
    """
    kinds = [code for code, role in roles().items() if role.kind == PARTNER]
    people = staff_who_may(HANDLE).filter(role__in=kinds).order_by()
    if is_partner(actor):
        people = people.filter(pk=actor.pk)
    elif may(actor, ASSIGN):
        people = people.filter(unit__in=units_within(actor))
    else:
        people = people.none()
    offers = Offer.objects.filter(receiver=OuterRef("pk"), offered_at__gte=since)
    theirs = Opportunity.objects.filter(receiver=OuterRef("pk"), claimed_at__gte=since)
    complained = theirs.filter(
        customer__cases__kind=CaseKind.COMPLAINT, customer__cases__opened_at__gte=F("claimed_at")
    )
    return people.annotate(
        offered=count(offers, "receiver"),
        claimed=count(offers.filter(ending=Ending.CLAIMED), "receiver"),
        returned=count(offers.filter(ending=Ending.RETURNED), "receiver"),
        expired=count(offers.filter(ending=Ending.EXPIRED), "receiver"),
        won=count(theirs.filter(state=State.WON), "receiver"),
        lost=count(theirs.filter(state=State.LOST), "receiver"),
        complaints=count(complained, "receiver", "customer__cases"),
        took=Subquery(took(offers), output_field=DurationField()),
    )


def count(rows: Any, by: str, what: str = "pk") -> Any:
    """Return how many rows there are for each, as a part of another query."""
    counted = rows.order_by().values(by).annotate(n=Count(what, distinct=True)).values("n")
    return Coalesce(Subquery(counted), 0)


def took(offers: Any) -> Any:
    """Return how long claims took on average, as a part of another query."""
    time = ExpressionWrapper(F("ended_at") - F("offered_at"), output_field=DurationField())
    claimed = offers.filter(Q(ending=Ending.CLAIMED)).order_by().values("receiver")
    return claimed.annotate(mean=Avg(time)).values("mean")


def record_of(partner: Any) -> Record:
    """Return what a partner of :func:`partners_rated` did, as it is judged."""
    return Record(**{name: getattr(partner, name) for name in NAMES})
