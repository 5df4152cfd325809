"""What the intake shows beside the form: who calls, what was asked before, what to say (G4)."""

from dataclasses import dataclass
from datetime import datetime
from typing import IO, TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dakehu.cases import queries
from dakehu.cases.choices import PRIORITY_TONES, CaseKind, Priority
from dakehu.cases.queries import callers
from dakehu.cases.queries.levels import level_of
from dakehu.cases.queries.routing import queue_for
from dakehu.cases.rules.priorities import priority_for
from dakehu.cases.values import Matter
from dakehu.messaging.queries import suggested_articles
from dakehu.ui.imports import workbooks

if TYPE_CHECKING:
    from dakehu.people.models import Staff

BEFORE_SHOWN = 5
ARTICLES_SHOWN = 3


@dataclass(frozen=True)
class Known:
    """What is known before a case is opened; nothing, while nobody was typed."""

    typed: str
    customer: Any
    customer_url: str
    tier: str
    is_phone: bool
    before: list[Any]
    likely: list[Any]
    open_count: int
    priority: str
    priority_tone: str
    queue: str


def known_before(actor: "Staff", *, typed: str, kind: str, text: str, at: datetime) -> Known:
    """Gather who calls, what they asked before, and what would become of a case now."""
    customer = callers.caller_named(actor, typed)
    is_phone = customer is None and callers.is_phone(typed)
    phone = typed if is_phone else ""
    rows = queries.cases_of(actor, customer=customer, phone=phone)
    before = list(rows[:BEFORE_SHOWN]) if typed else []
    new = Matter(kind, text, is_open=True, opened_at=at)
    known = kind in CaseKind.values
    likely = (
        queries.likely_same(actor, new, customer=customer, phone=phone) if typed and known else []
    )
    tier, grade = level_of(customer, at=at)
    priority = priority_for(kind, grade) if known else Priority.NORMAL
    home = customer.unit if customer else actor.unit
    return Known(
        typed=typed,
        customer=customer,
        customer_url=reverse("desk:customer", args=[customer.pk]) if customer else "",
        tier=tier,
        is_phone=is_phone,
        before=before,
        likely=likely,
        open_count=rows.open().count() if typed else 0,
        priority=str(priority.label),
        priority_tone=PRIORITY_TONES[priority],
        queue=str(queue_for(kind, home)) if known else "",
    )


@dataclass(frozen=True)
class Said:
    """Articles that a text is likely about: what every channel says of them."""

    articles: list[Any]
    notices: list[Any]


def said_about(actor: "Staff", text: str, *, at: datetime) -> Said:
    """Gather what to say about what is being typed, and of serious faults that are announced."""
    articles = suggested_articles(actor, text, on=localdate(at), limit=ARTICLES_SHOWN)
    return Said(articles, queries.notices_heard(actor, at=at))


def batch_template() -> IO[bytes]:
    """Return an empty list of batch business as a workbook: a number and what is to be done."""
    file, book = workbooks.new_book()
    sheet = book.add_worksheet(_("Batch business"))
    head, text = book.add_format(workbooks.HEADING), book.add_format({"num_format": "@"})
    for column, title in enumerate((_("Number or telephone"), _("What is to be done"))):
        sheet.set_column(column, column, 30, text)
        sheet.write_string(0, column, title, head)
    sheet.freeze_panes(1, 0)
    return workbooks.closed(file, book)
