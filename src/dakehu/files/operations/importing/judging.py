"""
What each row of a file would do: create, update, nothing, or be rejected with a cure (promise 5).

The same judge looks at the rows of a dry run and, again, at those about to be applied, because
the records may have changed in between.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from dakehu.common.masking import Masked
from dakehu.common.spreadsheets import CellKind, Row
from dakehu.files.choices import ImportMode, RowVerdict
from dakehu.files.errors import CELL_WORDS
from dakehu.files.rules import cells
from dakehu.files.values import CellTrouble, UnreadableCell
from dakehu.ui.imports import Draft, ImportField, ImportScreen

if TYPE_CHECKING:
    from dakehu.people.models import Staff

CHOICES_SHOWN = 12


@dataclass(frozen=True)
class ReadRow:
    """A row as it was read: its text by field, and the cells that are spoilt."""

    line: int
    texts: dict[str, str]
    troubles: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Judged:
    """A row with its verdict, and for the undoing the values before and after."""

    draft: Draft
    verdict: RowVerdict
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)


def read_row(row: Row, columns: Sequence[tuple[int, str]]) -> ReadRow:
    """Return the text of the assigned columns of a row; blank cells say nothing."""
    read = ReadRow(row.line, {})
    for index, name in columns:
        cell = row.cells[index] if index < len(row.cells) else ""
        if index in row.formulas:
            read.troubles.append((name, cell_words(CellTrouble.FORMULA)))
        elif index in row.merged:
            read.troubles.append((name, cell_words(CellTrouble.MERGED)))
        try:
            text = cells.text_of(cell)
        except UnreadableCell as error:
            text = cells.rough_text_of(cell)
            read.troubles.append((name, cell_words(error.trouble)))
        if text:
            read.texts[name] = text
    return read


def cell_words(trouble: CellTrouble, **details: Any) -> str:
    """Return what is wrong with a cell, and its cure."""
    return str(CELL_WORDS[trouble]) % details


def in_every_language(words: Any) -> set[str]:
    """Return some words as each language of the installation says them."""
    said = set()
    for code, _name in settings.LANGUAGES:
        with override(code):
            said.add(str(words))
    return said


class Said:
    """Words in every language, remembered: the same words stand in many rows."""

    def __init__(self) -> None:
        # The words themselves are kept too, as another object may get the number of a dropped one.
        self.known: dict[int, tuple[Any, set[str]]] = {}

    def by(self, words: Any) -> set[str]:
        """Return what some words are in each language; a plain text is the same in all."""
        if isinstance(words, str):
            return {words}
        if id(words) not in self.known:
            self.known[id(words)] = (words, in_every_language(words))
        return self.known[id(words)][1]


class Judge:
    """Looks at rows on behalf of one person, and remembers which records a file has named."""

    def __init__(
        self,
        screen: ImportScreen,
        actor: "Staff",
        *,
        mode: str,
        names: Iterable[str],
        at: datetime,
    ) -> None:
        self.screen = screen
        self.actor = actor
        self.mode = ImportMode(mode)
        self.at = at
        self.said = Said()
        wanted = set(names)
        self.fields = {each.name: each for each in screen.all_fields() if each.name in wanted}
        self.all_fields = screen.all_fields()
        self.choices = {
            each.name: chosen_by_words(each) for each in self.fields.values() if each.choices
        }
        # By what a row is known by, and by the number of its record: the line that was first.
        self.identities: dict[Any, int] = {}
        self.subjects: dict[int, int] = {}
        self.doubts: list[tuple[ImportField, Draft, str, CellTrouble]] = []

    def judge(self, rows: Sequence[ReadRow]) -> list[Judged]:
        """Return the verdict on each of a chunk of rows."""
        drafts = [Draft(row.line, troubles=list(row.troubles)) for row in rows]
        keys = [each for each in self.fields.values() if each.key]
        others = [each for each in self.fields.values() if not each.key]
        self.fill(rows, drafts, keys)
        self.meet(drafts)
        self.resolve_doubts()
        self.fill(rows, drafts, others)
        judged = [self.verdict_on(draft) for draft in drafts]
        return self.checked(judged)

    def fill(
        self, rows: Sequence[ReadRow], drafts: Sequence[Draft], fields: Sequence[ImportField]
    ) -> None:
        """Read the texts of some columns into the values of the drafts."""
        for each in fields:
            told = [
                (draft, text)
                for row, draft in zip(rows, drafts, strict=True)
                if (text := row.texts.get(each.name))
                and all(name != each.name for name, _words in draft.troubles)
            ]
            if each.kind is CellKind.REFERENCE:
                self.fill_references(each, told)
            else:
                for draft, text in told:
                    self.fill_value(each, draft, text)

    def fill_references(self, each: ImportField, told: Sequence[tuple[Draft, str]]) -> None:
        """Read a column of references, looking all its texts up at once."""
        told = [(draft, text) for draft, text in told if not self.is_same(each, draft, text)]
        meant = {text for _draft, text in told if not cells.is_clearing(text)}
        found = each.lookup(self.actor, meant) if each.lookup and meant else {}
        for draft, text in told:
            candidates = found.get(text, ())
            if cells.is_clearing(text):
                self.clear(each, draft)
            elif len(candidates) == 1:
                self.take(each, draft, candidates[0])
            else:
                trouble = CellTrouble.AMBIGUOUS if candidates else CellTrouble.UNKNOWN
                self.doubt(each, draft, text, trouble)

    def doubt(self, each: ImportField, draft: Draft, text: str, trouble: CellTrouble) -> None:
        """Refuse a reference, or put it off until it is known which record the row means.

        An export shows the name of a unit alone, which may be that of several; beside the record
        it is clear.
        """
        if each.key and not each.required and draft.found is None:
            self.doubts.append((each, draft, text, trouble))
        else:
            draft.refuse(each.name, cell_words(trouble, text=text))

    def resolve_doubts(self) -> None:
        """Refuse what was put off, unless the record that was found says the same."""
        for each, draft, text, trouble in self.doubts:
            if not self.is_same(each, draft, text):
                draft.refuse(each.name, cell_words(trouble, text=text))
        self.doubts.clear()

    def fill_value(self, each: ImportField, draft: Draft, text: str) -> None:
        """Read one text into a draft, or note why it cannot be."""
        if self.is_same(each, draft, text):
            return
        if cells.is_clearing(text):
            self.clear(each, draft)
        elif each.personal and cells.is_starred(text):
            draft.refuse(each.name, cell_words(CellTrouble.MASKED, text=text))
        else:
            try:
                value = value_of(each, text, self.choices.get(each.name, {}))
            except UnreadableCell as error:
                draft.refuse(each.name, self.words_for(each, error.trouble, text))
            else:
                self.take(each, draft, value)

    def is_same(self, each: ImportField, draft: Draft, text: str) -> bool:
        """Tell whether a cell says what lists and exports show of the record that it means."""
        if draft.found is None:
            return False
        shown = draft.found.shown.get(each.name)
        if shown is not None:
            return text in self.said.by(shown)
        value = draft.found.values.get(each.name)
        return isinstance(value, Masked) and text == str(value)

    def clear(self, each: ImportField, draft: Draft) -> None:
        """Empty a field, if it may be empty."""
        if each.required or each.key:
            draft.refuse(each.name, cell_words(CellTrouble.NOT_CLEARED))
        else:
            self.take(each, draft, None)

    def take(self, each: ImportField, draft: Draft, value: Any) -> None:
        """Set a value, if its column's own check lets it pass and the field may be written."""
        if each.tidied and value and not (each.check and each.check(value)):
            value = each.tidied(value)
        known = draft.found.values.get(each.name) if draft.found else None
        if draft.found and same(known, value):
            draft.values[each.name] = value
            return
        # Of a row that means no record it is said that there is none, and nothing else.
        reason = draft.found.locked.get(each.name) or each.locked if draft.found else ""
        complaint = reason or (each.check(value) if each.check and value is not None else "")
        if complaint:
            draft.refuse(each.name, str(complaint))
        else:
            draft.values[each.name] = value

    def words_for(self, each: ImportField, trouble: CellTrouble, text: str) -> str:
        """Return what is wrong with a text, naming what would be right."""
        offered = [str(words) for _value, words in each.choices]
        more = " …" if len(offered) > CHOICES_SHOWN else ""
        shown = "*" * len(text) if each.personal else text[:60]
        return cell_words(
            trouble,
            text=shown,
            longest=each.longest,
            least=each.least,
            choices=" / ".join(offered[:CHOICES_SHOWN]) + more,
        )

    def meet(self, drafts: Sequence[Draft]) -> None:
        """Find the records that drafts mean; two rows of a file may not mean the same one."""
        able = [draft for draft in drafts if not draft.is_refused]
        for draft in able:
            self.refuse_second(draft, self.identities, self.screen.identity_of(draft.values))
        able = [draft for draft in able if not draft.is_refused]
        numbers = self.screen.find(self.actor, able)
        current = self.screen.current(self.actor, {pk for pk in numbers if pk is not None})
        for draft, number in zip(able, numbers, strict=True):
            if number is not None and not draft.is_refused:
                draft.found = current.get(number)
                self.refuse_second(draft, self.subjects, number)

    def refuse_second(self, draft: Draft, seen: dict[Any, int], mark: Any) -> None:
        """Refuse a draft whose mark an earlier line of the file bears."""
        if mark is None:
            return
        first = seen.setdefault(mark, draft.line)
        if first != draft.line:
            words = _("the same as line %(line)s of this file. Keep one of the two")
            draft.refuse("", words % {"line": first})

    def verdict_on(self, draft: Draft) -> Judged:
        """Return what a draft would do; what it does not change is left out of its values."""
        if draft.found is None:
            self.complete(draft)
            return Judged(draft, refused_or(draft, RowVerdict.CREATE))
        old = draft.found.values
        draft.values = {
            name: value
            for name, value in draft.values.items()
            if name in old and not same(old[name], value)
        }
        if draft.values and self.mode is ImportMode.CREATE:
            draft.refuse("", _("exists already, and this import is to create only"))
        return Judged(
            draft,
            refused_or(draft, RowVerdict.UPDATE if draft.values else RowVerdict.UNCHANGED),
        )

    def complete(self, draft: Draft) -> None:
        """Refuse a new record that may not be, or that lacks something."""
        if draft.is_refused:
            return
        if self.mode is ImportMode.UPDATE or not self.screen.may_create:
            words = _("there is no such record within your reach. Check the number or the name")
            draft.refuse(next((each.name for each in self.fields.values() if each.key), ""), words)
            return
        draft.values = {name: value for name, value in draft.values.items() if value is not None}
        for each in self.all_fields:
            if each.required and draft.values.get(each.name) in (None, ""):
                draft.refuse(each.name, cell_words(CellTrouble.MISSING))

    def checked(self, judged: Sequence[Judged]) -> list[Judged]:
        """Let the app look at the rows as a whole, and keep what the undoing needs."""
        writing = [
            each.draft for each in judged if each.verdict in (RowVerdict.CREATE, RowVerdict.UPDATE)
        ]
        if self.screen.check and writing:
            self.screen.check(self.actor, writing, self.at)
        return [self.kept(each) for each in judged]

    def kept(self, judged: Judged) -> Judged:
        """Return a judged row with its values before and after, as the book keeps them."""
        draft = judged.draft
        if draft.is_refused:
            return Judged(draft, RowVerdict.REJECTED)
        old: Mapping[str, Any] = draft.found.values if draft.found else {}
        return Judged(
            draft,
            judged.verdict,
            before={name: kept(old.get(name)) for name in draft.values},
            after={name: kept(value) for name, value in draft.values.items()},
        )


