"""
The SQL of the row verdicts: the same reasons as ``rows``, over all rows at once.

Rows are read as numbers and days where the streaming pass made that safe, else as texts whose
form is judged here.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from dakehu.facts.engine import text_sql
from dakehu.facts.intake.rows import INSTANT_FORM, INTEGER_FORM, MONTH_FORM
from dakehu.facts.intake.values import RowReason
from dakehu.facts.interfaces import Column, Interface, Kind


def name_sql(name: str) -> str:
    """Quote a column name; ``day``, ``at`` and ``value`` are words of SQL."""
    return f'"{name}"'


def value_sql(column: Column) -> str:
    """Turn the text of a column into its value; NULL where the text has not the form."""
    name = name_sql(column.name)
    if column.kind is Kind.INTEGER:
        # Numbers beyond 64 bits are kept apart by sign and limit, as in rows.is_integer.
        return (
            f"coalesce(try_cast({name} AS BIGINT), CASE WHEN {_matches(name, INTEGER_FORM)} THEN "
            f"CASE WHEN starts_with({name}, '-') THEN -9223372036854775807 "
            f"ELSE {'9223372036854775807' if column.limit is not None else 'NULL'} END END)"
        )
    if column.kind in (Kind.TEXT, Kind.INSTANT):
        return name
    return f"try_cast({name} AS {column.sql_type})"


def misformed_sql(column: Column) -> str | None:
    """Write the test that a text has not the form of its column; None if any text has."""
    name = name_sql(column.name)
    if column.kind is Kind.INTEGER:
        # Most numbers are written in the one usual way; the pattern is for zeros in front.
        usual = f"try_cast({name} AS BIGINT)::VARCHAR IS NOT DISTINCT FROM {name}"
        number = f"({_matches(name, INTEGER_FORM)} AND {value_sql(column)} IS NOT NULL)"
        return f"({name} IS NOT NULL AND NOT CASE WHEN {usual} THEN true ELSE {number} END)"
    if column.kind is Kind.DATE:
        return f"({name} IS NOT NULL AND NOT {_is_date(name)})"
    if column.kind is Kind.MONTH:
        month = f"({_matches(name, MONTH_FORM)} AND NOT starts_with({name}, '0000'))"
        return f"({name} IS NOT NULL AND NOT {month})"
    if column.kind is Kind.INSTANT:
        instant = f"({_matches(name, INSTANT_FORM)} AND {_is_date(f'left({name}, 10)')})"
        return f"({name} IS NOT NULL AND NOT {instant})"
    return None


def _matches(name: str, form: str) -> str:
    return f"regexp_full_match({name}, {text_sql(form)})"


def _is_date(name: str) -> str:
    cast = f"try_cast({name} AS DATE)::VARCHAR"
    return f"({cast} IS NOT DISTINCT FROM {name} AND length({name}) = 10)"


def form_sql(columns: Iterable[Column]) -> str:
    """Name the first column, in file order, whose text has not its form; NULL if all have."""
    tests = ((misformed_sql(column), column.name) for column in columns)
    return _first((test, text_sql(name)) for test, name in tests if test is not None)


def _first(cases: Iterable[tuple[str, str]]) -> str:
    branches = " ".join(f"WHEN {test} THEN {outcome}" for test, outcome in cases)
    return f"CASE {branches} END" if branches else "NULL"


class Verdicts:
    """The tests that the values of one row can fail by themselves, in the order of reasons."""

    def __init__(
        self, interface: Interface, *, columns: Sequence[Column], day: date, city: str, form: str
    ) -> None:
        self._interface = interface
        self._columns = columns
        self._day = day
        self._city = city
        self._form = form
        self._integers = [column for column in columns if column.kind is Kind.INTEGER]

    def cases(self) -> list[tuple[RowReason, str, str]]:
        """List reason, test and detail; the test never yields NULL for a wrong row."""
        return [
            self._type(),
            *self._belonging(RowReason.WRONG_DAY, self._interface.day_column),
            *self._belonging(RowReason.WRONG_CITY, self._interface.city_column),
            *self._numbers(RowReason.NEGATIVE, self._integers, "least({}) < 0"),
            *self._limits(),
            *self._states(),
        ]

    def _type(self) -> tuple[RowReason, str, str]:
        empty = [(f"{name_sql(name)} IS NULL", name) for name in self._interface.required]
        test = " OR ".join([f"{self._form} IS NOT NULL", *(test for test, _ in empty)])
        missing = _first((test, text_sql(name)) for test, name in empty)
        return (RowReason.TYPE, f"({test})", f"coalesce({self._form}, {missing})")

    def _belonging(
        self, reason: RowReason, column: str | None
    ) -> list[tuple[RowReason, str, str]]:
        if column is None:
            return []
        wanted = self._city if reason is RowReason.WRONG_CITY else self._day.isoformat()
        kind = "VARCHAR" if reason is RowReason.WRONG_CITY else "DATE"
        test = f"{name_sql(column)} IS DISTINCT FROM CAST({text_sql(wanted)} AS {kind})"
        return [(reason, test, text_sql(column))]

    def _numbers(
        self, reason: RowReason, columns: Sequence[Column], form: str
    ) -> list[tuple[RowReason, str, str]]:
        if not columns:
            return []
        # One comparison for all columns; which column it was is asked of wrong rows only.
        names = [name_sql(column.name) for column in columns]
        together = form.format(", ".join(names))
        detail = _first(
            (form.format(name), text_sql(column.name))
            for name, column in zip(names, columns, strict=True)
        )
        return [(reason, together, detail)]

    def _limits(self) -> list[tuple[RowReason, str, str]]:
        limits = sorted({column.limit for column in self._columns if column.limit is not None})
        found = []
        for limit in limits:
            limited = [column for column in self._columns if column.limit == limit]
            found += self._numbers(RowReason.TOO_LARGE, limited, f"greatest({{}}) > {limit}")
        return found

    def _states(self) -> list[tuple[RowReason, str, str]]:
        return [
            (
                RowReason.BAD_STATUS,
                f"{name_sql(column.name)} NOT IN ({', '.join(map(str, column.allowed))})",
                text_sql(column.name),
            )
            for column in self._columns
            if column.allowed
        ]
