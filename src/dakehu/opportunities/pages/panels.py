"""The opportunities of a customer, for the customer's page."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse

from dakehu.channels.queries.wording import newest_body
from dakehu.channels.values import Body
from dakehu.opportunities.choices import STATE_TONES
from dakehu.opportunities.pages.intake import wants_of
from dakehu.opportunities.policies import CREATE
from dakehu.opportunities.queries import opportunities_of
from dakehu.people.policies import may

if TYPE_CHECKING:
    from dakehu.people.models import Staff

PAST_SHOWN = 5


@dataclass(frozen=True)
class Line:
    """One opportunity as a line of the panel."""

    opportunity: Any
    wants: str
    tone: str


@dataclass(frozen=True)
class CustomerPanel:
    """What a customer wants, and wanted."""

    open: list[Line]
    past: list[Line]
    total: int
    all_url: str
    intake_url: str


def customer_panel(actor: "Staff", customer: Any) -> CustomerPanel:
    """Gather the opportunities of a customer that the actor may see."""
    return panel_about(actor, customer, list(opportunities_of(actor, customer)))


def since_visit(actor: "Staff", visit: Any) -> CustomerPanel:
    """Gather what a customer wanted since a visit; what it plans is taken in from here (R11)."""
    since = visit.happened_at or visit.planned_at
    rows = opportunities_of(actor, visit.customer).filter(captured_at__gte=since)
    return panel_about(actor, visit.customer, list(rows), visit=visit.pk)


def panel_about(actor: "Staff", customer: Any, rows: list[Any], **told: Any) -> CustomerPanel:
    """Return the panel of some opportunities; ``told`` goes along to the intake."""
    body = newest_body()
    url = f"{reverse('opportunities:intake')}?{urlencode({'customer': customer.pk, **told})}"
    return CustomerPanel(
        open=[line_of(each, body) for each in rows if each.is_open],
        past=[line_of(each, body) for each in rows if not each.is_open][:PAST_SHOWN],
        total=len(rows),
        all_url=f"{reverse('opportunities:list')}?words={customer.number}",
        intake_url=url if may(actor, CREATE) else "",
    )


def line_of(opportunity: Any, body: Body) -> Line:
    """Return one opportunity as a line."""
    return Line(opportunity, wants_of(body, opportunity), STATE_TONES[opportunity.state])
