"""Columns of lists: each knows how its value is shown, and how it stands in a workbook.

``value`` is what the Excel export writes: a date stays a date, an amount a number, and whatever
identifies something stays text, so that no digit of it is lost.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar

import django_tables2 as tables
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from dakehu.ui import words

TONES = frozenset({"neutral", "info", "success", "warning", "danger", "accent"})


class ListTable(tables.Table):
    """A list's columns. ``optional_columns`` are hidden until a person chooses them."""

    optional_columns: ClassVar[tuple[str, ...]] = ()

    class Meta:
        orderable = False


class TextColumn(tables.Column):
    """Words, names and numbers that identify something; text also in a workbook."""

    def value(self, value: Any) -> str:
        return str(value)


class NameColumn(TextColumn):
    """What somebody is called: a short name stays on one line, a long one may be folded."""

    attrs: ClassVar[dict[str, Any]] = {"td": {"class": "cell-name"}}


class WordsColumn(TextColumn):
    """A sentence or two, given room so that it does not become a column of single characters."""

    attrs: ClassVar[dict[str, Any]] = {"td": {"class": "cell-words"}}


class CodeColumn(TextColumn):
    """A number or code that people compare digit by digit, in a fixed-width face."""

    attrs: ClassVar[dict[str, Any]] = {"td": {"class": "cell-code"}}


class NumericColumn(tables.Column):
    """A right-aligned figure; the base of the columns below."""

    attrs: ClassVar[dict[str, Any]] = {
        "th": {"class": "cell-number"},
        "td": {"class": "cell-number"},
    }
    excel_format = "#,##0"

    def value(self, value: Any) -> Any:
        return value


class NumberColumn(NumericColumn):
    """A count or another plain number."""

    def render(self, value: Any) -> str:
        return words.number(value)


class YuanColumn(NumericColumn):
    """Money kept in fen, shown in yuan."""

    excel_format = "#,##0.00"

    def render(self, value: Any) -> str:
        return words.yuan(value)

    def value(self, value: Any) -> Decimal:
        return Decimal(int(value)) / words.FEN_PER_YUAN


class MinutesColumn(NumericColumn):
    """A duration kept in seconds, shown in minutes."""

    excel_format = "#,##0.0"

    def render(self, value: Any) -> str:
        return words.minutes(value)

    def value(self, value: Any) -> Decimal:
        return Decimal(int(value)) / words.SECONDS_PER_MINUTE


class DayColumn(tables.Column):
    """A calendar date."""

    attrs: ClassVar[dict[str, Any]] = {"td": {"class": "cell-nowrap"}}

    def render(self, value: Any) -> str:
        return date_format(value, "Y-m-d")

    def value(self, value: Any) -> Any:
        return value


class InstantColumn(DayColumn):
    """A moment, shown to the minute in the installation's time zone."""

    def render(self, value: Any) -> str:
        return date_format(localtime(value), "Y-m-d H:i")


class MonthColumn(DayColumn):
    """A month kept as YYYYMM."""

    def render(self, value: Any) -> str:
        return words.month(value)

    def value(self, value: Any) -> str:
        return words.month(value)


class YesNoColumn(tables.Column):
    """A mark when something holds; a word in a workbook."""

    def render(self, value: Any) -> str:
        return (
            format_html(
                '<i class="ti ti-check text-success" aria-hidden="true"></i>'
                '<span class="visually-hidden">{}</span>',
                _("Yes"),
            )
            if value
            else ""
        )

    def value(self, value: Any) -> str:
        return _("Yes") if value else _("No")


class BadgeColumn(tables.Column):
    """A state or level as a coloured badge; ``tones`` maps stored values to a tone.

    Tones are neutral, info, success, warning, danger and accent.
    """

    def __init__(self, *args: Any, tones: Mapping[Any, str] | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.tones = dict(tones or {})

    def render(self, value: Any, record: Any, bound_column: Any) -> SafeString:
        stored = bound_column.accessor.resolve(record)
        return badge(value, self.tones.get(stored, "neutral"))

    def value(self, value: Any) -> str:
        return str(value)


def badge(text: str | Promise, tone: str = "neutral") -> SafeString:
    """Return ``text`` as a badge in one of the tones."""
    known = tone if tone in TONES else "neutral"
    return format_html('<span class="badge tone-{}">{}</span>', known, text)
