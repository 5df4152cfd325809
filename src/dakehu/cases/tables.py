"""Columns of the lists of cases."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dakehu.cases.choices import (
    ORDER_TONES,
    PRIORITY_TONES,
    RESULT_TONES,
    STATE_TONES,
    VISIT_TONES,
)
from dakehu.ui import tables


class CallerColumn(tables.TextColumn):
    """Whose case it is: the customer, or whoever called; masked numbers stay masked."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            accessor="pk", verbose_name=_("Customer name"), empty_values=(), **options
        )

    def render(self, record: Any) -> str:
        return self.value(record)

    def value(self, record: Any) -> str:
        if record.customer is not None:
            return str(record.customer)
        return record.caller_name or str(record.caller_phone) or _now("Unknown caller")


class DueColumn(tables.InstantColumn):
    """The next deadline; red once it has passed."""

    def render(self, value: Any, record: Any) -> SafeString:
        shown = super().render(value)
        is_late = record.closed_at is None and value < localtime()
        return format_html('<span class="{}">{}</span>', "text-danger" if is_late else "", shown)


class CaseTable(tables.ListTable):
    """Cases: which, whose, how urgent, until when, and who works on them."""

    number = tables.CodeColumn(
        accessor="number", verbose_name=pgettext_lazy("of a case", "Case number")
    )
    kind = tables.NameColumn(accessor="kind", verbose_name=_("Kind"))
    subject = tables.WordsColumn(accessor="subject", verbose_name=_("Subject"))
    caller = CallerColumn()
    tier = tables.TextColumn(accessor="tier", verbose_name=_("Level when opened"))
    priority = tables.BadgeColumn(
        accessor="priority", tones=PRIORITY_TONES, verbose_name=_("Priority")
    )
    due = DueColumn(accessor="due_at", verbose_name=_("Next deadline"))
    state = tables.BadgeColumn(accessor="state", tones=STATE_TONES, verbose_name=_("State"))
    owner = tables.NameColumn(accessor="owner", verbose_name=_("Works on it"), default=_("Nobody"))
    unit = tables.NameColumn(accessor="unit", verbose_name=_("Team"))
    opened = tables.InstantColumn(accessor="opened_at", verbose_name=_("Opened at"))
    first_taker = tables.TextColumn(accessor="first_taker", verbose_name=_("Taken first by"))
    channel = tables.TextColumn(accessor="channel", verbose_name=_("Channel"))
    closed = tables.InstantColumn(accessor="closed_at", verbose_name=_("Closed at"))
    result = tables.BadgeColumn(
        accessor="result", tones=RESULT_TONES, verbose_name=_("Result"), empty_values=("", None)
    )
    cause = tables.TextColumn(accessor="cause", verbose_name=_("Cause"), empty_values=("", None))
    visit = tables.BadgeColumn(
        accessor="visit",
        tones=VISIT_TONES,
        verbose_name=_("Return visit"),
        empty_values=("", None),
    )
    reopened = tables.NumberColumn(accessor="reopened", verbose_name=_("Opened again"))

    optional_columns = (
        "tier", "first_taker", "channel", "closed", "cause", "visit", "reopened"
    )  # fmt: skip


class QueueTable(CaseTable):
    """Open cases in their working order."""

    optional_columns = (
        "opened", "first_taker", "channel", "closed", "result", "cause", "visit", "reopened"
    )  # fmt: skip


class RecordColumn(tables.TextColumn):
    """Whether the service record came on the day of the work (R8)."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            accessor="pk", verbose_name=_("Service record"), empty_values=(), **options
        )

    def render(self, record: Any) -> str:
        return self.value(record)

    def value(self, record: Any) -> str:
        if record.recorded_at is None:
            return ""
        return _now("Late") if record.record_is_late else _now("On the same day")


class OrderTable(tables.ListTable):
    """Work orders: which, where and when, who goes, how far it is."""

    number = tables.CodeColumn(accessor="number", verbose_name=_("Order number"))
    purpose = tables.NameColumn(accessor="purpose", verbose_name=_("What for"))
    subject = tables.WordsColumn(
        accessor="subject", verbose_name=pgettext_lazy("a work order", "What is to be done")
    )
    customer = tables.TextColumn(accessor="customer", verbose_name=_("Customer name"))
    place = tables.WordsColumn(accessor="place", verbose_name=_("Place"))
    starts = tables.InstantColumn(accessor="starts_at", verbose_name=_("Appointment"))
    engineer = tables.NameColumn(
        accessor="engineer", verbose_name=_("Engineer"), default=_("Nobody")
    )
    priority = tables.BadgeColumn(
        accessor="priority", tones=PRIORITY_TONES, verbose_name=_("Priority")
    )
    state = tables.BadgeColumn(accessor="state", tones=ORDER_TONES, verbose_name=_("State"))
    late = RecordColumn()
    ends = tables.InstantColumn(accessor="ends_at", verbose_name=_("Until when"))
    case = tables.CodeColumn(accessor="case__number", verbose_name=_("Service request"))
    unit = tables.NameColumn(accessor="unit", verbose_name=_("Team"))
    arrived = tables.InstantColumn(accessor="arrived_at", verbose_name=_("Arrived at"))
    result = tables.TextColumn(
        accessor="result", verbose_name=_("Result"), empty_values=("", None)
    )
    signed = tables.InstantColumn(accessor="signed_at", verbose_name=_("Signed at"))
    signer = tables.TextColumn(accessor="signer", verbose_name=_("Signed by"))
    afterwards = tables.TextColumn(
        accessor="afterwards", verbose_name=_("Entered afterwards"), empty_values=("", None)
    )

    optional_columns = (
        "ends", "case", "unit", "arrived", "result", "signed", "signer", "afterwards"
    )  # fmt: skip


class TemplateTable(tables.ListTable):
    """Reply templates."""

    name = tables.TextColumn(accessor="name", verbose_name=_("Name of the template"))
    kind = tables.TextColumn(
        accessor="kind",
        verbose_name=_("Kind"),
        empty_values=("", None),
        default=pgettext_lazy("kind of case", "Any"),
    )
    text = tables.WordsColumn(accessor="text", verbose_name=_("What it says"))
    english = tables.WordsColumn(accessor="text_en", verbose_name=_("What it says in English"))
