"""What the pages of telling other systems show."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from dakehu.hooks.choices import (
    DELIVERY_TONES,
    KIND_LABELS,
    SUBSCRIPTION_TONES,
    DeliveryState,
    SubscriptionState,
)
from dakehu.hooks.policies import may_release
from dakehu.hooks.queries import deliveries_visible_to, url_of

if TYPE_CHECKING:
    from dakehu.people.models import Staff

SHOWN = 10


@dataclass(frozen=True)
class SubscriptionPage:
    """One subscription, how it goes, and what may be done with it."""

    subscription: Any
    tone: str
    kinds: list[str]
    deliveries: list[tuple[Any, str]]
    may_release: bool
    is_proposed: bool
    is_paused: bool
    is_active: bool
    former_until: datetime | None
    period: Any
    # A secret given a moment ago, shown this once.
    secret: str


def subscription_page(
    actor: "Staff", subscription: Any, *, period: Any, secret: str, at: datetime
) -> SubscriptionPage:
    """Gather one subscription that the actor may see."""
    rows = deliveries_visible_to(actor).filter(subscription=subscription)
    state = subscription.state
    former = subscription.former_until
    return SubscriptionPage(
        subscription=subscription,
        tone=SUBSCRIPTION_TONES[state],
        kinds=[str(KIND_LABELS.get(each, each)) for each in subscription.kinds],
        deliveries=[(each, DELIVERY_TONES[each.state]) for each in rows.order_by("-pk")[:SHOWN]],
        may_release=state == SubscriptionState.PROPOSED and may_release(actor, subscription),
        is_proposed=state == SubscriptionState.PROPOSED,
        is_paused=state == SubscriptionState.PAUSED,
        is_active=state == SubscriptionState.ACTIVE,
        former_until=former if former and former > at else None,
        period=period,
        secret=secret,
    )


@dataclass(frozen=True)
class DeliveryPage:
    """One event on its way to one system: what was sent, and every try."""

    delivery: Any
    tone: str
    attempts: list[Any]
    data: str
    url: str
    may_replay: bool


def delivery_page(delivery: Any) -> DeliveryPage:
    """Gather one delivery that the actor may see; names and numbers of people are not in it."""
    event = delivery.event
    is_over = delivery.state in (DeliveryState.DONE, DeliveryState.DEAD)
    return DeliveryPage(
        delivery=delivery,
        tone=DELIVERY_TONES[delivery.state],
        attempts=list(delivery.attempts.order_by("-pk")),
        data=json.dumps(event.data, ensure_ascii=False, indent=2, sort_keys=True),
        url=url_of(event.subject, event.subject_id),
        may_replay=is_over and delivery.subscription.removed_at is None,
    )
