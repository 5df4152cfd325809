"""What the pages of an import show: how to begin, the columns, the progress, the result."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from dakehu.common.masking import mask
from dakehu.common.spreadsheets import CellKind, column_letters
from dakehu.files import policies
from dakehu.files.choices import BUSY, IMPORT_TONES, VERDICT_TONES, ImportState, RowVerdict
from dakehu.files.queries import imports as queries
from dakehu.files.values import Head
from dakehu.ui.imports import ImportField, ImportScreen, screen_of, workbooks

if TYPE_CHECKING:
    from dakehu.files.models import ImportRow, ImportRun
    from dakehu.people.models import Staff

RECENT = 5
VALUES_SHOWN = 8
PERCENT = 100


@dataclass(frozen=True)
class HelpLine:
    """A column that an import takes, explained."""

    title: str
    is_needed: bool
    holds: str
    help_text: str


@dataclass(frozen=True)
class StartPage:
    """How to begin an import: what it takes, and what was imported lately."""

    screen: ImportScreen
    fields: tuple[HelpLine, ...]
    recent: "list[ImportRun]"


@dataclass(frozen=True)
class Complaint:
    """What is wrong with one cell: where it stands, what it says, and the cure."""

    place: str
    text: str
    words: str


@dataclass(frozen=True)
class Alteration:
    """One value that a row writes: the field, and what stood there before."""

    title: str
    before: str
    after: str


@dataclass(frozen=True)
class RowLine:
    """A row of the file with its verdict."""

    line: int
    verdict: str
    tone: str
    complaints: tuple[Complaint, ...]
    alterations: tuple[Alteration, ...]
    more: int
    url: str


@dataclass(frozen=True)
class Tab:
    """A verdict, how many rows have it, and whether they are the ones shown."""

    verdict: str
    label: str
    count: int
    is_current: bool


@dataclass(frozen=True)
class ImportPage:
    """One import as it stands."""

    run: "ImportRun"
    screen: ImportScreen
    tone: str
    may_see_plain: bool
    is_undoable: bool
    tabs: tuple[Tab, ...] = ()
    verdict: str = ""
    lines: tuple[RowLine, ...] = ()
    next_line: int = 0
    kept_back: int = 0
    kept_lines: tuple[RowLine, ...] = ()

    @property
    def is_busy(self) -> bool:
        """Whether background work is on its way with it."""
        return self.run.state in BUSY

    @property
    def head(self) -> Head:
        """The headings of the file."""
        return Head.of(self.run.head)

    @property
    def wants_columns(self) -> bool:
        """Whether somebody has to say which column means what."""
        return bool(self.run.state == ImportState.READ)

    @property
    def is_strange(self) -> bool:
        """Whether no heading of the file is known: this may be another template."""
        return not self.run.mapping

    @property
    def is_stopped(self) -> bool:
        """Whether background work has ended before its time."""
        return self.is_busy and bool(self.run.error)

    @property
    def percent(self) -> int:
        """How much of the work in hand is done."""
        return min(PERCENT, self.run.done * PERCENT // self.run.rows) if self.run.rows else 0

    @property
    def writes(self) -> int:
        """How many rows change something."""
        return self.run.created + self.run.updated


def start_page(actor: "Staff", screen: ImportScreen) -> StartPage:
    """Gather what an import takes, and the newest imports of the kind."""
    fields = tuple(
        HelpLine(str(each.title), each.required, workbooks.kind_words(each), str(each.help_text))
        for each in screen.all_fields()
        if not each.locked
    )
    found = queries.runs_visible_to(actor).filter(name=screen.name).order_by("-at", "-pk")
    return StartPage(screen, fields, list(found[:RECENT]))


def import_page(
    actor: "Staff",
    pk: int,
    *,
    verdict: str = "",
    after: int = 0,
) -> ImportPage:
    """Gather one import as it stands."""
    run = queries.get_run(actor, pk)
    screen = policies.require_import(actor, screen_of(run.name))
    told: dict[str, Any] = {}
    if run.state not in (*BUSY, ImportState.READ, ImportState.DROPPED):
        told = rows_told(run, screen, verdict=verdict, after=after)
    return ImportPage(
        run=run,
        screen=screen,
        tone=IMPORT_TONES[ImportState(run.state)],
        may_see_plain=policies.may_see_plain(actor, run),
        is_undoable=queries.is_undoable(run),
        **told,
    )


def rows_told(
    run: "ImportRun", screen: ImportScreen, *, verdict: str, after: int
) -> dict[str, Any]:
    """Return the rows of the file with their verdicts, a page of them."""
    chosen = verdict if verdict in RowVerdict.values else first_verdict(run)
    words = RowWords(run, screen)
    rows = queries.rows_shown(run, verdict=chosen, after=after)
    is_more = len(rows) == queries.ROWS_SHOWN
    count, kept = queries.kept_back(run) if run.state == ImportState.UNDONE else (0, [])
    return {
        "verdict": chosen,
        "tabs": tabs_of(run, chosen),
        "lines": tuple(words.line_of(row) for row in rows),
        "next_line": rows[-1].line if is_more else 0,
        "kept_back": count,
        "kept_lines": tuple(words.line_of(row) for row in kept),
    }


def first_verdict(run: "ImportRun") -> str:
    """Return the verdict that wants to be looked at first."""
    counts = {
        RowVerdict.REJECTED: run.rejected,
        RowVerdict.UPDATE: run.updated,
        RowVerdict.CREATE: run.created,
    }
    return next((verdict for verdict, count in counts.items() if count), RowVerdict.UNCHANGED)


def tabs_of(run: "ImportRun", chosen: str) -> tuple[Tab, ...]:
    """Return the four verdicts with their counts."""
    counts = (
        (RowVerdict.CREATE, run.created),
        (RowVerdict.UPDATE, run.updated),
        (RowVerdict.UNCHANGED, run.unchanged),
        (RowVerdict.REJECTED, run.rejected),
    )
    return tuple(
        Tab(verdict, str(verdict.label), count, verdict == chosen) for verdict, count in counts
    )


class RowWords:
    """Words for the rows of one import; personal values are masked."""

    def __init__(self, run: "ImportRun", screen: ImportScreen) -> None:
        self.run = run
        self.screen = screen
        self.fields = {each.name: each for each in screen.all_fields()}
        self.letters = {
            run.mapping[heading]: column_letters(index)
            for index, heading in enumerate(Head.of(run.head).headings)
            if heading in run.mapping
        }

    def line_of(self, row: "ImportRow") -> RowLine:
        """Return a row of the book as it is shown."""
        verdict = RowVerdict(row.verdict)
        altered = [self.alteration(name, row) for name in row.after]
        return RowLine(
            line=row.line,
            verdict=str(verdict.label),
            tone=VERDICT_TONES[verdict],
            complaints=self.complaints_of(row),
            alterations=tuple(altered[:VALUES_SHOWN]),
            more=max(0, len(altered) - VALUES_SHOWN),
            url=self.url_of(row),
        )

    def url_of(self, row: "ImportRow") -> str:
        """Return where the record of a row is shown, if it has one."""
        if self.screen.record_url is None or row.subject_id is None:
            return ""
        return self.screen.record_url(row.subject_id)

    def complaints_of(self, row: "ImportRow") -> tuple[Complaint, ...]:
        """Return what is wrong with a row, in the order of the columns."""
        order = list(self.letters)
        errors = sorted(
            row.errors, key=lambda each: order.index(each[0]) if each[0] in order else -1
        )
        return tuple(self.complaint(row, *each) for each in errors)

    def complaint(self, row: "ImportRow", name: str, words: str) -> Complaint:
        """Return what is wrong with one cell, and where it stands."""
        each = self.fields.get(name)
        title = str(each.title) if each else ""
        text = self.text_of(each, row.cells.get(name, "")) if each else ""
        return Complaint(self.place(row.line, name, title), text, words)

    def place(self, line: int, name: str, title: str) -> str:
        """Return where a cell stands: sheet, column and row."""
        letters = self.letters.get(name, "")
        cell = f"{letters}{line}" if letters else _("row %(line)s") % {"line": line}
        sheet = f"{self.run.sheet}!" if self.run.sheet else ""
        return f"{sheet}{cell} {title}".strip()

    def alteration(self, name: str, row: "ImportRow") -> Alteration:
        """Return one value that a row writes, and the one before."""
        each = self.fields.get(name)
        if each is None:
            return Alteration(name, "", "")
        if each.kind is CellKind.REFERENCE:
            return Alteration(str(each.title), "", row.cells.get(name, ""))
        return Alteration(
            str(each.title),
            self.value_words(each, row.before.get(name)),
            self.value_words(each, row.after.get(name)),
        )

    def value_words(self, each: ImportField, value: Any) -> str:
        """Return a kept value in words."""
        if value is None or value == "":
            return ""
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        words: Mapping[Any, Any] = dict(each.choices)
        return str(words.get(value, "")) or self.text_of(each, str(value))

    def text_of(self, each: ImportField | None, text: str) -> str:
        """Return a text as it is shown: personal ones masked, long ones cut."""
        if each is not None and each.personal and text:
            return mask(each.personal, text)
        return text[:120]


def rejected_book(actor: "Staff", pk: int) -> tuple[str, IO[bytes], int]:
    """Return the rejected rows of an import as a workbook: its name, content and row count."""
    run = queries.get_run(actor, pk)
    screen = policies.require_import(actor, screen_of(run.name))
    columns = [heading for heading in Head.of(run.head).headings if heading in run.mapping]
    content, count = workbooks.rejected_book(screen, columns, rejected_lines(run, screen, columns))
    stem = run.file_name.rpartition(".")[0] or run.file_name
    rejected = _("rejected")
    return f"{stem}-{rejected}.xlsx", content, count


def rejected_lines(
    run: "ImportRun", screen: ImportScreen, columns: list[str]
) -> Iterator[workbooks.RejectedLine]:
    """Yield the rejected rows as they were read, with what is wrong."""
    words = RowWords(run, screen)
    for row in queries.rejected_rows(run):
        complaints = words.complaints_of(row)
        yield workbooks.RejectedLine(
            texts=[row.cells.get(run.mapping[heading], "") for heading in columns],
            place=f"{run.sheet} {row.line}".strip(),
            wrong="; ".join(f"{each.place}: {each.words}" for each in complaints),
        )
