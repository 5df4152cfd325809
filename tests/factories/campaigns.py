"""Campaigns, their lists, and calls."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from dakehu.campaigns.models import Campaign, CampaignRow
from dakehu.campaigns.operations import calling, drafting, releasing
from dakehu.campaigns.values import Called
from dakehu.customers.models import Customer

LAST_DAY = date(2099, 12, 31)
PHONES = ("13612340101", "13612340102", "13612340103", "13612340104", "13612340105")


def give_phones(*customers: Any) -> None:
    """Let customers have a number at which they can be called."""
    for customer, phone in zip(customers, PHONES, strict=False):
        Customer.objects.filter(pk=customer.pk).update(phone=phone)


def make_draft(by: Any, *customers: Any, at: datetime, **values: Any) -> Campaign:
    """Draft a campaign for chosen customers."""
    told = {
        "name": "专线提速",
        "form": "CALL",
        "source": "LIST",
        "unit": by.unit,
        "first_day": at.date(),
        "last_day": LAST_DAY,
        "script": "您好，专线可以免费提速一个月。",
        "replies": "价格太高\n已有其他运营商",
        "text": "专线免费提速一个月，回复1办理。",
        "title": "专线提速",
        **values,
    }
    campaign = Campaign(**told)
    drafting.keep_campaign(campaign=campaign, version=None, by=by, at=at)
    if customers:
        rows = Customer.objects.filter(pk__in=[each.pk for each in customers])
        drafting.pick_customers(campaign=campaign, customers=rows, by=by, at=at)
    return campaign


def make_proposed(people: Any, *customers: Any, at: datetime, **values: Any) -> Campaign:
    """Propose a campaign, as the supervisor."""
    campaign = make_draft(people.supervisor, *customers, at=at, **values)
    releasing.propose_campaign(campaign=campaign, by=people.supervisor, at=at)
    campaign.refresh_from_db()
    return campaign


def make_campaign(people: Any, *customers: Any, at: datetime, **values: Any) -> Campaign:
    """Let a campaign run: drafted by the supervisor, released by the administrator."""
    campaign = make_proposed(people, *customers, at=at, **values)
    releasing.release_campaign(campaign=campaign, by=people.administrator, at=at)
    campaign.refresh_from_db()
    return campaign


def row_of(campaign: Campaign, customer: Any) -> CampaignRow:
    """Return a customer's place on the list of a campaign."""
    return CampaignRow.objects.get(campaign=campaign, customer=customer)


def call(row: CampaignRow, by: Any, result: str, *, at: datetime, **told: Any) -> CampaignRow:
    """Record what a call brought."""
    return calling.record_call(row=row, called=Called(result, **told), by=by, at=at)


def make_campaigns(people: Any, customer: Any, *, at: datetime) -> Any:
    """Make a draft, a proposed campaign and one that runs, all about the manager's customer."""
    give_phones(customer)
    tomorrow = at + timedelta(days=1)
    running = make_campaign(people, customer, at=at)
    draft = make_draft(people.supervisor, customer, at=at, first_day=tomorrow.date())
    return SimpleNamespace(
        draft=draft,
        proposed=make_proposed(people, customer, at=at),
        running=running,
        picked=draft.rows.get(),
        row=running.rows.get(),
    )
