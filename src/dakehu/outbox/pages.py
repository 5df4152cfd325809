"""What the pages of messages show."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from dakehu.outbox.choices import MESSAGE_TONES, MessageState, Way
from dakehu.outbox.policies import RULES, WRITE
from dakehu.outbox.queries import is_set_up, messages_visible_to, waiting_ways
from dakehu.outbox.queries.contacts import limits_by_grade, stored_limits
from dakehu.outbox.values import Limits
from dakehu.tiering.choices import Grade

if TYPE_CHECKING:
    from dakehu.people.models import Staff

SHOWN = 5


@dataclass(frozen=True)
class MessagePage:
    """One message, and what may be done with it."""

    message: Any
    tone: str
    customer_url: str
    may_withdraw: bool
    may_retry: bool
    is_stuck: bool


def message_page(actor: "Staff", message: Any) -> MessagePage:
    """Gather one message that the actor may see."""
    may_write = actor.may(WRITE)
    waits = message.state == MessageState.QUEUED
    failed = message.state == MessageState.FAILED
    number = message.customer_id
    return MessagePage(
        message=message,
        tone=MESSAGE_TONES[message.state],
        customer_url=reverse("desk:customer", args=[number]) if number else "",
        may_withdraw=may_write and (waits or failed),
        may_retry=may_write and failed,
        is_stuck=waits and not is_set_up(message.way),
    )


@dataclass(frozen=True)
class MessagePanel:
    """The last messages to a customer."""

    lines: list[tuple[Any, str]]
    total: int
    all_url: str
    write_url: str


def customer_panel(actor: "Staff", customer: Any) -> MessagePanel:
    """Gather the last messages to a customer that the actor may see."""
    rows = messages_visible_to(actor).filter(customer=customer)
    lines = [
        (each, MESSAGE_TONES[each.state]) for each in rows.order_by("-asked_at", "-pk")[:SHOWN]
    ]
    return MessagePanel(
        lines=lines,
        total=rows.count() if len(lines) == SHOWN else len(lines),
        all_url=f"{reverse('outbox:list')}?customer={customer.pk}",
        write_url=reverse("outbox:write", args=[customer.pk]) if actor.may(WRITE) else "",
    )


@dataclass(frozen=True)
class LimitLine:
    """The numbers of a grade, and whether they are its own."""

    grade: str
    name: str
    limits: Limits
    is_own: bool


@dataclass(frozen=True)
class LimitPage:
    """The numbers of all grades."""

    lines: list[LimitLine]
    may_edit: bool


def limit_page(actor: "Staff") -> LimitPage:
    """Gather how often customers are contacted."""
    own = set(stored_limits().values_list("grade", flat=True))
    numbers = limits_by_grade()
    lines = [
        LimitLine(each.value, str(each.label), numbers[each.value], each.value in own)
        for each in Grade
    ]
    return LimitPage(lines, actor.may(RULES))


def missing_words() -> list[str]:
    """Return the names of the ways by which messages wait, and nothing is set up."""
    return [str(Way(way).label) for way in waiting_ways()]


@dataclass(frozen=True)
class Sheet:
    """A form as a page: its title, where it leads back to, its button."""

    title: str
    form: Any
    back: str
    button: str
    icon: str
    about: str = ""
