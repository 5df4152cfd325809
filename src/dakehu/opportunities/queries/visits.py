"""Return visits after sales, within the actor's reach (OP14)."""

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from dakehu.opportunities.models import Opportunity, SaleVisit
from dakehu.opportunities.policies import is_partner, may_read_papers
from dakehu.opportunities.queries.reading import opportunities_visible_to

if TYPE_CHECKING:
    from dakehu.people.models import Staff

NEAR = ("opportunity__customer", "opportunity__receiver", "opportunity__unit", "by", "support")


def sale_visits_visible_to(actor: "Staff") -> QuerySet[SaleVisit]:
    """Return the return visits of the opportunities within reach."""
    within = opportunities_visible_to(actor).order_by().values("pk")
    rows: QuerySet[SaleVisit] = SaleVisit.objects.filter(opportunity__in=within)
    if is_partner(actor):
        # What partners may read of papers they may read of visits: of their own (CH15).
        rows = rows.filter(opportunity__receiver=actor.pk)
    return rows.select_related(*NEAR, "following")


def visits_of(actor: "Staff", opportunity: Opportunity) -> list[SaleVisit]:
    """Return the return visits of an opportunity, the newest first; it is within reach."""
    if not may_read_papers(actor, opportunity):
        return []
    rows = SaleVisit.objects.filter(opportunity=opportunity)
    return list(rows.select_related("by", "support", "following").order_by("-pk"))
