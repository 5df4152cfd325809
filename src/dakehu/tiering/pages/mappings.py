"""What the pages of matching levels show: the grid of two schemes with its figures (T24)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse

from dakehu.tiering.choices import PLACE_TONES, RulePlace, RuleState
from dakehu.tiering.queries import mappings as queries
from dakehu.tiering.queries.moving import level_word
from dakehu.tiering.queries.schemes import level_names
from dakehu.tiering.queries.wording import name_of
from dakehu.tiering.rules.matching import (
    Agreement,
    Match,
    agreement,
    by_rank,
    changed_ranks,
    meant_by,
)

if TYPE_CHECKING:
    from dakehu.customers.models import Customer
    from dakehu.people.models import Staff
    from dakehu.tiering.models import Level, LevelMapping, Scheme


@dataclass(frozen=True)
class PairLine:
    """Two schemes in the list: how many levels are matched, and what waits."""

    scheme: "Scheme"
    other: "Scheme"
    matched: int
    levels: int
    to_confirm: int
    is_waiting: bool
    are_same: bool


@dataclass(frozen=True)
class Cell:
    """Customers at one pair of levels; ``is_match`` where the matches put them."""

    count: int
    url: str
    is_match: bool


@dataclass(frozen=True)
class GridRow:
    """One level of the first scheme with its customers by level of the second."""

    level: str
    to_confirm: bool
    cells: tuple[Cell, ...]
    total: int


@dataclass(frozen=True)
class MappingLine:
    """One version of the matches, and what it changes against those in force."""

    mapping: "LevelMapping"
    place: RulePlace
    tone: str
    changes: tuple[tuple[str, str, str], ...]
    is_mine: bool


@dataclass(frozen=True)
class MappingPage:
    """Two schemes side by side."""

    scheme: "Scheme"
    other: "Scheme"
    mapping: "LevelMapping | None"
    columns: tuple[str, ...]
    rows: tuple[GridRow, ...]
    figures: Agreement
    are_same: bool
    to_confirm: int
    versions: tuple[MappingLine, ...]
    list_url: str

    @property
    def is_waiting(self) -> bool:
        """Whether other matches wait for a second person."""
        return any(each.place == RulePlace.PROPOSED for each in self.versions)


@dataclass(frozen=True)
class Twin:
    """What a customer's level means in another scheme, and where it stands there itself."""

    scheme: str
    meant: str
    own: str
    agrees: bool | None


def pair_lines(*, on: date, of: "Scheme | None" = None) -> list[PairLine]:
    """
    Gather every two schemes, or those of one, with those whose customers are the same first (T24).
    """
    in_force = {(e.scheme_id, e.other_id): e for e in queries.mappings_in_force(on=on)}
    waiting = {
        (each.scheme_id, each.other_id)
        for each in queries.mappings_to_look_at()
        if each.state == RuleState.PROPOSED
    }
    levels = queries.levels_by_scheme()
    lines = []
    for scheme, other in queries.pairs_of_schemes():
        if of is not None and of not in (scheme, other):
            continue
        matches = queries.matches_in(in_force.get((scheme.pk, other.pk)))
        lines.append(
            PairLine(
                scheme=scheme,
                other=other,
                matched=len(matches),
                levels=len(levels.get(scheme.pk, ())),
                to_confirm=sum(each.to_confirm for each in matches),
                is_waiting=(scheme.pk, other.pk) in waiting,
                are_same=queries.are_about_same(scheme, other),
            )
        )
    return sorted(lines, key=lambda each: (not each.are_same, not each.matched))


def mapping_page(actor: "Staff", code: str, other_code: str, *, on: date) -> MappingPage:
    """Gather two schemes side by side: who stands where, and whether as matched."""
    scheme, other = queries.get_pair(code, other_code)
    mapping = queries.mapping_in_force(scheme, other, on=on)
    matches, are_same = queries.matches_in(mapping), queries.are_about_same(scheme, other)
    counts = queries.pair_counts(actor, scheme, other, on=on) if are_same else {}
    here, there = level_names(scheme), level_names(other)
    meant = by_rank(matches)
    open_ones = {each.rank for each in matches if each.to_confirm}
    rows = []
    for rank, level in here.items():
        cells = tuple(
            Cell(
                count=counts.get((rank, to), 0),
                url=list_url(mapping, here=rank, there=to),
                is_match=meant.get(rank) == to,
            )
            for to in there
        )
        total = sum(each.count for each in cells)
        rows.append(GridRow(name_of(level), rank in open_ones, cells, total))
    return MappingPage(
        scheme=scheme,
        other=other,
        mapping=mapping,
        columns=tuple(name_of(each) for each in there.values()),
        rows=tuple(rows),
        figures=agreement(counts, matches),
        are_same=are_same,
        to_confirm=len(open_ones),
        versions=version_lines(actor, scheme, other, mapping, on=on),
        list_url=list_url(mapping),
    )


def list_url(mapping: "LevelMapping | None", **chosen: int | str) -> str:
    """Return the list of the customers in both schemes; nothing without matches."""
    if mapping is None:
        return ""
    return f"{reverse('tiering:twin_list')}?{urlencode({'mapping': mapping.pk, **chosen})}"


def version_lines(
    actor: "Staff", scheme: "Scheme", other: "Scheme", in_force: "LevelMapping | None", *, on: date
) -> tuple[MappingLine, ...]:
    """Gather the versions of the matches, each with what differs from those in force."""
    held = queries.matches_in(in_force)
    names = level_names(scheme), level_names(other)
    lines = []
    for each in queries.versions_of_pair(scheme, other):
        place = queries.place_of_mapping(each, on=on, in_force=in_force)
        changes = () if each == in_force else changes_of(held, queries.matches_in(each), *names)
        mine = each.proposed_by_id == actor.pk
        lines.append(MappingLine(each, place, PLACE_TONES[place], changes, mine))
    return tuple(lines)


def changes_of(
    before: Iterable[Match],
    after: Iterable[Match],
    here: "Mapping[int, Level]",
    there: "Mapping[int, Level]",
) -> tuple[tuple[str, str, str], ...]:
    """Return what differs between two versions: level, what it meant, what it means."""
    old, new = by_rank(before), by_rank(after)
    return tuple(
        (
            level_word(here, rank),
            level_word(there, old.get(rank)),
            level_word(there, new.get(rank)),
        )
        for rank in changed_ranks(before, after)
    )


def twins_of(customer: "Customer", *, on: date) -> dict[str, tuple[Twin, ...]]:
    """
    Return what a customer's levels mean in other schemes, by code of the scheme (T24).

    The customer comes from a query.
    """
    ranks = queries.ranks_in_schemes(customer, on=on)
    found: dict[str, list[Twin]] = {}
    levels = queries.levels_by_scheme()
    for mapping in queries.mappings_in_force(on=on):
        for scheme, other, backward in (
            (mapping.scheme, mapping.other, False),
            (mapping.other, mapping.scheme, True),
        ):
            if scheme.pk not in ranks:
                continue
            meant = meant_by(queries.matches_in(mapping), ranks[scheme.pk], backward=backward)
            own, names = ranks.get(other.pk), levels.get(other.pk, {})
            if not meant:
                continue
            found.setdefault(scheme.code, []).append(
                Twin(
                    scheme=name_of(other),
                    meant=" / ".join(level_word(names, rank) for rank in meant),
                    own="" if own is None else level_word(names, own),
                    agrees=None if own is None else own in meant,
                )
            )
    return {code: tuple(twins) for code, twins in found.items()}
