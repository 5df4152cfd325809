"""Whom a campaign would contact, and why others are left out: before and when it is frozen."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from dakehu.campaigns.choices import CAMPAIGN, WAY_OF, LeftOut, Source
from dakehu.campaigns.models import Campaign, CampaignRow
from dakehu.campaigns.policies import HANDLE
from dakehu.campaigns.rules import cost_of, sms_parts
from dakehu.campaigns.values import Judged, Preview
from dakehu.channels.queries import body_in_force
from dakehu.channels.queries.wording import names_of, product_name
from dakehu.outbox.choices import MessagePurpose
from dakehu.outbox.queries.contacts import barred, first_addresses, matter_of
from dakehu.people.queries import staff_who_may
from dakehu.targets.queries.groups import members_below
from dakehu.targets.queries.operands import units_below

PURPOSE = MessagePurpose.MARKETING.value


def picked_rows(campaign: Campaign) -> list[CampaignRow]:
    """Return the customers whom people chose for a campaign."""
    rows = campaign.rows.filter(removed_at__isnull=True)
    return list(rows.select_related("customer__person").order_by("pk"))


def candidates(campaign: Campaign) -> list[Any]:
    """Return the customers a campaign is meant for, whatever became of them since."""
    if campaign.source == Source.LIST:
        return [row.customer for row in picked_rows(campaign)]
    if campaign.group is None:
        return []
    members = members_below(campaign.group, units_below().get(campaign.unit_id, ()))
    return [member.customer for member in members.select_related("customer__person")]


def is_gone(customer: Any) -> bool:
    """Tell whether a customer has left or was merged into another."""
    return bool(customer.retained_at or customer.merged_into_id or customer.removed_at)


def judged(campaign: Campaign, *, at: datetime) -> list[Judged]:
    """Return every customer of a campaign with why they are not contacted, if so."""
    return list(judged_among(campaign, candidates(campaign), at=at))


def judged_among(campaign: Campaign, customers: list[Any], *, at: datetime) -> Iterator[Judged]:
    """Yield some customers of a campaign with why they are not contacted, if so."""
    way = WAY_OF[campaign.form]
    present = [each for each in customers if not is_gone(each)]
    bars = barred(present, way, PURPOSE, {}, at=at)
    addresses = first_addresses(present, way)
    seen: set[str] = set()
    for each in customers:
        reason = words = ""
        address = addresses.get(each.pk, "")
        if is_gone(each):
            reason = LeftOut.GONE.value
        elif each.pk in bars:
            reason, words = bars[each.pk].reason, bars[each.pk].words
        elif address in seen:
            reason = LeftOut.DOUBLE.value
        else:
            seen.add(address)
        yield Judged(each.pk, each.unit_id, each.manager_id, reason, words)


def preview_of(campaign: Campaign, found: list[Judged]) -> Preview:
    """Return how many customers a campaign reaches, and what that costs."""
    reached = sum(1 for each in found if not each.reason)
    parts = sms_parts(campaign.text)
    return Preview(
        found=len(found),
        reached=reached,
        left_out=dict(Counter(each.reason for each in found if each.reason)),
        parts=parts,
        cost_fen=cost_of(
            campaign.form,
            reached,
            parts=parts,
            sms_fen=campaign.sms_fen,
            call_fen=campaign.call_fen,
        ),
    )


def bar_of(row: CampaignRow, *, at: datetime) -> tuple[str, str]:
    """Return why a customer may not be contacted at this moment: reason and words, or nothing."""
    if is_gone(row.customer):
        return LeftOut.GONE.value, ""
    way = WAY_OF[row.campaign.form]
    matters = {row.customer_id: matter_of(CAMPAIGN, row.pk)}
    bar = barred([row.customer], way, PURPOSE, matters, at=at).get(row.customer_id)
    return (bar.reason, bar.words) if bar else ("", "")


def team_of(campaign: Campaign) -> list[int]:
    """Return who calls in a unit: its telephone managers, else its account managers."""
    below = units_below().get(campaign.unit_id, ())
    able = list(staff_who_may(HANDLE).filter(unit__in=below).values_list("pk", "role"))
    for role in ("TELEPHONE_MANAGER", "ACCOUNT_MANAGER"):
        if found := [pk for pk, held in able if held == role]:
            return found
    return []


def products_on_offer(*, on: date) -> list[tuple[str, str]]:
    """Return the products that can be chosen: code and name."""
    body = body_in_force(on=on)
    return [
        (each.code, product_name(each)) for each in body.products.values() if not each.is_retired
    ]


def product_names(campaign: Campaign, *, on: date) -> str:
    """Return the names of a campaign's products in a row."""
    return names_of(body_in_force(on=on), campaign.codes)
