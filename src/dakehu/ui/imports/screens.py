"""What an import is, as frozen values."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise

from dakehu.common.masking import PersonalKind
from dakehu.common.spreadsheets import CellKind
from dakehu.ui.actors import Actor

Words = str | Promise
Values = dict[str, Any]
LONGEST_TEXT = 2000


class UnableToImport(Exception):
    """A row cannot be taken; the text tells a person what to do about it."""

    def __init__(self, words: str, *, field: str = "") -> None:
        self.words = words
        self.field = field
        super().__init__(words)


@contextmanager
def refusing(*refused: type[Exception]) -> Iterator[None]:
    """Turn what operations refuse, at a field if they name one, into the refusal of a row."""
    try:
        yield
    except refused as refusal:
        raise UnableToImport(str(refusal), field=getattr(refusal, "field", "")) from refusal


@dataclass(frozen=True)
class ImportField:
    """
    One column: its heading, what its cells hold, and what a person reads about it.

    ``key`` columns tell which record a row means. ``lookup`` answers, for texts of a reference,
    which records they may mean within the actor's reach: exactly one is taken. ``personal`` values
    are masked wherever they are shown, and a masked value that comes back is left as it is.
    ``locked`` says why a column is only compared and never written. ``check`` returns what is
    wrong with a value, in words, or nothing. ``tidied`` writes a value that holds in the one way
    in which it is kept. ``other_titles`` are headings that mean the same.
    """

    name: str
    title: Words
    kind: CellKind = CellKind.TEXT
    required: bool = False
    key: bool = False
    choices: tuple[tuple[Any, Words], ...] = ()
    lookup: Callable[[Any, Collection[str]], Mapping[str, Sequence[Any]]] | None = None
    personal: PersonalKind | None = None
    longest: int = LONGEST_TEXT
    least: int | None = None
    locked: Words = ""
    check: Callable[[Any], str | None] | None = None
    tidied: Callable[[Any], Any] | None = None
    other_titles: tuple[Words, ...] = ()
    help_text: Words = ""
    example: Words = ""

    def __post_init__(self) -> None:
        if (self.kind is CellKind.REFERENCE) != (self.lookup is not None):
            raise ImproperlyConfigured(f"{self.name}: a reference needs a lookup, and no other.")
        if (self.kind is CellKind.CHOICE) != bool(self.choices):
            raise ImproperlyConfigured(f"{self.name}: a choice needs choices, and no other.")


@dataclass(frozen=True)
class Found:
    """
    A record as it stands: its number, version and name, and the values of the import's fields.

    ``shown`` are the words in which lists and exports show a field where they are not the value's
    own, translated when compared; a cell that says the same changes nothing. A field without a
    value here is never written. ``locked`` names fields that are not written
    for this record, with the reason in words.
    """

    pk: int
    values: Mapping[str, Any]
    name: str = ""
    version: int | None = None
    shown: Mapping[str, Words] = field(default_factory=dict)
    locked: Mapping[str, Words] = field(default_factory=dict)


@dataclass
class Draft:
    """A row on its way in: the values it sets, the record it means, and what is wrong with it."""

    line: int
    values: Values = field(default_factory=dict)
    found: Found | None = None
    troubles: list[tuple[str, str]] = field(default_factory=list)

    def refuse(self, name: str, words: str) -> None:
        """Note what is wrong with a field, or with the row where ``name`` is empty."""
        self.troubles.append((name, words))

    @property
    def is_refused(self) -> bool:
        return bool(self.troubles)


@dataclass(frozen=True)
class Act:
    """On whose behalf, when and why rows are written."""

    by: Any
    at: datetime
    reason: str


@dataclass(frozen=True)
class ImportScreen:
    """
    One import: its columns, and the questions that only its app can answer.

    - ``find(actor, drafts)`` returns, draft by draft, the number of the record that a row means,
      or None for a new one; it may refuse drafts. Key columns and references are read by then.
    - ``current(actor, numbers)`` returns those records as they stand, by number.
    - ``save(draft, act)`` creates (``draft.found`` is None) or changes the record, writes only
      ``draft.values``, and returns its number.
    - ``save_all(drafts, acts)`` does it for many at once and returns their numbers in that order;
      refusing one refuses all, and they are then saved one by one.
    - ``remove(number, act)`` takes back what ``save`` created; None if that is not possible.

    ``check(actor, drafts, at)`` may refuse drafts for what no single column tells.
    ``identity(values)`` is what two rows of one file may not share; the key columns, unless told
    otherwise.
    ``more_fields`` adds columns that are only known while running, such as custom fields.
    ``save`` and ``remove`` may raise :class:`UnableToImport`. ``list_name`` is the list whose tool
    bar leads here; ``record_url`` answers where a record is shown.
    """

    name: str
    title: Words
    permission: str
    fields: tuple[ImportField, ...]
    find: Callable[[Any, Sequence[Draft]], Sequence[int | None]]
    current: Callable[[Any, Collection[int]], Mapping[int, Found]]
    save: Callable[[Draft, Act], int]
    save_all: Callable[[Sequence[Draft], Sequence[Act]], Sequence[int]] | None = None
    remove: Callable[[int, Act], None] | None = None
    check: Callable[[Any, Sequence[Draft], datetime], None] | None = None
    identity: Callable[[Mapping[str, Any]], Any] | None = None
    more_fields: Callable[[], tuple[ImportField, ...]] | None = None
    may_create: bool = True
    list_name: str = ""
    help_text: Words = ""
    icon: str = "table-import"
    record_url: Callable[[int], str] | None = None

    def all_fields(self) -> tuple[ImportField, ...]:
        """Return every column, those that are only known while running last."""
        return self.fields + (self.more_fields() if self.more_fields else ())

    def identity_of(self, values: Mapping[str, Any]) -> Any:
        """Return what two rows of one file may not share; None where a row has no identity."""
        if self.identity:
            return self.identity(values)
        parts = tuple(values.get(each.name) for each in self.fields if each.key)
        return parts if any(part not in (None, "") for part in parts) else None

    def is_open_to(self, actor: Actor) -> bool:
        """Tell whether ``actor`` may import with this."""
        return actor.may("imports.run") and actor.may(self.permission)
