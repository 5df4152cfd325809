"""Messages for those who may see them, and what sending one needs to know (G5)."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import Http404
from django.urls import reverse

from dakehu.common.links import Leaf, leaf_of, token_for
from dakehu.outbox.choices import MessageState, Way
from dakehu.outbox.models import Message, Refusal
from dakehu.outbox.policies import VIEW
from dakehu.outbox.values import Hours
from dakehu.people.policies import reach
from dakehu.ui.progress import edition_of

if TYPE_CHECKING:
    from dakehu.people.models import Staff

LINK_DAYS = 30


def messages_visible_to(actor: "Staff") -> QuerySet[Message]:
    """Return the messages within the actor's reach."""
    if not actor.may(VIEW):
        return Message.objects.none()
    within = reach(actor, unit="unit", owner="staff", customer="customer")
    if within:
        within |= Q(asked_by=actor.pk)
    found = Message.objects.filter(within, removed_at__isnull=True)
    return found.select_related("customer", "asked_by", "unit")


def get_message(actor: "Staff", pk: int) -> Message:
    """
    Return one message.

    :raises Http404: if there is none with that number within the actor's reach.
    """
    found: Message | None = messages_visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def messages_about(actor: "Staff", *, source: str, pk: int) -> QuerySet[Message]:
    """Return the messages that belong to something, the newest first."""
    return messages_visible_to(actor).filter(source=source, source_id=pk).order_by("-pk")


def refusals_visible_to(actor: "Staff") -> QuerySet[Refusal]:
    """Return who wants no messages; everybody has to respect it, so everybody sees all of it."""
    if not actor.may(VIEW):
        return Refusal.objects.none()
    return Refusal.objects.filter(removed_at__isnull=True).select_related("noted_by")


def get_refusal(actor: "Staff", pk: int) -> Refusal:
    """
    Return one refusal.

    :raises Http404: if there is none.
    """
    found: Refusal | None = refusals_visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def refusal_of(*, phone: str, email: str, purpose: str) -> Refusal | None:
    """Return the refusal that forbids a message of a purpose, if there is one."""
    rows = Refusal.objects.filter(phone=phone, email=email, removed_at__isnull=True)
    return rows.filter(purpose__in=("", purpose)).order_by("purpose").first()


def hours() -> Hours:
    """Return between which hours messages leave that nobody asked for."""
    return Hours(settings.MESSAGE_FIRST_HOUR, settings.MESSAGE_LAST_HOUR)


def due(way: str, *, at: datetime) -> QuerySet[Message]:
    """Return what is to be sent, in order."""
    rows = Message.objects.filter(way=way, state=MessageState.QUEUED, due_at__lte=at)
    return rows.order_by("due_at", "pk")


def waiting_ways() -> Collection[str]:
    """Return the ways by which messages wait although nothing is set up to send them."""
    missing = [way for way in Way if not is_set_up(way)]
    rows = Message.objects.filter(state=MessageState.QUEUED, way__in=missing)
    return sorted(set(rows.order_by().values_list("way", flat=True).distinct()))


def is_set_up(way: str) -> bool:
    """Tell whether the installation can send by a way."""
    return bool(settings.SMS_URL if way == Way.SMS else settings.MAIL_FROM)


def addresses_of(customer: Any) -> list[tuple[str, str, Any, str]]:
    """
    Return where a customer can be written to: a name for the choice, the way, the address, whose.

    The customer comes from a query that applied the actor's reach.
    """
    found = [("own-phone", Way.SMS.value, customer.phone, str(customer))]
    person = getattr(customer, "person", None)
    if person is not None:
        found.append(("own-email", Way.EMAIL.value, person.email, str(customer)))
    for each in customer.contacts.filter(removed_at__isnull=True).order_by("-is_primary", "pk"):
        found.append((f"{each.pk}-phone", Way.SMS.value, each.phone, each.name))
        found.append((f"{each.pk}-email", Way.EMAIL.value, each.email, each.name))
    return [one for one in found if one[2]]


def link_for(
    subject: str, pk: int, *, on: date, days: int = LINK_DAYS, page: str = "outbox:progress"
) -> str:
    """
    Return the address by which a customer opens something without a log-in, good for some days.

    Empty while the installation does not know by which address customers reach it.
    """
    if not settings.PUBLIC_URL:
        return ""
    return settings.PUBLIC_URL + reverse(page, args=[token_of(subject, pk, on=on, days=days)])


def token_of(subject: str, pk: int, *, on: date, days: int = LINK_DAYS) -> str:
    """Return the part of a link that opens something."""
    leaf = Leaf(subject, pk, on + timedelta(days=days))
    return token_for(leaf, settings.SECRET_KEY, edition=edition_of(subject, pk))


def opened_by(token: str) -> Leaf | None:
    """Return what a link opens, whatever the day; None if it was not made here, or for others."""
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return leaf_of(token, secrets, lambda leaf: edition_of(leaf.subject, leaf.pk))
