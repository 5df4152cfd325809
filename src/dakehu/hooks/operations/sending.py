"""
Delivering what waits: claimed first, handed over outside of any transaction, then recorded.

A sender that dies between the second and the third step leaves deliveries that are being sent;
they are taken up after a while. So an event may arrive twice, with the same number, and is never
lost. Of one object nothing is sent while something earlier of it is on its way.
"""

from datetime import datetime
from time import monotonic
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dakehu.audit.operations import save_record
from dakehu.common.posting import Address, Answer, Trouble, Unanswered, post
from dakehu.hooks.choices import FAILING, UNDELIVERED, DeliveryState, SubscriptionState
from dakehu.hooks.models import Attempt, Delivery, Event, EventSubscription, Pulse
from dakehu.hooks.queries import people_behind
from dakehu.hooks.rules import (
    GIVE_UP,
    GONE,
    KEPT,
    LEASE,
    body_of,
    headers_for,
    is_taken,
    may_reach,
    next_try,
    rest_after,
    secret_for,
    sees_people,
    stops_telling,
)
from dakehu.worklist.choices import Urgency
from dakehu.worklist.operations import ask_now
from dakehu.worklist.values import Ask

SECONDS = 10.0
"""How long another system has to answer."""
AT_ONCE = 10
"""How many deliveries are claimed together: all of them late end well before the lease."""
BATCH = 500
TROUBLES = {
    Trouble.UNKNOWN: gettext_lazy("The name of the host is not known."),
    Trouble.FORBIDDEN: gettext_lazy("The host is at an address that events may not go to."),
    Trouble.REFUSED: gettext_lazy("Nobody listens at the address."),
    Trouble.UNTRUSTED: gettext_lazy("The certificate of the host is not trusted."),
    Trouble.LATE: gettext_lazy("There was no answer in time."),
    Trouble.BROKEN: gettext_lazy("The connection broke off."),
}


def deliver_due(*, at: datetime, seconds: float = 20.0) -> int:
    """Deliver what is due, in the order of each object, for some seconds; return how much."""
    until, sent = monotonic() + seconds, 0
    is_going = True
    while is_going and monotonic() < until:
        is_going = False
        for subscription in ready(at=at):
            claimed = claim(subscription, at=at)
            is_going = is_going or bool(claimed)
            sent += send_all(subscription, claimed, at=at)
            if monotonic() >= until:
                break
    return sent


def ready(*, at: datetime) -> list[EventSubscription]:
    """Return the subscriptions for which something is due, and which do not rest."""
    rests = Q(pulse__rests_until__gt=at)
    due = Delivery.objects.filter(
        subscription=OuterRef("pk"), state=DeliveryState.WAITING, due_at__lte=at
    )
    rows = EventSubscription.objects.filter(~rests, Exists(due), removed_at=None)
    return list(rows.filter(state=SubscriptionState.ACTIVE).order_by("pk"))


def next_due(subscription: EventSubscription, *, at: datetime) -> QuerySet[Delivery]:
    """Return what is due of a subscription: of every object the earliest alone."""
    earlier = Delivery.objects.filter(
        subscription=OuterRef("subscription"),
        subject=OuterRef("subject"),
        subject_id=OuterRef("subject_id"),
        event__lt=OuterRef("event"),
        state__in=UNDELIVERED,
    )
    rows = Delivery.objects.filter(
        ~Exists(earlier),
        subscription=subscription,
        state=DeliveryState.WAITING,
        due_at__lte=at,
    )
    return rows.order_by("event")


@transaction.atomic
def claim(subscription: EventSubscription, *, at: datetime, most: int = AT_ONCE) -> list[Delivery]:
    """Mark the next deliveries of a subscription as being sent, and return them."""
    rows = next_due(subscription, at=at).select_for_update(of=("self",), skip_locked=True)
    claimed = list(rows.select_related("event")[:most])
    for delivery in claimed:
        delivery.state, delivery.claimed_at = DeliveryState.SENDING, at
    Delivery.objects.bulk_update(claimed, ["state", "claimed_at"])
    return claimed


def send_all(subscription: EventSubscription, claimed: list[Delivery], *, at: datetime) -> int:
    """Send what was claimed; as soon as nobody answers, the rest goes on waiting."""
    for place, delivery in enumerate(claimed, start=1):
        if not send_one(subscription, delivery, at=at):
            left = [each.pk for each in claimed[place:]]
            rest = Delivery.objects.filter(pk__in=left, claimed_at=at)
            rest.filter(state=DeliveryState.SENDING).update(
                state=DeliveryState.WAITING, claimed_at=None
            )
            return place
    return len(claimed)


def send_one(subscription: EventSubscription, delivery: Delivery, *, at: datetime) -> bool:
    """Send one delivery and record what came of it; tell whether anybody answered."""
    try:
        answer = handed_over(subscription, delivery.event, at=at)
    except Unanswered as refusal:
        words = str(TROUBLES[refusal.trouble])
        failed(delivery, None, words, milliseconds=None, at=at)
        return False
    if is_taken(answer.status):
        taken(delivery, answer, at=at)
    else:
        failed(delivery, answer.status, answer.text, milliseconds=answer.milliseconds, at=at)
    return answer.status != GONE


