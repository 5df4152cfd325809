"""
What is right and wrong about one row, in plain Python: the reference of the row verdicts.

The engine judges millions of rows by sets; this module judges the few that the streaming pass
found suspicious or that the engine could not read, and must come to the same verdict.
"""

import re
from collections.abc import Sequence
from datetime import date

from dakehu.facts.intake.values import RowReason
from dakehu.facts.interfaces import Column, Interface, Kind

Fault = tuple[RowReason, str]
"""A reason and its detail: the column concerned, or the number of fields found."""

LARGEST = 2**63 - 1
INTEGER_FORM = "-?[0-9]+"
MONTH_FORM = "[0-9]{4}(0[1-9]|1[0-2])"
_CLOCK_FORM = "([01][0-9]|2[0-3]):[0-5][0-9]"
INSTANT_FORM = (
    rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}T{_CLOCK_FORM}(:[0-5][0-9](\.[0-9]{{1,6}})?)?"
    r"(Z|[+-]([01][0-9]|2[0-3]):?[0-5][0-9])?"
)

_INTEGER = re.compile(INTEGER_FORM, re.ASCII)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_MONTH = re.compile(MONTH_FORM, re.ASCII)
_INSTANT = re.compile(INSTANT_FORM, re.ASCII)


def is_integer(text: str) -> bool:
    """Tell whether this is a plain integer that the store can hold: digits, perhaps a minus."""
    if _INTEGER.fullmatch(text) is None:
        return False
    # Longer texts are zeros in front or numbers that no count, second or fen reaches;
    # a negative one of any length is an integer all the same, and rejected as negative.
    return len(text) <= 18 or text[0] == "-" or _value(text) <= LARGEST


def is_date(text: str) -> bool:
    """Tell whether this is a day of the calendar, written YYYY-MM-DD and not otherwise."""
    if _DATE.fullmatch(text) is None:
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_month(text: str) -> bool:
    """Tell whether this is a month, written YYYYMM."""
    return _MONTH.fullmatch(text) is not None and not text.startswith("0000")


def is_instant(text: str) -> bool:
    """Tell whether this is an ISO 8601 date and time, with or without an offset."""
    return _INSTANT.fullmatch(text) is not None and is_date(text[:10])


_FORMS = {
    Kind.INTEGER: is_integer,
    Kind.DATE: is_date,
    Kind.MONTH: is_month,
    Kind.INSTANT: is_instant,
}


def _value(text: str) -> int:
    # int() refuses more than 4300 digits; such a number is only ever compared.
    return LARGEST + 1 if len(text.lstrip("-0")) > 20 else int(text)


class RowRules:
    """The rules of one interface for the rows of one city and day, columns in file order."""

    def __init__(
        self, interface: Interface, *, columns: Sequence[str], day: date, city: str
    ) -> None:
        self.interface = interface
        self.columns = tuple(interface.column(name) for name in columns)
        self.day = day
        self.city = city
        self._day_text = day.isoformat()

    def fault(self, fields: Sequence[str]) -> Fault | None:
        """Say what is first wrong with a row, of all that one row by itself can show."""
        return self.form_fault(fields) or self._value_fault(fields)

    def form_fault(self, fields: Sequence[str]) -> Fault | None:
        """Say whether the number of fields or the form of one of them is wrong."""
        if len(fields) != len(self.columns):
            return (RowReason.COLUMNS, f"{len(fields)} ≠ {len(self.columns)}")
        for column, text in zip(self.columns, fields, strict=True):
            if not self._is_well_formed(column, text):
                return (RowReason.TYPE, column.name)
        return None

    def _is_well_formed(self, column: Column, text: str) -> bool:
        if not text:
            return column.name not in self.interface.required
        if column.kind is Kind.TEXT:
            return is_decoded(text)
        if column.limit is not None and _INTEGER.fullmatch(text):
            # However long, it is a number; that it exceeds the limit is the better reason.
            return True
        return _FORMS[column.kind](text)

    def _value_fault(self, fields: Sequence[str]) -> Fault | None:
        named = {column.name: text for column, text in zip(self.columns, fields, strict=True)}
        day_column, city_column = self.interface.day_column, self.interface.city_column
        if day_column and named[day_column] != self._day_text:
            return (RowReason.WRONG_DAY, day_column)
        if city_column and named[city_column] != self.city:
            return (RowReason.WRONG_CITY, city_column)
        return self._number_fault(named)

    def _number_fault(self, named: dict[str, str]) -> Fault | None:
        numbers = [
            (column, _value(named[column.name]))
            for column in self.columns
            if column.kind is Kind.INTEGER and named[column.name]
        ]
        for column, value in numbers:
            if value < 0 or (named[column.name][0] == "-" and value > LARGEST):
                return (RowReason.NEGATIVE, column.name)
        for column, value in numbers:
            if column.limit is not None and value > column.limit:
                return (RowReason.TOO_LARGE, column.name)
        for column, value in numbers:
            if column.allowed and value not in column.allowed:
                return (RowReason.BAD_STATUS, column.name)
        return None


def is_decoded(text: str) -> bool:
    """Tell whether every byte of a text was legal in its encoding, and no NUL among them."""
    if "\0" in text:
        # Legal in UTF-8, but no database of records takes it.
        return False
    if text.isascii():
        return True
    try:
        # Illegal bytes were carried through decoding as lone surrogates.
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
