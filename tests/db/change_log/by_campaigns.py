"""What people write about campaigns, and what happens by itself."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.test import override_settings
from tests.db.change_log.scenarios import fresh, scenario
from tests.factories.campaigns import call, give_phones, make_campaign, make_draft, row_of
from tests.factories.outbox import refuse

from dakehu.campaigns.operations import calling, drafting, releasing, tending
from dakehu.customers.models import Customer
from dakehu.outbox.operations import send_due


@scenario(
    "form",
    "campaigns.campaign",
    "campaigns.campaignrow",
    "outbox.message",
    "outbox.refusal",
    "worklist.todo",
)
def a_campaign_is_drafted_released_written_called_and_stopped(w: Any) -> Iterator[None]:
    own, group, at = w.customers.own, w.customers.group, w.at
    how: Any = {"by": w.people.supervisor, "at": at}
    give_phones(own, group)
    yield
    campaign = make_draft(w.people.supervisor, own, group, at=at, form="SMS_CALL")
    drafting.unpick_customer(row=row_of(campaign, own), **how)
    yield
    rows = Customer.objects.filter(pk=own.pk)
    drafting.pick_customers(campaign=campaign, customers=rows, **how)
    copied = drafting.copy_campaign(campaign=campaign, name="再来一次", **how)
    drafting.drop_campaign(campaign=copied, **how)
    yield
    releasing.propose_campaign(campaign=campaign, **how)
    releasing.give_back_campaign(campaign=fresh(campaign), reason="太多", **how)
    releasing.propose_campaign(campaign=fresh(campaign), **how)
    yield
    refuse(w.people.manager, at=at, to="13612340102")
    releasing.release_campaign(campaign=fresh(campaign), by=w.people.administrator, at=at)
    yield
    tending.tend(at=at)
    yield
    with override_settings(SMS_URL=str(w.home)):
        send_due(at=at)
    yield
    row = calling.next_call(campaign=fresh(campaign), by=w.people.manager, at=at)
    call(row, w.people.manager, "AGAIN", at=at, again_on=at.date())
    yield
    call(row_of(campaign, own), w.people.manager, "REFUSED", at=at)
    yield
    releasing.stop_campaign(
        campaign=fresh(campaign), reason="结束", by=w.people.administrator, at=at
    )
    yield
    give_phones(own)
    other = make_campaign(
        w.people, w.customers.colleagues, at=at, last_day=(at + timedelta(days=1)).date()
    )
    tending.tend(at=at + timedelta(days=3))
    assert fresh(other).state == "ENDED"
