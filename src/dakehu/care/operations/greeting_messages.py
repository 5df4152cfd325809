"""Greetings that are messages, sent through the outbox on their day (C9, G1)."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dakehu.audit.operations import save_record
from dakehu.care.choices import GREET, GreetingResult, GreetingState
from dakehu.care.errors import UnableToGreet
from dakehu.care.models import Greeting
from dakehu.care.policies import WRITE
from dakehu.care.queries.greetings import address_for, unwanted_by, way_of
from dakehu.outbox.choices import MessagePurpose
from dakehu.outbox.errors import UnableToSend
from dakehu.outbox.operations import send_message
from dakehu.outbox.values import NewMessage
from dakehu.people.policies import require
from dakehu.worklist.operations import finish_todo

if TYPE_CHECKING:
    from dakehu.people.models import Staff

LONGEST_NOTE = 300


@transaction.atomic
def send_greeting(*, greeting: Greeting, by: "Staff | None", at: datetime) -> Any:
    """
    Send an approved greeting by SMS or e-mail; it is done with that. Returns the message.

    ``by`` is None where it leaves by itself on its day.

    :raises PermissionDenied: if ``by`` may not.
    :raises UnableToGreet: if it is no message, not approved, sent already, not of today, or the
        customer cannot be reached so, or wants none.
    """
    if by is not None:
        require(by, WRITE)
    Greeting.objects.select_for_update().get(pk=greeting.pk)
    stored = Greeting.objects.select_related("customer", "contact", "staff").get(pk=greeting.pk)
    refuse_unready(stored, at=at)
    message = NewMessage(
        way=way_of(stored),
        purpose=MessagePurpose.CARE,
        text=stored.text,
        to=address_for(stored),
        customer=stored.customer,
        title=stored.title,
        source=GREET,
        source_id=stored.pk,
    )
    try:
        kept = send_message(message=message, by=by, owner=stored.staff, at=at)
    except UnableToSend as refusal:
        raise UnableToGreet(str(refusal)) from refusal
    stored.state, stored.result = GreetingState.DONE, GreetingResult.NOTED
    if by is not None:
        stored.recorded_by, stored.recorded_at = by, at
    save_record(stored, by=by, at=at)
    finish_todo(source=GREET, source_id=stored.pk, by=by, at=at)
    return kept


def refuse_unready(greeting: Greeting, *, at: datetime) -> None:
    """Pass in silence if a greeting can leave now as a message.

    :raises UnableToGreet: otherwise, in words.
    """
    if not way_of(greeting):
        raise UnableToGreet(_("Its form is no message. Greet, then record it."))
    if greeting.state != GreetingState.APPROVED:
        raise UnableToGreet(_("Only an approved greeting is sent, and once."))
    if localdate(at) != greeting.day:
        raise UnableToGreet(_("A greeting is sent on its day."))
    if unwanted_by([greeting.customer_id]):
        raise UnableToGreet(_("This customer wants no greetings."))
    if not address_for(greeting):
        raise UnableToGreet(_("No number or address is known to which it could be sent."))


def send_todays(*, at: datetime) -> int:
    """
    Send what is approved for today as a message; returns how many left.

    What cannot leave says why, once, and stays with the customer's manager, whose to-do is open.
    """
    rows = Greeting.objects.filter(
        state=GreetingState.APPROVED, day=localdate(at), note="", removed_at__isnull=True
    )
    count = 0
    for greeting in rows.order_by("pk"):
        if not way_of(greeting):
            continue
        try:
            send_greeting(greeting=greeting, by=None, at=at)
        except UnableToGreet as refusal:
            tell_why(greeting, str(refusal), at=at)
        else:
            count += 1
    return count


@transaction.atomic
def tell_why(greeting: Greeting, words: str, *, at: datetime) -> None:
    """Note on a greeting why it did not leave by itself."""
    stored = Greeting.objects.select_for_update().get(pk=greeting.pk)
    if stored.state == GreetingState.APPROVED:
        stored.note = words[:LONGEST_NOTE]
        save_record(stored, by=None, at=at)