def handed_over(subscription: EventSubscription, event: Event, *, at: datetime) -> Answer:
    """
    Hand an event over to a system.

    :raises Unanswered: if nobody answered.
    """
    is_plain = subscription.url.startswith("http:")

    def is_allowed(address: Address) -> bool:
        return may_reach(address, settings.HOOK_NETWORKS, is_plain=is_plain)

    body = body_for(subscription, event)
    headers = headers_for(event.code, at, body, secrets_of(subscription, at=at))
    return post(subscription.url, body, headers, is_allowed=is_allowed, seconds=SECONDS)


def secrets_of(subscription: EventSubscription, *, at: datetime) -> list[str]:
    """Return the secrets that sign now: the present one, and the former while it is honoured."""
    editions = [subscription.edition]
    if subscription.former_until is not None and at < subscription.former_until:
        editions.append(subscription.edition - 1)
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return [secret_for(key, subscription.code, each) for each in editions for key in keys]


def body_for(subscription: EventSubscription, event: Event) -> bytes:
    """Return what a system is told of an event, as far as it may know."""
    known = {
        "object": event.subject,
        "number": event.number,
        "version": event.object_version,
        "unit": event.unit.code,
    }
    data = {**event.data, **known}
    if subscription.with_people:
        people = people_behind(event.subject, event.subject_id)
        if people is not None and sees_people(
            with_people=True, is_partner=subscription.is_partner, is_key=people.is_key
        ):
            data["people"] = dict(people.told)
    return body_of(event.kind, event.at, data)


@transaction.atomic
def taken(delivery: Delivery, answer: Answer, *, at: datetime) -> None:
    """Record that a system took an event."""
    note(delivery, answer.status, answer.text, answer.milliseconds, at=at, is_taken=True)
    record(delivery, at, state=DeliveryState.DONE, due_at=None, done_at=at)
    values: dict[str, Any] = {"failing_since": None, "failures": 0, "rests_until": None}
    Pulse.objects.filter(subscription=delivery.subscription_id).update(taken_at=at, **values)


@transaction.atomic
def failed(
    delivery: Delivery, status: int | None, words: str, *, milliseconds: int | None, at: datetime
) -> None:
    """Record that a system did not take an event: later again, or given up."""
    note(delivery, status, words, milliseconds, at=at, is_taken=False)
    again = next_try(delivery.tries + 1, delivery.began_at, at)
    state = DeliveryState.WAITING if again else DeliveryState.DEAD
    record(delivery, at, state=state, due_at=again)
    pulse = Pulse.objects.select_for_update().get(subscription=delivery.subscription_id)
    pulse.failures += 1
    pulse.failing_since = pulse.failing_since or at
    if status is None:
        pulse.rests_until = at + rest_after(pulse.failures)
    pulse.save()
    if status == GONE or stops_telling(pulse.failing_since, at):
        stop_telling(delivery.subscription_id, at=at)


def note(
    delivery: Delivery,
    status: int | None,
    words: str,
    milliseconds: int | None,
    *,
    at: datetime,
    is_taken: bool,
) -> None:
    """Add one try to the log of a delivery."""
    # A database holds no such character.
    delivery.status, delivery.answer = status, words.replace("\x00", "")[:300]
    Attempt.objects.create(
        delivery=delivery,
        at=at,
        milliseconds=milliseconds,
        status=status,
        answer=delivery.answer,
        is_taken=is_taken,
    )


def record(delivery: Delivery, at: datetime, **values: Any) -> None:
    """Store what came of sending, unless somebody else took the delivery up meanwhile."""
    mine = Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.SENDING, claimed_at=at)
    mine.update(
        claimed_at=None,
        tries=delivery.tries + 1,
        status=delivery.status,
        answer=delivery.answer,
        **values,
    )


def stop_telling(pk: int, *, at: datetime) -> None:
    """Pause a subscription that nobody answers, and ask whoever keeps it to look."""
    stored = EventSubscription.objects.select_for_update().get(pk=pk)
    if stored.state != SubscriptionState.ACTIVE:
        return
    stored.state = SubscriptionState.PAUSED
    reason = _("No event was taken for too long, or the system said that it is gone.")
    save_record(stored, by=None, at=at, reason=reason)
    ask = Ask(
        source_id=stored.pk,
        facts={"name": stored.name},
        customer_id=None,
        owner_id=stored.owner_id,
        unit_id=stored.unit_id,
        urgency=Urgency.HIGH,
        due_date=localdate(at),
    )
    ask_now(source=FAILING, ask=ask, at=at)


def take_up_lost(*, at: datetime) -> int:
    """Let deliveries be sent anew whose sender died."""
    lost = Delivery.objects.filter(state=DeliveryState.SENDING, claimed_at__lt=at - LEASE)
    return lost.update(state=DeliveryState.WAITING, claimed_at=None, due_at=at)


def give_up_old(*, at: datetime) -> int:
    """Give up what waited too long, be it for a system that is paused."""
    old = Delivery.objects.filter(state=DeliveryState.WAITING, began_at__lt=at - GIVE_UP)
    return old.update(state=DeliveryState.DEAD, due_at=None)


def forget_old(*, at: datetime) -> int:
    """Forget events that are too old to be replayed, with their deliveries; some at a time."""
    # Whoever is asked again for an old event keeps it until it is delivered or given up.
    old = Event.objects.filter(at__lt=at - KEPT).exclude(deliveries__state__in=UNDELIVERED)
    keys = list(old.order_by("at").values_list("pk", flat=True)[:BATCH])
    return Event.objects.filter(pk__in=keys).delete()[0]
