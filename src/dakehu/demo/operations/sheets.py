"""Bring spreadsheets into the demonstration: one applied, one undone, one waiting for a yes."""

import csv
import io
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import override

from dakehu.customers.choices import CustomerKind
from dakehu.customers.queries import customers_visible_to
from dakehu.demo.rules import sheets
from dakehu.demo.values import DemoBook
from dakehu.files.operations import importing
from dakehu.files.queries.imports import runs_visible_to
from dakehu.people.queries import staff_who_may
from dakehu.ui.imports import screen_of

if TYPE_CHECKING:
    from dakehu.files.models import ImportRun
    from dakehu.people.models import Staff

NAME = "individuals"
LANGUAGE = "zh-hans"
ROWS = 120
FILES = (
    ("重点客户走访登记-三月.csv", 0, ("apply",)),
    ("客户偏好补录（误用旧表）.csv", 3, ("apply", "undo")),
    ("客户资料补充-待确认.csv", 5, ()),
)


def furnish_imports(*, book: DemoBook, administrator: "Staff", at: datetime) -> None:
    """Let somebody of the office bring files in; twice changes nothing."""
    if runs_visible_to(administrator).exists():
        return
    named = {entry.username for entry in book.log_ins}
    office = [one for one in staff_who_may("customers.import") if one.username in named]
    by = next(iter(office), administrator)
    found = customers_visible_to(by).filter(kind=CustomerKind.INDIVIDUAL, managed=True)
    customers = list(found.order_by("pk").values_list("number", "name")[:ROWS])
    with override(LANGUAGE):
        for place, (file_name, shift, steps) in enumerate(FILES):
            rows = sheets.habit_rows(customers, shift=shift)
            run = checked(file_name, rows, by=by, at=at - timedelta(days=6 - 2 * place))
            if "apply" in steps:
                apply(run, by=by, at=run.at + timedelta(minutes=5))
            if "undo" in steps:
                undo(run, by=by, at=run.at + timedelta(hours=1))


def checked(
    file_name: str, rows: Sequence[Sequence[str]], *, by: "Staff", at: datetime
) -> "ImportRun":
    """Upload a file in GB18030, as Excel saves it in China, and check it."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([sheets.HEADINGS, *rows])
    content = text.getvalue().encode("gb18030")
    upload = importing.Upload(file_name, len(content), [content])
    run = importing.start_import(screen_of(NAME), upload=upload, by=by, at=at)
    importing.assign_columns(run, mapping=run.mapping, mode=run.mode, by=by, at=at)
    run.refresh_from_db()
    for _done in importing.checked_chunks(run, at=at):
        pass
    importing.finish_checking(run, at=at)
    return run


def apply(run: "ImportRun", *, by: "Staff", at: datetime) -> None:
    """Confirm a checked import, and write its rows."""
    importing.begin_applying(run, by=by, at=at)
    run.refresh_from_db()
    while importing.apply_chunk(run, at=at):
        pass
    importing.finish_applying(run, at=at)


def undo(run: "ImportRun", *, by: "Staff", at: datetime) -> None:
    """Take an applied import back."""
    importing.begin_undoing(run, by=by, at=at)
    run.refresh_from_db()
    count, below = importing.undo_chunk(run, below=None, at=at)
    while count:
        count, below = importing.undo_chunk(run, below=below, at=at)
    importing.finish_undoing(run, at=at)
