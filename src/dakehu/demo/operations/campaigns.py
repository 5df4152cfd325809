"""Let the demonstration run campaigns: some called through, one ended, one to be released."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localdate

from dakehu.campaigns.errors import UnableToCampaign
from dakehu.campaigns.operations import calling, drafting, releasing, tending
from dakehu.campaigns.queries.reading import campaigns_visible_to, rows_visible_to
from dakehu.campaigns.values import Called
from dakehu.channels.choices import Activity, Channel
from dakehu.channels.queries import body_in_force
from dakehu.channels.values import Named
from dakehu.customers.queries import customers_visible_to
from dakehu.demo.rules.campaigns import BROUGHT, CUSTOMERS, OFFERED, UNCALLED_EVERY, Offered
from dakehu.demo.values import DemoBook
from dakehu.opportunities import operations as opportunities
from dakehu.opportunities.errors import UnableToKeepOpportunity
from dakehu.opportunities.values import NewContact
from dakehu.people.queries import staff_who_may

if TYPE_CHECKING:
    from dakehu.campaigns.models import Campaign
    from dakehu.people.models import Staff

AGAIN = timedelta(days=2)


def furnish_campaigns(*, book: DemoBook, administrator: "Staff", at: datetime) -> None:
    """Let the supervisor of a city draft campaigns, and the administrator release them; once."""
    if campaigns_visible_to(administrator).exists():
        return
    boss = staff_who_may("campaigns.write").filter(role="SUPERVISOR").order_by("pk").first()
    if boss is None:
        return
    product = next((code for code, each in body_in_force(on=localdate(at)).products.items()), "")
    rows = customers_visible_to(boss).filter(manager__isnull=False).order_by("-kind", "pk")
    keys = list(rows.values_list("pk", flat=True)[: CUSTOMERS * len(OFFERED)])
    for offered in OFFERED:
        # They overlap, so that the last ones leave out who was contacted often enough.
        chosen = keys[offered.first : offered.first + CUSTOMERS]
        customers = customers_visible_to(boss).filter(pk__in=chosen)
        begin(offered, customers, (boss, administrator), product, at=at)


def begin(
    offered: Offered, customers: Any, people: "tuple[Staff, Staff]", product: str, *, at: datetime
) -> None:
    """Let one campaign get as far as it is."""
    boss, second = people
    began = at - timedelta(days=offered.days_ago)
    campaign = drafting.new_campaign(
        name=offered.name,
        purpose=offered.purpose,
        form=offered.form,
        products=product,
        script=offered.script,
        replies=offered.replies,
        text=offered.text,
        title=offered.title,
        source="LIST",
        unit=boss.unit,
        first_day=localdate(began),
        last_day=localdate(began) + timedelta(days=offered.days),
    )
    drafting.keep_campaign(campaign=campaign, version=None, by=boss, at=began)
    drafting.pick_customers(campaign=campaign, customers=customers, by=boss, at=began)
    if offered.stage == "DRAFT":
        return
    try:
        releasing.propose_campaign(campaign=campaign, by=boss, at=began)
        if offered.stage == "PROPOSED":
            return
        releasing.release_campaign(campaign=campaign, by=second, at=began)
    except UnableToCampaign:
        return
    tending.send_waiting(at=began)
    call_through(campaign, second, at=began)
    tending.turn(at=at)


def call_through(campaign: "Campaign", administrator: "Staff", *, at: datetime) -> None:
    """Let most customers of a campaign be called, each by whoever looks after them."""
    rows = rows_visible_to(administrator).filter(campaign=campaign, state="OPEN").order_by("pk")
    offered = set(campaign.offered_replies)
    for place, row in enumerate(rows):
        caller = row.staff
        if place % UNCALLED_EVERY == UNCALLED_EVERY - 1 or caller is None:
            continue
        result, reply, note = BROUGHT[place % len(BROUGHT)]
        called = Called(
            result,
            reply if reply in offered else "",
            note,
            min(localdate(at + AGAIN), campaign.last_day) if result == "AGAIN" else None,
        )
        when = at + timedelta(hours=2, minutes=7 * place)
        try:
            calling.record_call(row=row, called=called, by=caller, at=when)
            if result == "INTERESTED" and caller.may("opportunities.create"):
                take_in(row, caller, campaign, at=when)
        except (UnableToCampaign, UnableToKeepOpportunity):
            continue


def take_in(row: Any, caller: "Staff", campaign: "Campaign", *, at: datetime) -> None:
    """Let an opportunity come of a call."""
    named = tuple(Named(code, Activity.OPEN) for code in campaign.codes)
    new = NewContact(
        channel=Channel.MANAGER,
        text=f"{campaign.name}：{row.note or campaign.purpose}",
        named=named,
        is_willing=True,
        customer=row.customer,
    )
    made = opportunities.take_in(new=new, by=caller, at=at).opportunity
    calling.link_opportunity(row=row, opportunity=made, by=caller, at=at)
