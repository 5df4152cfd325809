"""Drafting campaigns: what is offered, to whom, in which form."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dakehu.audit.operations import (
    change_rows,
    create_record,
    create_records,
    remove_record,
    save_record,
)
from dakehu.campaigns.choices import CALLING, WRITING, Form, Source, State
from dakehu.campaigns.errors import UnableToCampaign
from dakehu.campaigns.models import Campaign, CampaignRow
from dakehu.campaigns.policies import WRITE
from dakehu.campaigns.queries.reading import is_within
from dakehu.campaigns.rules import MOST_CUSTOMERS
from dakehu.people.policies import require

if TYPE_CHECKING:
    from dakehu.people.models import Staff


def new_campaign(**values: Any) -> Campaign:
    """Return a campaign that is not kept yet."""
    return Campaign(**values)


@transaction.atomic
def keep_campaign(*, campaign: Campaign, version: int | None, by: "Staff", at: datetime) -> None:
    """
    Store a draft, new or changed.

    :raises PermissionDenied: if the role may not.
    :raises UnableToCampaign: if it is no draft any more, its unit lies beyond reach, or what its
        form needs is missing.
    :raises EditedMeanwhile: if somebody else changed the same since ``version``.
    """
    require(by, WRITE)
    refuse_beyond(campaign, by)
    refuse_incomplete(campaign)
    if campaign._state.adding:
        campaign.made_by, campaign.made_at = by, at
        create_record(campaign, by=by, at=at)
        return
    held_draft(campaign)
    save_record(campaign, version=version, by=by, at=at)


def refuse_beyond(campaign: Campaign, by: "Staff") -> None:
    """Pass in silence if the unit of a campaign lies within reach.

    :raises UnableToCampaign: otherwise.
    """
    if not is_within(by, campaign):
        raise UnableToCampaign(_("This campaign belongs to a unit beyond your reach."), "unit")


def refuse_incomplete(campaign: Campaign) -> None:
    """Pass in silence if a campaign has what its form needs.

    :raises UnableToCampaign: otherwise, naming the input.
    """
    form = Form(campaign.form)
    if campaign.last_day < campaign.first_day:
        raise UnableToCampaign(_("It would end before it begins."), "last_day")
    if campaign.source == Source.GROUP and campaign.group is None:
        raise UnableToCampaign(_("Name the target group."), "group")
    if form in CALLING and not campaign.script.strip():
        raise UnableToCampaign(_("Write what is said on the telephone."), "script")
    if form in WRITING and not campaign.text.strip():
        raise UnableToCampaign(_("Write what the message says."), "text")
    if form == Form.EMAIL and not campaign.title.strip():
        raise UnableToCampaign(_("An e-mail needs a title."), "title")


def held_draft(campaign: Campaign) -> Campaign:
    """
    Return a campaign under lock that can still be changed.

    :raises UnableToCampaign: if it was proposed, released or removed meanwhile.
    """
    stored = Campaign.objects.select_for_update().get(pk=campaign.pk)
    if stored.removed_at:
        raise UnableToCampaign(_("This campaign was removed meanwhile."))
    if stored.state != State.DRAFT:
        raise UnableToCampaign(_("Only a draft is changed; this campaign was proposed already."))
    return stored


@transaction.atomic
def drop_campaign(*, campaign: Campaign, by: "Staff", at: datetime) -> None:
    """
    Remove a draft.

    :raises PermissionDenied: if the role may not.
    :raises UnableToCampaign: if it is no draft any more.
    """
    require(by, WRITE)
    refuse_beyond(campaign, by)
    remove_record(held_draft(campaign), by=by, at=at)


@transaction.atomic
def copy_campaign(*, campaign: Campaign, name: str, by: "Staff", at: datetime) -> Campaign:
    """
    Draft a campaign like another one, for the same length of time from today on.

    :raises PermissionDenied: if the role may not.
    :raises UnableToCampaign: if its unit lies beyond reach.
    """
    require(by, WRITE)
    refuse_beyond(campaign, by)
    names = (
        "purpose", "products", "form", "unit", "source", "group", "spread", "script", "replies",
        "title", "text", "sms_fen", "call_fen",
    )  # fmt: skip
    made = Campaign(**{each: getattr(campaign, each) for each in names})
    made.name, made.made_by, made.made_at = name[:80], by, at
    made.first_day = localdate(at)
    made.last_day = made.first_day + (campaign.last_day - campaign.first_day)
    return create_record(made, by=by, at=at)


@transaction.atomic
def pick_customers(*, campaign: Campaign, customers: Any, by: "Staff", at: datetime) -> int:
    """
    Add chosen customers within reach to a draft; returns how many are new.

    Who is on the list already stays; customers beyond the campaign's unit are left aside when it
    is released.

    :raises PermissionDenied: if the role may not.
    :raises UnableToCampaign: if it is no draft of a list, or would hold too many.
    """
    require(by, WRITE)
    refuse_beyond(campaign, by)
    stored = held_draft(campaign)
    if stored.source != Source.LIST:
        raise UnableToCampaign(_("This campaign takes its customers from a target group."))
    known = set(stored.rows.filter(removed_at__isnull=True).values_list("customer", flat=True))
    ordered = customers.select_related("unit", "manager").order_by("pk")
    chosen = list(ordered[: MOST_CUSTOMERS + 1])
    fresh = [each for each in chosen if each.pk not in known]
    refuse_number(len(known) + len(fresh))
    gone = set(stored.rows.values_list("customer", flat=True)) - known
    again = stored.rows.filter(customer__in=[each.pk for each in fresh if each.pk in gone])
    change_rows(again, values={"removed_at": None}, by=by, at=at)
    made = [
        CampaignRow(campaign=stored, customer=each, unit=each.unit, staff=each.manager)
        for each in fresh
        if each.pk not in gone
    ]
    create_records(made, by=by, at=at)
    return len(fresh)


def refuse_number(count: int) -> None:
    """Pass in silence if a campaign can hold so many customers.

    :raises UnableToCampaign: otherwise.
    """
    if count > MOST_CUSTOMERS:
        words = _(
            "%(count)s customers are more than the %(most)s of one campaign. Narrow it down."
        )
        raise UnableToCampaign(words % {"count": f"{count:,}", "most": f"{MOST_CUSTOMERS:,}"})


@transaction.atomic
def unpick_customer(*, row: CampaignRow, by: "Staff", at: datetime) -> None:
    """
    Take a customer off the list of a draft.

    :raises PermissionDenied: if the role may not.
    :raises UnableToCampaign: if it is no draft any more.
    """
    require(by, WRITE)
    refuse_beyond(row.campaign, by)
    held_draft(row.campaign)
    remove_record(row, by=by, at=at)
