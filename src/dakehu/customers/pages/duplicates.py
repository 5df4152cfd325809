"""What the pages of duplicates show: two customers side by side, mergers, a merged file (V4)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from dakehu.customers import queries
from dakehu.customers.choices import CustomerKind, PairState
from dakehu.customers.pages.sheets import customer_url

if TYPE_CHECKING:
    from dakehu.people.models import Staff

STATE_TONES = {"OPEN": "warning", "DISMISSED": "neutral", "MERGED": "success"}
FIRST, SECOND = "first", "second"
EMPTY = "–"


@dataclass(frozen=True)
class Side:
    """One of two customers: who it is, what hangs on it, and whether it may be the kept one."""

    name: str
    customer: Any
    url: str
    belongings: tuple[tuple[str, int], ...]
    may_stay: bool
    stays: bool


@dataclass(frozen=True)
class CompareLine:
    """One field of both: its name, both values in words, and whether one can be chosen."""

    key: str
    label: str
    first: str
    second: str
    differs: bool
    is_free: bool
    chosen: str


@dataclass(frozen=True)
class ComparePage:
    """Two customers side by side, what speaks for their being one, and what can be decided."""

    pair: Any
    state_tone: str
    sides: tuple[Side, Side]
    reasons: tuple[str, ...]
    lines: tuple[CompareLine, ...]
    is_open: bool
    is_dismissed: bool

    @property
    def is_any_free(self) -> bool:
        """Tell whether any value can be chosen."""
        return any(line.is_free and line.differs for line in self.lines)


def compare_page(actor: "Staff", pk: int) -> ComparePage:
    """Gather two customers side by side."""
    pair = queries.get_pair(actor, pk)
    kept = likely_kept(pair)
    other_kept = pair.first.kind == pair.second.kind
    sides = tuple(
        Side(
            name=name,
            customer=customer,
            url=customer_url(customer.pk),
            belongings=belongings(customer),
            may_stay=other_kept or customer.pk == kept.pk,
            stays=customer.pk == kept.pk,
        )
        for name, customer in ((FIRST, pair.first), (SECOND, pair.second))
    )
    return ComparePage(
        pair=pair,
        state_tone=STATE_TONES[pair.state],
        sides=(sides[0], sides[1]),
        reasons=queries.reasons_in_words(pair.reasons),
        lines=tuple(line for place in queries.PLACES if (line := compare_line(place, pair, kept))),
        is_open=pair.state == PairState.OPEN,
        is_dismissed=pair.state == PairState.DISMISSED,
    )


def likely_kept(pair: Any) -> Any:
    """Return the one of a pair that is kept unless somebody chooses: the delivered, the older."""
    delivered = [each for each in (pair.first, pair.second) if each.kind != CustomerKind.PROSPECT]
    return delivered[0] if delivered else pair.first


def compare_line(place: queries.Place, pair: Any, kept: Any) -> CompareLine | None:
    """Return one field of both; nothing if neither says anything."""
    values = [place.value_in(pair.first), place.value_in(pair.second)]
    words = [queries.value_words(place.model, place.field, worded(value)) for value in values]
    if not any(words):
        return None
    of_kept = 0 if kept.pk == pair.first_id else 1
    chosen = of_kept if words[of_kept] or not queries.is_free(place, kept.kind) else 1 - of_kept
    return CompareLine(
        key=place.key,
        label=queries.field_names().get(place.field, place.field),
        first=words[0] or EMPTY,
        second=words[1] or EMPTY,
        differs=values[0] != values[1] and words != ["", ""],
        is_free=queries.is_free(place, kept.kind),
        chosen=(FIRST, SECOND)[chosen],
    )


def worded(value: Any) -> Any:
    """Return a value as the log keeps it: personal ones masked, nothing as an empty text."""
    return "" if value in (None, "") else value if isinstance(value, int) else str(value)


def belongings(customer: Any) -> tuple[tuple[str, int], ...]:
    """Return in words what hangs on a customer and how much of it."""
    words = {
        "members": _("Members"),
        "contacts": _("People"),
        "addresses": _("Addresses"),
        "anniversaries": _("Days to remember"),
        "gifts": _("Gifts"),
        "market_notes": _("Market notes"),
        "opinions": _("Opinions"),
        "months": _("Months"),
        "subscriptions": _("Products"),
        "service_logs": _("Acts of managers"),
    }
    return tuple((words[name], count) for name, count in queries.belongings_of(customer).items())


@dataclass(frozen=True)
class DuplicatesPanel:
    """What may be the same as a customer, and what was merged into it."""

    pairs: tuple[tuple[Any, Any, tuple[str, ...]], ...]
    mergers: tuple[Any, ...]


def duplicates_panel(actor: "Staff", pk: int) -> DuplicatesPanel:
    """Gather the open proposals about a customer and its mergers."""
    customer = queries.get_customer(actor, pk)
    pairs = tuple(
        (pair, pair.second if pair.first_id == pk else pair.first, words)
        for pair in queries.open_pairs_of(actor, customer)
        for words in [queries.reasons_in_words(pair.reasons)]
    )
    return DuplicatesPanel(pairs=pairs, mergers=tuple(queries.mergers_of(customer)))


@dataclass(frozen=True)
class MergedFile:
    """The file of a merged customer as it lies: what it said, what stayed, its history."""

    merger: Any
    url: str
    facts: tuple[tuple[str, str], ...]
    belongings: tuple[tuple[str, int], ...]
    changes: tuple[queries.ChangeLine, ...]


def merged_file(actor: "Staff", pk: int) -> MergedFile:
    """Gather the file of a merged customer; who reaches the kept one may read it."""
    merger = queries.get_merged(actor, pk)
    gone = merger.gone
    names = queries.field_names()
    trail = queries.trail_of(gone)
    facts = (
        (names.get(place.field, place.field), words)
        for place in queries.PLACES
        if (words := queries.value_words(place.model, place.field, worded(place.value_in(gone))))
    )
    return MergedFile(
        merger=merger,
        url=customer_url(gone.merged_into_id),
        facts=tuple(facts),
        belongings=belongings(gone),
        changes=tuple(queries.change_line(each, trail) for each in queries.history_of(gone)),
    )
