"""From what happened to what is to be delivered to whom."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from dakehu.hooks.models import Delivery, Event, EventSubscription

AT_ONCE = 500


@transaction.atomic
def spread(*, at: datetime, most: int = AT_ONCE) -> int:
    """
    Hand new events to the deliveries of all who want them; return how many events that were.

    Two at once wait for each other, so that no event of an object overtakes an earlier one.
    """
    new = Event.objects.select_for_update(of=("self",)).filter(spread_at=None)
    events = list(new.order_by("pk").select_related("unit")[:most])
    if events:
        wanted = EventSubscription.objects.filter(removed_at=None).select_related("unit")
        told = deliveries_for(events, list(wanted), at=at)
        Delivery.objects.bulk_create(told, ignore_conflicts=True, batch_size=500)
        Event.objects.filter(pk__in=[each.pk for each in events]).update(spread_at=at)
    return len(events)


def deliveries_for(
    events: Iterable[Event], subscriptions: Iterable[EventSubscription], *, at: datetime
) -> list[Delivery]:
    """Return the deliveries of events to those who want them and reach so far."""
    known = list(subscriptions)
    return [
        delivery_of(event, each, at=at) for event in events for each in known if wants(each, event)
    ]


def wants(subscription: EventSubscription, event: Event) -> bool:
    """Tell whether a system is told of an event: its kind, its unit, and since when."""
    return (
        event.kind in subscription.kinds
        and event.at >= subscription.since_at
        and is_within_reach(subscription, event)
    )


def is_within_reach(subscription: EventSubscription, event: Event) -> bool:
    """Tell whether an event happened in the unit of a subscription, or below."""
    top = subscription.unit.path
    return bool(top) and (event.unit.path or "").startswith(str(top))


def delivery_of(event: Event, subscription: EventSubscription, *, at: datetime) -> Delivery:
    """Return a delivery that is not stored yet."""
    return Delivery(
        subscription=subscription,
        event=event,
        subject=event.subject,
        subject_id=event.subject_id,
        began_at=at,
        due_at=at,
    )
