"""Telling once more what was told before; and trying out whether anybody listens."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from dakehu.audit.choices import ChangeVerb
from dakehu.audit.operations import record_change
from dakehu.hooks.choices import TEST, DeliveryState, SubscriptionState
from dakehu.hooks.errors import UnableToKeepSubscription
from dakehu.hooks.models import Delivery, Event, EventSubscription
from dakehu.hooks.operations.publishing import event_of
from dakehu.hooks.operations.sending import send_one
from dakehu.hooks.operations.spreading import delivery_of, is_within_reach
from dakehu.hooks.policies import MANAGE
from dakehu.hooks.values import Happened, Period
from dakehu.people.policies import require

if TYPE_CHECKING:
    from dakehu.people.models import Staff

MOST = 20_000


@transaction.atomic
def replay_event(*, delivery: Delivery, by: "Staff", at: datetime) -> None:
    """
    Tell a system of one event again, under the same number.

    :raises PermissionDenied: if ``by`` may not.
    :raises UnableToKeepSubscription: if it is on its way, or the subscription has ended.
    """
    require(by, MANAGE)
    refuse_ended(delivery.subscription)
    if not again(Delivery.objects.filter(pk=delivery.pk), at=at):
        raise UnableToKeepSubscription(_("This event is on its way already."))
    words = _("Event %(event)s sent again") % {"event": delivery.event.code}
    log(delivery.subscription, words, by=by, at=at)


@transaction.atomic
def replay_period(
    *, subscription: EventSubscription, period: Period, by: "Staff | None", at: datetime
) -> int:
    """
    Tell a system again of all that it wants and that happened in a period; return how much.

    What it never was told, because it subscribed later, is among it. What is on its way anyhow is
    not sent twice.

    :raises PermissionDenied: if ``by`` may not.
    :raises UnableToKeepSubscription: if the period is none, or holds too much, or the
        subscription has ended.
    """
    if by is not None:
        require(by, MANAGE)
    refuse_ended(subscription)
    if period.until <= period.since:
        raise UnableToKeepSubscription(_("The end lies before the beginning."), "until")
    rows = Event.objects.filter(
        at__gte=period.since, at__lt=period.until, kind__in=subscription.kinds
    )
    if rows.count() > MOST:
        words = _("That is more than %(most)s events. Choose a shorter period.")
        raise UnableToKeepSubscription(words % {"most": MOST}, "until")
    known = Delivery.objects.filter(
        subscription=subscription, event__in=rows.order_by().values("pk")
    )
    fresh = rows.exclude(pk__in=known.values("event")).order_by("pk").select_related("unit")
    told = [delivery_of(each, subscription, at=at) for each in fresh
            if is_within_reach(subscription, each)]  # fmt: skip
    count = again(known, at=at) + len(told)
    Delivery.objects.bulk_create(told, ignore_conflicts=True, batch_size=500)
    days = [f"{localtime(each):%Y-%m-%d %H:%M}" for each in (period.since, period.until)]
    words = _("%(count)s events from %(since)s to %(until)s sent again")
    told_words = words % {"count": count, "since": days[0], "until": days[1]}
    log(subscription, told_words, by=by, at=at)
    return count


def again(rows: QuerySet[Delivery], *, at: datetime) -> int:
    """Let deliveries that are over begin anew; return how many."""
    over = rows.filter(state__in=(DeliveryState.DONE, DeliveryState.DEAD))
    return over.update(
        state=DeliveryState.WAITING,
        tries=0,
        began_at=at,
        due_at=at,
        done_at=None,
        replays=F("replays") + 1,
    )


def log(subscription: EventSubscription, words: str, *, by: "Staff | None", at: datetime) -> None:
    """Keep on record that a subscription was told something again."""
    record_change(
        subject=subscription, verb=ChangeVerb.CHANGED, fields={}, by=by, at=at, reason=words
    )


def refuse_ended(subscription: EventSubscription) -> None:
    """Pass in silence if a subscription tells anybody.

    :raises UnableToKeepSubscription: otherwise.
    """
    if subscription.removed_at is not None:
        raise UnableToKeepSubscription(_("This subscription has ended."))
    if subscription.state == SubscriptionState.PROPOSED:
        raise UnableToKeepSubscription(
            _("A second person has to release this subscription first.")
        )


def send_test(*, subscription: EventSubscription, by: "Staff", at: datetime) -> Delivery:
    """
    Send a test event at once, paused or not, and return what came of it.

    :raises PermissionDenied: if ``by`` may not.
    :raises UnableToKeepSubscription: if the subscription has ended, or is not released.
    """
    require(by, MANAGE)
    refuse_ended(subscription)
    with transaction.atomic():
        told = Happened(TEST, "test", subscription.pk, "", 1, subscription.unit_id, at)
        event = event_of(told, {"text": "Dakehu"})
        event.spread_at = at
        event.save()
        delivery = delivery_of(event, subscription, at=at)
        delivery.state, delivery.claimed_at, delivery.due_at = DeliveryState.SENDING, at, None
        delivery.save()
    send_one(subscription, delivery, at=at)
    # Tried once; whoever pressed the button sees what came of it.
    Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.WAITING).update(
        state=DeliveryState.DEAD, due_at=None
    )
    delivery.refresh_from_db()
    return delivery