def refused_or(draft: Draft, verdict: RowVerdict) -> RowVerdict:
    """Return the verdict on a draft with which nothing is wrong, else that it is rejected."""
    return RowVerdict.REJECTED if draft.is_refused else verdict


def chosen_by_words(each: ImportField) -> dict[str, object]:
    """Return the values of a choice by its words in every language, and by their codes."""
    found: dict[str, object] = {}
    for value, words in each.choices:
        for said in (str(value), *in_every_language(words)):
            found[said.lower()] = value
    return found


def value_of(each: ImportField, text: str, choices: Mapping[str, object]) -> Any:
    """
    Return what a text means in its column.

    :raises UnreadableCell: if it is none of what the column holds.
    """
    if each.kind is CellKind.INTEGER:
        return cells.integer(text, least=each.least)
    if each.kind is CellKind.DECIMAL:
        return cells.decimal(text)
    if each.kind is CellKind.DATE:
        return cells.day(text)
    if each.kind is CellKind.YES_NO:
        return cells.yes_no(text)
    if each.kind is CellKind.CHOICE:
        return cells.choice(text, choices)
    return cells.plain_text(text, longest=each.longest)


def plain(value: Any) -> Any:
    """Return a value as it is compared and kept: nothing for an empty one, masked ones plain."""
    if isinstance(value, Masked):
        value = value.plain
    if isinstance(value, Decimal):
        return value.normalize()
    if isinstance(value, date):
        return value.isoformat()
    return None if value == "" else value


def same(old: Any, new: Any) -> bool:
    """Tell whether two values of a field are the same; empty and missing ones are."""
    return bool(plain(old) == plain(new))


def kept(value: Any) -> Any:
    """Return a value as the book of imports keeps it."""
    value = plain(value)
    return format(value, "f") if isinstance(value, Decimal) else value


def recalled(each: ImportField, value: Any) -> Any:
    """Return a value that the book of imports kept, as its column holds it."""
    if value is None:
        return None
    if each.kind is CellKind.DATE:
        return date.fromisoformat(value)
    return Decimal(value) if each.kind is CellKind.DECIMAL else value
