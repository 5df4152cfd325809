"""Imports driven step by step, as the screens do."""

from datetime import timedelta

from tests.factories.sheets import workbook

from dakehu.files.jobs import imports as jobs
from dakehu.files.models import ImportRow, ImportRun
from dakehu.files.operations import importing
from dakehu.ui.imports import screen_of


class Importer:
    """Brings files in on behalf of one person."""

    def __init__(self, by, at, finish_work) -> None:
        self.by, self.at, self.finish_work = by, at, finish_work

    def start(self, name: str, content: bytes, file_name: str = "file.xlsx") -> ImportRun:
        upload = importing.Upload(file_name, len(content), [content])
        return importing.start_import(screen_of(name), upload=upload, by=self.by, at=self.at)

    def check(self, name: str, content: bytes, *, mode: str = "BOTH", **mapping) -> ImportRun:
        """Upload and check a file; ``mapping`` adds fields to headings that nobody knows."""
        run = self.start(name, content)
        chosen = {**run.mapping, **{heading: field for field, heading in mapping.items()}}
        jobs.check_columns(run, mapping=chosen, mode=mode, by=self.by, at=self.at)
        return self.done(run)

    def bring_in(self, name: str, content: bytes, **options) -> ImportRun:
        """Upload, check and apply a file."""
        return self.apply(self.check(name, content, **options))

    def apply(self, run: ImportRun) -> ImportRun:
        jobs.start_applying(run, by=self.by, at=self.at + timedelta(minutes=1))
        return self.done(run)

    def undo(self, run: ImportRun) -> ImportRun:
        jobs.start_undoing(run, by=self.by, at=self.at + timedelta(minutes=2))
        return self.done(run)

    def done(self, run: ImportRun) -> ImportRun:
        self.finish_work()
        run.refresh_from_db()
        return run


def counts(run: ImportRun) -> tuple[int, int, int, int]:
    """Return created, updated, unchanged and rejected rows."""
    return run.created, run.updated, run.unchanged, run.rejected


def complaints(run: ImportRun) -> dict[int, list[tuple[str, str]]]:
    """Return what is wrong, by line."""
    rows = ImportRow.objects.filter(run=run).exclude(errors=[]).order_by("line")
    return {row.line: [(field, words) for field, words in row.errors] for row in rows}


def start_import(by, *, at, rows=(("Number", "Hobbies"), ("01S00000101", "钓鱼"))) -> ImportRun:
    """Return an import of individuals whose columns are to be assigned."""
    content = workbook(rows)
    upload = importing.Upload("file.xlsx", len(content), [content])
    return importing.start_import(screen_of("individuals"), upload=upload, by=by, at=at)
