"""One obligation, provision, trial, reward and launch of a customer."""

from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass
class Owed:
    """What the addresses of obligations are about."""

    obligation: Any
    provision: Any
    trial: Any
    launch: Any
    reward: Any


def make_owed(people: Any, customer: Any) -> Owed:
    """Owe the customer visits, provide a station, let it try something; a launch of the city."""
    from dakehu.obligations.models import Launch, Obligation, Provision, Reward, Trial

    start, end = date(2026, 1, 1), date(2099, 1, 1)
    return Owed(
        Obligation.objects.create(
            customer=customer, service="O5", scheme="it-service", cycle="YEAR", starts_on=start,
            ends_on=end, since=start, required=4, goal=4, next_on=start, source="O5 VIP v1",
        ),
        Provision.objects.create(customer=customer, service="C5", mode="FIXED", starts_on=start),
        Trial.objects.create(
            customer=customer, product="云视讯", starts_on=start, ends_on=date(2026, 3, 1),
            source="C6 A1 v1", entered_by=people.manager,
        ),
        Launch.objects.create(
            title="专线优惠", launches_on=date(2026, 3, 9), unit=people.units.headquarters,
            days_before=3, entered_by=people.administrator,
        ),
        Reward.objects.create(
            customer=customer, occasion="LOYALTY", what="图书卡", worth_fen=20000,
            reason="在网十年", proposed_by=people.manager, proposed_on=start,
        ),
    )  # fmt: skip
