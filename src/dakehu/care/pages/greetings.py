"""What the page of a greeting shows (C9)."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from dakehu.care.choices import GREET, GREETING_TONES, GreetingState
from dakehu.care.policies import APPROVE, WRITE
from dakehu.care.queries.greetings import unwanted_by, way_of
from dakehu.outbox.queries import messages_about

if TYPE_CHECKING:
    from dakehu.people.models import Staff


@dataclass(frozen=True)
class GreetingPage:
    """One greeting, and what may be done with it."""

    greeting: Any
    tone: str
    customer_url: str
    is_unwanted: bool
    may_word: bool
    may_decide: bool
    may_record: bool
    may_write: bool
    may_send: bool
    leaves_by_itself: bool
    messages: list[Any]


def greeting_page(actor: "Staff", greeting: Any, *, on: date) -> GreetingPage:
    """Gather one greeting that the actor may see."""
    proposed = greeting.state == GreetingState.PROPOSED
    approved = greeting.state == GreetingState.APPROVED
    may_write = actor.may(WRITE)
    return GreetingPage(
        greeting=greeting,
        tone=GREETING_TONES[greeting.state],
        customer_url=reverse("desk:customer", args=[greeting.customer_id]),
        is_unwanted=bool(unwanted_by([greeting.customer_id])),
        may_word=proposed and may_write,
        may_decide=proposed and actor.may(APPROVE) and greeting.staff_id != actor.pk,
        may_record=approved and may_write,
        may_write=may_write,
        may_send=approved and may_write and bool(way_of(greeting)) and greeting.day == on,
        leaves_by_itself=approved and bool(way_of(greeting)) and not greeting.note,
        messages=list(messages_about(actor, source=GREET, pk=greeting.pk)),
    )
