"""
Sending what waits: claimed first, handed over outside of any transaction, then recorded.

A sender that dies between the second and the third step leaves messages that are being sent. They
are taken up after a while, marked: they may arrive twice, and are never lost.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.timezone import localtime

from dakehu.audit.operations import save_record, save_records
from dakehu.outbox.choices import MessageState, Way
from dakehu.outbox.errors import Undelivered
from dakehu.outbox.models import Message
from dakehu.outbox.operations.gateways import Gateway, gateway_for
from dakehu.outbox.operations.writing import word_of_refusal
from dakehu.outbox.queries import due, hours
from dakehu.outbox.queries.contacts import plain
from dakehu.outbox.rules import LEASE, leaves_at, next_try
from dakehu.outbox.values import Letter

AT_MOST = 500


def send_due(*, at: datetime, most: int = AT_MOST) -> int:
    """Send what is due by every way that is set up; returns how many were tried."""
    tried = 0
    for way in Way:
        gateway = gateway_for(way)
        if gateway is None:
            continue
        left = most
        while left > 0:
            claimed = claim(way, min(gateway.at_once, left), at=at)
            if claimed is None:
                break
            left -= max(len(claimed), 1)
            tried += len(claimed)
            if claimed and not hand_over(gateway, claimed, at=at):
                break
    return tried


@transaction.atomic
def claim(way: str, count: int, *, at: datetime) -> list[Message] | None:
    """
    Mark the next messages as being sent, and return them; None if none are due.

    What was refused since it was written, or is too late in the day by now, is left out.
    """
    rows = list(due(way, at=at).select_for_update(skip_locked=True)[:count])
    if not rows:
        return None
    leaving = []
    for message in rows:
        earliest = leaves_at(message.purpose, hours(), localtime(at))
        if words := word_of_refusal(message, at=at):
            message.state, message.answer, message.due_at = MessageState.REFUSED, words, None
        elif earliest > at:
            message.due_at = earliest
        else:
            message.state, message.claimed_at = MessageState.SENDING, at
            message.tries += 1
            leaving.append(message)
    save_records(rows, by=None, at=at)
    return leaving


def hand_over(gateway: Gateway, messages: Sequence[Message], *, at: datetime) -> bool:
    """Hand messages over, and record what came of it; tell whether it is worth going on."""
    try:
        answer = gateway.take([letter_of(each) for each in messages], at=at)
    except Undelivered as refusal:
        for message in messages:
            failed(message, refusal, at=at)
        return refusal.is_final
    for message in messages:
        record(message, at=at, state=MessageState.SENT, sent_at=at, answer=answer[:300])
    return True


def letter_of(message: Message) -> Letter:
    """Return what a gateway needs of a message."""
    to = plain(message.phone) or plain(message.email)
    return Letter(message.pk, message.key, to, message.title, message.text, message.purpose)


def failed(message: Message, refusal: Undelivered, *, at: datetime) -> None:
    """Let a message be tried again later, or give it up."""
    again = None if refusal.is_final else next_try(message.tries, at)
    record(
        message,
        at=at,
        state=MessageState.QUEUED if again else MessageState.FAILED,
        due_at=again,
        answer=str(refusal)[:300],
        is_doubtful=message.is_doubtful or refusal.is_doubtful,
    )


@transaction.atomic
def record(message: Message, *, at: datetime, **values: Any) -> None:
    """Store what came of sending, unless somebody else took the message up meanwhile."""
    held = Message.objects.select_for_update().get(pk=message.pk)
    if (held.state, held.claimed_at) != (MessageState.SENDING, message.claimed_at):
        return
    for name, value in {"claimed_at": None, "due_at": None, **values}.items():
        setattr(held, name, value)
    save_record(held, by=None, at=at)


@transaction.atomic
def take_up_lost(*, at: datetime) -> int:
    """Let messages be sent anew whose sender died; they are marked, for they may arrive twice."""
    lost = Message.objects.select_for_update(skip_locked=True).filter(
        state=MessageState.SENDING, claimed_at__lt=at - LEASE
    )
    rows = list(lost[:AT_MOST])
    for message in rows:
        message.state, message.due_at, message.claimed_at = MessageState.QUEUED, at, None
        message.is_doubtful = True
    return save_records(rows, by=None, at=at) if rows else 0


def in_language(language: str, *, at: datetime) -> int:
    """Take up what was lost and send what is due, with words in the installation's language."""
    with translation.override(language):
        take_up_lost(at=at)
        return send_due(at=at)
