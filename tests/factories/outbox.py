"""Messages to customers, and who wants none."""

from datetime import datetime
from types import SimpleNamespace
from typing import Any

from dakehu.cases.models import ReplyTemplate
from dakehu.outbox.models import Message, Refusal
from dakehu.outbox.operations import note_refusal, send_message
from dakehu.outbox.values import NewMessage

PHONE = "13612340077"


def message_to(customer: Any, **values: Any) -> NewMessage:
    """Return what is to be told to a customer."""
    told = {"way": "SMS", "purpose": "SERVICE", "text": "您的申告已受理。", "to": PHONE, **values}
    return NewMessage(customer=customer, **told)


def write(customer: Any, by: Any, *, at: datetime, **values: Any) -> Message:
    """Let somebody write to a customer."""
    return send_message(message=message_to(customer, **values), by=by, at=at)


def refuse(by: Any, *, at: datetime, to: str = "13612340088", purpose: str = "") -> Refusal:
    """Let somebody note a refusal."""
    return note_refusal(to=to, purpose=purpose, source="CALL", note="", by=by, at=at)


def make_outbox(people: Any, customer: Any, *, at: datetime) -> Any:
    """Make a message and a refusal in the reach of the manager."""
    return SimpleNamespace(
        message=write(customer, people.manager, at=at),
        refusal=refuse(people.manager, at=at),
        template=ReplyTemplate.objects.order_by("pk").first(),
    )
