"""Campaigns and the customers of their lists, for those who may see them."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from dakehu.campaigns.choices import BEFORE, CALLING, LIVE, RowState, State
from dakehu.campaigns.models import Campaign, CampaignRow
from dakehu.campaigns.policies import HANDLE, VIEW, WRITE
from dakehu.opportunities.values import Begun
from dakehu.outbox.choices import MessageState
from dakehu.people.policies import may, reach
from dakehu.people.queries import units_within

if TYPE_CHECKING:
    from dakehu.people.models import Staff

ON_ITS_WAY = (MessageState.QUEUED, MessageState.SENDING)
LEASE = timedelta(minutes=30)
"""After this long a customer whom somebody was to call is free for others."""


def units_above(actor: "Staff") -> list[int]:
    """Return the actor's own unit and those above it."""
    return [int(each) for each in (actor.unit.path or "").strip("/").split("/") if each]


def campaigns_visible_to(actor: "Staff") -> QuerySet[Campaign]:
    """
    Return the campaigns that concern the actor.

    Those of units within their reach; once released also those of units above theirs, of whose
    customers they see their own.
    """
    found = Campaign.objects.filter(removed_at__isnull=True)
    found = found.select_related("unit", "group", "made_by", "proposed_by", "released_by")
    if not may(actor, VIEW):
        return found.none()
    concerned = Q(unit__in=units_above(actor)) & ~Q(state__in=BEFORE)
    concerned |= Q(unit__in=units_within(actor).values("pk"))
    return found.filter(concerned)


def get_campaign(actor: "Staff", pk: int) -> Campaign:
    """
    Return one campaign.

    :raises Http404: if there is none with that number that concerns the actor.
    """
    found = campaigns_visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def is_within(actor: "Staff", campaign: Campaign) -> bool:
    """Tell whether the unit of a campaign lies within an actor's reach."""
    return units_within(actor).filter(pk=campaign.unit_id).exists()


def drafts_of(actor: "Staff") -> QuerySet[Campaign]:
    """Return the drafts of lists to which an actor may add customers."""
    if not may(actor, WRITE):
        return Campaign.objects.none()
    rows = campaigns_visible_to(actor).filter(state=State.DRAFT, source="LIST")
    return rows.filter(unit__in=units_within(actor).values("pk")).order_by("-pk")


def rows_visible_to(actor: "Staff") -> QuerySet[CampaignRow]:
    """Return the customers of campaigns within the actor's reach, and those whom they call."""
    if not may(actor, VIEW):
        return CampaignRow.objects.none()
    within = reach(actor, unit="unit", owner="staff", customer="customer")
    found = CampaignRow.objects.filter(within, removed_at__isnull=True)
    if not may(actor, WRITE):
        found = found.exclude(campaign__state__in=BEFORE)
    return found.filter(campaign__removed_at__isnull=True).select_related(
        "campaign", "customer", "staff", "unit", "message", "opportunity", "called_by", "held_by"
    )


def get_row(actor: "Staff", pk: int) -> CampaignRow:
    """
    Return one customer of a campaign.

    :raises Http404: if there is none with that number within the actor's reach.
    """
    found = rows_visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def calls_of(actor: "Staff", *, on: date) -> QuerySet[CampaignRow]:
    """Return whom the actor is to call now: what was agreed for today or before comes first."""
    if not may(actor, HANDLE):
        return CampaignRow.objects.none()
    return waiting_calls(on=on).filter(staff=actor.pk).select_related("campaign", "customer")


def waiting_calls(*, on: date) -> QuerySet[CampaignRow]:
    """Return who is to be called on a day, in the order of calling, whoever calls."""
    rows = CampaignRow.objects.filter(
        campaign__state=State.RUNNING,
        campaign__form__in=CALLING,
        campaign__first_day__lte=on,
        campaign__last_day__gte=on,
        campaign__removed_at__isnull=True,
        removed_at__isnull=True,
    )
    due = Q(state=RowState.OPEN) | Q(state=RowState.AGAIN, again_on__lte=on)
    # Where an SMS goes first, it has to have left.
    left = Q(message__isnull=False) & ~Q(message__state__in=ON_ITS_WAY)
    told = Q(campaign__form="CALL") | left
    order = (F("again_on").asc(nulls_last=True), "tries", "pk")
    return rows.filter(due, told).order_by(*order)


def is_held(row: CampaignRow, by: "Staff", *, at: datetime) -> bool:
    """Tell whether somebody else is calling a customer just now."""
    if row.held_at is None or row.held_by_id == by.pk:
        return False
    return row.held_at > at - LEASE


def rows_of_customer(actor: "Staff", customer_id: int) -> QuerySet[CampaignRow]:
    """Return for which released campaigns a customer was contacted, the newest first."""
    rows = rows_visible_to(actor).filter(customer=customer_id)
    rows = rows.exclude(campaign__state__in=BEFORE)
    return rows.order_by("-campaign__released_at", "-pk")


def told_to_customer(
    actor: "Staff", customer_id: int, *, until: datetime | None, most: int
) -> list[tuple[datetime, CampaignRow]]:
    """Return when a customer was called or written to, and for what, the newest first."""
    found = rows_of_customer(actor, customer_id)
    told_at = Coalesce("called_at", "message__asked_at")
    rows = found.annotate(told_at=told_at).filter(told_at__isnull=False)
    if until is not None:
        rows = rows.filter(told_at__lte=until)
    return [(row.told_at, row) for row in rows.order_by("-told_at", "-pk")[:most]]


def open_count_of(customers: Any) -> int:
    """Count the calls that wait for customers."""
    rows = CampaignRow.objects.filter(campaign__state__in=LIVE, state__in=["OPEN", "AGAIN"])
    return rows.filter(customer__in=customers.values("pk")).count()


def begun_for(actor: "Staff", pk: int) -> Begun:
    """
    Return what is known of an opportunity that a customer of a campaign leads to.

    :raises Http404: if the customer is not within the actor's reach.
    """
    row = get_row(actor, pk)
    words = _("From the campaign “%(name)s”") % {"name": row.campaign.name}
    return Begun(
        customer=row.customer,
        text=" · ".join(each for each in (row.reply, row.note) if each),
        products=row.campaign.codes,
        words=words,
        back=reverse("campaigns:calls"),
    )


def again_words(facts: Mapping[str, Any]) -> str:
    """Return the words of a to-do to call a customer again."""
    return _("Call again as agreed: %(name)s") % facts


def release_words(facts: Mapping[str, Any]) -> str:
    """Return the words of a to-do to release a campaign."""
    return _("Release or give back: campaign “%(name)s”") % facts
