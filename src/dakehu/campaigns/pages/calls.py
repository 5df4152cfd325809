"""Calling: the customer, the script, what is known, and the panel of a customer's page."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from dakehu.campaigns.choices import RESULT_TONES, ROW_TONES, WAITING
from dakehu.campaigns.policies import HANDLE
from dakehu.campaigns.queries.judging import product_names
from dakehu.campaigns.queries.reading import calls_of, rows_of_customer
from dakehu.customers.queries import customers_visible_to
from dakehu.outbox.choices import MESSAGE_TONES
from dakehu.people.policies import may

if TYPE_CHECKING:
    from dakehu.people.models import Staff

SHOWN = 5


@dataclass(frozen=True)
class RowPage:
    """One customer of a campaign: what is said, what came of it, what can be done."""

    row: Any
    tone: str
    result_tone: str
    message_tone: str
    customer_url: str
    may_call: bool
    is_held: bool
    products: str
    before: list[tuple[Any, str]]
    left: int
    opportunity_url: str
    intake_url: str


def row_page(actor: "Staff", row: Any, *, on: date, is_held: bool) -> RowPage:
    """Gather one customer of a campaign that the actor may see."""
    customer = row.customer
    seen = customers_visible_to(actor).filter(pk=customer.pk).exists()
    handles = may(actor, HANDLE)
    before = rows_of_customer(actor, customer.pk).exclude(pk=row.pk)[:SHOWN]
    interested = row.result == "INTERESTED" and row.opportunity_id is None
    return RowPage(
        row=row,
        tone=ROW_TONES[row.state],
        result_tone=RESULT_TONES.get(row.result, "neutral"),
        message_tone=MESSAGE_TONES[row.message.state] if row.message else "",
        customer_url=reverse("desk:customer", args=[customer.pk]) if seen else "",
        may_call=handles and row.state in WAITING,
        is_held=is_held,
        products=product_names(row.campaign, on=on),
        before=[(each, ROW_TONES[each.state]) for each in before],
        left=calls_of(actor, on=on).filter(campaign=row.campaign_id).count() if handles else 0,
        opportunity_url=(
            reverse("opportunities:detail", args=[row.opportunity_id])
            if row.opportunity_id
            else ""
        ),
        intake_url=intake_url(row) if interested and may(actor, "opportunities.create") else "",
    )


def intake_url(row: Any) -> str:
    """Return where an opportunity of a customer is taken in, filled in."""
    return f"{reverse('opportunities:intake')}?from=campaign&of={row.pk}"


@dataclass(frozen=True)
class CustomerPanel:
    """For which campaigns a customer was contacted."""

    lines: list[tuple[Any, str, str]]
    all_url: str


def customer_panel(actor: "Staff", customer: Any) -> CustomerPanel:
    """Gather the campaigns of a customer within reach."""
    rows = rows_of_customer(actor, customer.pk)[:SHOWN]
    lines = [
        (each, ROW_TONES[each.state], RESULT_TONES.get(each.result, "neutral")) for each in rows
    ]
    return CustomerPanel(lines, f"{reverse('campaigns:rows')}?words={customer.number}")
