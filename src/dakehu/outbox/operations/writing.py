"""Putting a message into the outbox, taking it back, and sending it once more."""

import secrets
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from dakehu.audit.operations import create_record, save_record
from dakehu.outbox.choices import MessagePurpose, MessageState, Way
from dakehu.outbox.errors import UnableToSend
from dakehu.outbox.models import Message
from dakehu.outbox.policies import WRITE
from dakehu.outbox.queries import hours, refusal_of
from dakehu.outbox.queries.contacts import (
    limit_words,
    matter_of,
    over_by_address,
    over_limit,
    plain,
    refusal_words,
)
from dakehu.outbox.rules import leaves_at, mail_in, phone_in
from dakehu.outbox.values import NewMessage, TooMany, Wanted
from dakehu.people.policies import require

if TYPE_CHECKING:
    from dakehu.people.models import Staff


@transaction.atomic
def send_message(
    *, message: NewMessage, by: "Staff | None", at: datetime, owner: "Staff | None" = None
) -> Message:
    """
    Keep a message that is to leave as soon as it may; it leaves once the transaction is over.

    ``by`` is None for what the system sends by itself, for the customers of ``owner``.

    :raises PermissionDenied: if ``by`` may not.
    :raises UnableToSend: if the address is none, there are no words, or the refusal list or the
        frequency limit forbids it.
    """
    if by is not None:
        require(by, WRITE)
    kept = placed(message, by or owner, at=at)
    kept.asked_by = by
    if words := word_of_refusal(kept, at=at):
        raise UnableToSend(words, "to")
    return create_record(kept, by=by, at=at)


def placed(message: NewMessage, by: "Staff | None", *, at: datetime) -> Message:
    """
    Return a message that is not stored yet.

    :raises UnableToSend: if the address is none, or there are no words.
    """
    is_sms = message.way == Way.SMS
    to = phone_in(message.to) if is_sms else mail_in(message.to)
    if not to:
        words = _("This is no telephone number.") if is_sms else _("This is no e-mail address.")
        raise UnableToSend(words, "to")
    if not message.text.strip():
        raise UnableToSend(_("Write what the customer is to read."), "text")
    customer = message.customer
    staff = customer.manager if customer and customer.manager else by
    unit = customer.unit if customer else by.unit if by else None
    if unit is None:
        raise UnableToSend(_("Name the customer, or whoever writes."))
    return Message(
        customer=customer,
        staff=staff,
        unit=unit,
        way=message.way,
        purpose=message.purpose,
        phone=to if is_sms else "",
        email="" if is_sms else to,
        title="" if is_sms else message.title.strip() or message.text.strip()[:60],
        text=message.text.strip(),
        source=message.source,
        source_id=message.source_id,
        key=secrets.token_hex(16),
        asked_at=at,
        due_at=leaves_at(message.purpose, hours(), localtime(at)),
    )


def word_of_refusal(message: Message, *, at: datetime) -> str:
    """Say why a message must not leave: who refused it, or what was too many; empty if it may."""
    refusal = refusal_of(
        phone=plain(message.phone), email=plain(message.email), purpose=message.purpose
    )
    if refusal is not None:
        return refusal_words(refusal)
    verdict = too_often(message, at=at)
    return limit_words(verdict, message.purpose) if verdict else ""


def too_often(message: Message, *, at: datetime) -> TooMany | None:
    """Return by which number a message is one too many; None if it may leave."""
    if message.purpose == MessagePurpose.SERVICE:
        return None
    if message.customer_id is None:
        return over_by_address(message, at=at)
    matter = matter_of(message.source, message.source_id) if message.source else ""
    wanted = Wanted(message.customer_id, message.purpose, matter)
    return over_limit([wanted], at=at, before=message.pk).get(message.customer_id)


@transaction.atomic
def withdraw_message(*, message: Message, by: "Staff", at: datetime) -> None:
    """
    Take back a message that has not left.

    :raises PermissionDenied: if ``by`` may not.
    :raises UnableToSend: if it is on its way, or over.
    """
    require(by, WRITE)
    held = Message.objects.select_for_update().get(pk=message.pk)
    if held.state not in (MessageState.QUEUED, MessageState.FAILED):
        raise UnableToSend(_("This message has left already, or is over. Look again."))
    held.state, held.due_at = MessageState.WITHDRAWN, None
    save_record(held, by=by, at=at)


@transaction.atomic
def try_again(*, message: Message, by: "Staff", at: datetime) -> None:
    """
    Send a message once more that was given up.

    :raises PermissionDenied: if ``by`` may not.
    :raises UnableToSend: if it was not given up, or may not be sent any more.
    """
    require(by, WRITE)
    held = Message.objects.select_for_update().get(pk=message.pk)
    if held.state != MessageState.FAILED:
        raise UnableToSend(_("Only a message that could not be sent is sent once more."))
    if words := word_of_refusal(held, at=at):
        raise UnableToSend(words)
    held.state, held.tries, held.answer = MessageState.QUEUED, 0, ""
    held.due_at = leaves_at(held.purpose, hours(), localtime(at))
    save_record(held, by=by, at=at)
