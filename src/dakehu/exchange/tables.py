"""Columns of the lists of deliveries and runs."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from dakehu.exchange.choices import DELIVERY_TONES, REASONS, RUN_TONES, send_in_words
from dakehu.ui import tables


class SecondsColumn(tables.NumericColumn):
    """How long a run took, in seconds."""

    excel_format = "#,##0.0"

    def __init__(self, **options: Any) -> None:
        super().__init__(accessor="pk", **options)

    def render(self, record: Any) -> str:
        seconds = self.value(record)
        return "" if seconds is None else f"{seconds:,.1f}"

    def value(self, record: Any) -> float | None:
        if record.ended_at is None:
            return None
        seconds: float = (record.ended_at - record.started_at).total_seconds()
        return seconds


class DeliveryTable(tables.ListTable):
    """Deliveries: whose, of which day, and what became of them."""

    day = tables.DayColumn(accessor="day", verbose_name=_("Data day"))
    city = tables.NameColumn(accessor="city_name", verbose_name=_("City"))
    send = tables.NameColumn(accessor="send", verbose_name=_("Send"))
    state = tables.BadgeColumn(accessor="state", tones=DELIVERY_TONES, verbose_name=_("Verdict"))
    rows = tables.NumberColumn(accessor="rows", verbose_name=_("Rows"))
    accepted = tables.NumberColumn(accessor="accepted", verbose_name=_("Accepted"))
    rejected = tables.NumberColumn(accessor="rejected", verbose_name=_("Rejected"))
    taken_at = tables.InstantColumn(accessor="taken_at", verbose_name=_("Taken"))
    receipt_at = tables.InstantColumn(accessor="receipt_at", verbose_name=_("Receipt sent"))
    dialect = tables.TextColumn(accessor="dialect", verbose_name=_("Dialect"))
    scope = tables.CodeColumn(accessor="scope", verbose_name=_("Unit of the files"))

    optional_columns = ("receipt_at", "dialect", "scope")

    def render_send(self, value: int) -> str:
        """Say a send number."""
        return send_in_words(value)

    def value_send(self, value: int) -> int:
        """Keep a send number for counting in a workbook."""
        return value


class RunTable(tables.ListTable):
    """Runs: what for, when, by whom, and how they ended."""

    started_at = tables.InstantColumn(accessor="started_at", verbose_name=_("Started"))
    kind = tables.TextColumn(accessor="kind", verbose_name=_("Kind"))
    first_day = tables.DayColumn(accessor="first_day", verbose_name=_("From data day"))
    last_day = tables.DayColumn(accessor="last_day", verbose_name=_("To data day"))
    state = tables.BadgeColumn(accessor="state", tones=RUN_TONES, verbose_name=_("State"))
    seconds = SecondsColumn(verbose_name=_("Seconds"))
    started_by = tables.TextColumn(accessor="started_by", verbose_name=_("Started by"))
    host = tables.TextColumn(accessor="host", verbose_name=_("Host"))
    error = tables.TextColumn(accessor="error", verbose_name=_("Why it failed"))

    optional_columns = ("host", "error")


class RejectedTable(tables.ListTable):
    """Rejected rows as a workbook: where, why, and the line as it was sent."""

    file = tables.TextColumn(accessor="file", verbose_name=_("File"))
    line = tables.NumberColumn(accessor="line", verbose_name=_("Line"))
    reason = tables.TextColumn(accessor="reason", verbose_name=_("Reason"))
    words = tables.TextColumn(accessor="reason", verbose_name=_("In words"))
    detail = tables.TextColumn(accessor="detail", verbose_name=_("Detail"))
    raw = tables.TextColumn(accessor="raw", verbose_name=_("Row as sent"))

    def value_words(self, value: str) -> str:
        """Say a reason."""
        return str(REASONS.get(value, value))
