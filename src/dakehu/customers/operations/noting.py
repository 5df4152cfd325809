"""
What a load changes about known customers, written into the change log in the same breath (P8).

One statement per chunk compares what the records hold with what they are about to get, and adds a
line to the log for every customer of whom something differs. Personal values are masked on the
way, as :mod:`dakehu.common.masking` does it. Of customers whom nobody looks after only another
manager is noted: a province has ten million of them.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper

from dakehu.common.masking import SHOWN, PersonalKind
from dakehu.customers.operations.loading import Delivered, Merge

STARS = "*" * 300
MASKED = {
    "phone": PersonalKind.PHONE,
    "address": PersonalKind.ADDRESS,
    "birth_date": PersonalKind.BIRTHDAY,
}
FLAGS = frozenset({"managed"})
# How what a column refers to is called.
NAMES = {
    "manager_id": "SELECT x.name FROM people_staff x WHERE x.id = {number}",
    "unit_id": "SELECT x.name FROM people_unit x WHERE x.id = {number}",
    "group_id": "SELECT coalesce(nullif(x.name, ''), x.number) FROM customers_customer x "
    "WHERE x.id = {number}",
}


@dataclass(frozen=True)
class Note:
    """How a merge tells what it changes: of records of which model, under which condition."""

    merge: Merge
    subject: str
    name: str

    def statement(self) -> str:
        """Return the statement that adds a line to the log for every record that changes."""
        return (
            "INSERT INTO audit_change "
            "(at, actor_name, subject_type, subject_id, subject_name, verb, fields, reason) "
            f"SELECT %(at)s, '', '{self.subject}', t.{self.merge.identity}, {self.name}, "
            f"'CHANGED', "
            f"{as_json(self.parts())}, '' "
            f"FROM {self.merge.meeting} WHERE {self.merge.notable} AND {self.merge.condition}"
        )

    def parts(self) -> str:
        """Return the text of the changed fields: a comma, a name and two values each."""
        return " || ".join(self.part(column) for column in self.merge.noted)

    def part(self, column: str) -> str:
        """Return the text of one field if it changes, else none."""
        new = self.merge.met[column]
        told = f"{in_json(column, f't.{column}')} || ',' || {in_json(column, new)}"
        name = column.removesuffix("_id") if column in NAMES else column
        return (
            f"CASE WHEN t.{column} IS DISTINCT FROM {new} "
            f"THEN ',\"{name}\":[' || {told} || ']' ELSE '' END"
        )


def note_changes(
    cursor: CursorWrapper, delivered: Delivered, *, notes: tuple[Note, ...], at: datetime
) -> None:
    """Write down what the staged rows change, while the records still hold the old values."""
    parameters = {**delivered.parameters, "at": stored_instant(at)}
    for note in notes:
        cursor.execute(note.statement(), parameters)


def in_json(column: str, value: str) -> str:
    """Return a value as JSON text: masked if it is personal, a name if it is a reference."""
    if column in NAMES:
        return quoted(f"coalesce(({NAMES[column].format(number=value)}), '')")
    if column in FLAGS:
        return f"CASE WHEN {value} THEN 'true' ELSE 'false' END"
    if column in MASKED:
        return quoted(masked(MASKED[column], f"CAST({value} AS text)"))
    return quoted(value)


def masked(kind: PersonalKind, value: str) -> str:
    """Return a text with all but its first and last characters starred."""
    head, tail = SHOWN[kind]
    shown = head + tail
    return (
        f"CASE WHEN length({value}) <= {shown} THEN substr('{STARS}', 1, length({value})) "
        f"ELSE substr({value}, 1, {head}) || substr('{STARS}', 1, length({value}) - {shown}) "
        f"|| substr({value}, length({value}) - {tail} + 1) END"
    )


def quoted(value: str) -> str:
    """Return the JSON text of an SQL value."""
    if connection.vendor == "postgresql":
        return f"coalesce(to_jsonb({value})::text, 'null')"
    return f"json_quote({value})"


def as_json(parts: str) -> str:
    """Return an object of parts, each of which begins with a comma."""
    text = f"'{{' || substr({parts}, 2) || '}}'"
    return f"CAST({text} AS jsonb)" if connection.vendor == "postgresql" else text


def stored_instant(at: datetime) -> Any:
    """Return an instant in the form in which this database keeps it."""
    return connection.ops.adapt_datetimefield_value(at)
