"""The catalogue as a table, and one service with its versions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from dakehu.catalogue import queries
from dakehu.catalogue.choices import OFFER_TONES, Family, Offer
from dakehu.catalogue.queries import services, wording
from dakehu.catalogue.rules.bodies import body_from_data
from dakehu.catalogue.rules.editing import differences
from dakehu.catalogue.rules.promising import alike
from dakehu.catalogue.values import Body, Terms
from dakehu.people.queries.units import duties_within
from dakehu.tiering.choices import PLACE_TONES, RulePlace
from dakehu.tiering.queries.schemes import schemes_known
from dakehu.tiering.queries.standings import level_words
from dakehu.tiering.queries.wording import name_of

if TYPE_CHECKING:
    from dakehu.catalogue.models import Service, ServiceVersion
    from dakehu.people.models import Staff


@dataclass(frozen=True)
class Cell:
    """What some levels are promised: words, figures, and whether it still has to be confirmed."""

    levels: str
    ranks: tuple[int, ...]
    text: str
    offer: str
    tone: str
    is_given: bool
    to_confirm: bool
    figures: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Row:
    """One service of the table with a cell for every group of levels; none where it has none."""

    service: "Service"
    name: str
    content: str
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True)
class CataloguePage:
    """The catalogue by one scheme."""

    scheme: Any
    schemes: tuple[tuple[str, str], ...]
    columns: tuple[str, ...]
    families: tuple[tuple[str, tuple[Row, ...]], ...]
    to_confirm: int
    query: str


def catalogue_page(code: str, family: str, words: str, *, on: date) -> CataloguePage:
    """Gather who is promised what, by the levels of one scheme, as a table."""
    bodies = queries.bodies_in_force(on=on)
    known = {each.code: each for each in schemes_known()}
    used = {scheme for _number, body in bodies.values() for scheme in body.standards}
    schemes = [each for each in known.values() if each.code in used]
    scheme = next((each for each in schemes if each.code == code), schemes[0])
    names = names_in(scheme.code)
    columns = columns_of(bodies, scheme.code)
    rows: dict[str, list[Row]] = {}
    for service in services.services_known():
        body = bodies.get(service.code, (0, Body()))[1]
        if not body.standards.get(scheme.code) or (family and service.family != family):
            continue
        row = row_of(service, body, scheme.code, columns, names)
        if words.lower() in f"{row.service.code} {row.name} {row.content}".lower():
            rows.setdefault(service.family, []).append(row)
    return CataloguePage(
        scheme=scheme,
        schemes=tuple((each.code, name_of(each)) for each in schemes),
        columns=tuple(wording.levels_words(names[rank] for rank in ranks) for ranks in columns),
        families=tuple(
            (str(each.label), tuple(rows[each])) for each in Family if rows.get(each.value)
        ),
        to_confirm=sum(
            cell is not None and cell.to_confirm
            for found in rows.values()
            for row in found
            for cell in row.cells
        ),
        query=words,
    )


def names_in(scheme: str) -> dict[int, str]:
    """Return the names of the levels of a scheme by rank."""
    return {
        rank: name_of(level) for (code, rank), level in level_words().items() if code == scheme
    }


def columns_of(bodies: Mapping[str, tuple[int, Body]], scheme: str) -> list[tuple[int, ...]]:
    """Return the levels that no service tells apart together, from the top."""
    of_scheme = [
        body.standards[scheme] for _n, body in bodies.values() if scheme in body.standards
    ]
    ranks = sorted({rank for levels in of_scheme for rank in levels}, reverse=True)
    columns: list[list[int]] = []
    for rank in ranks:
        same = columns and all(
            levels.get(columns[-1][0]) == levels.get(rank) for levels in of_scheme
        )
        if same:
            columns[-1].append(rank)
        else:
            columns.append([rank])
    return [tuple(each) for each in columns]


def row_of(
    service: "Service",
    body: Body,
    scheme: str,
    columns: list[tuple[int, ...]],
    names: Mapping[int, str],
) -> Row:
    """Return one service as a row."""
    levels = body.standards[scheme]
    cells = [
        cell_of(ranks, levels[ranks[0]], names) if ranks[0] in levels else None
        for ranks in columns
    ]
    return Row(
        service, wording.service_name(service), wording.text_of(body, "content"), tuple(cells)
    )


def cell_of(ranks: tuple[int, ...], terms: Terms, names: Mapping[int, str]) -> Cell:
    """Return the terms of some levels as a cell."""
    return Cell(
        levels=wording.levels_words(names.get(rank, str(rank)) for rank in ranks),
        ranks=ranks,
        text=wording.text_of(terms),
        offer=str(terms.offer.label),
        tone=OFFER_TONES[terms.offer],
        is_given=terms.offer == Offer.GIVEN,
        to_confirm=terms.offer == Offer.TO_CONFIRM,
        figures=tuple(wording.figures_of(terms)),
    )


@dataclass(frozen=True)
class VersionLine:
    """A version in the history."""

    version: "ServiceVersion"
    place: RulePlace
    tone: str


@dataclass(frozen=True)
class SchemeTerms:
    """The terms of one scheme, level group by level group."""

    code: str
    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Change:
    """One difference in words."""

    where: str
    name: str
    was: str
    now: str


@dataclass(frozen=True)
class ServicePage:
    """One version of a service."""

    service: "Service"
    name: str
    version: "ServiceVersion"
    place: RulePlace
    tone: str
    body: Body
    content: str
    work: str
    facts: tuple[tuple[str, str], ...]
    schemes: tuple[SchemeTerms, ...]
    changes: tuple[Change, ...]
    versions: tuple[VersionLine, ...]
    duties: tuple[Any, ...]
    to_confirm: int
    # Schemes by which nothing is promised: code, name, and the rank of the top level.
    open_schemes: tuple[tuple[str, str, int], ...] = ()

    @property
    def is_to_come(self) -> bool:
        """Whether it would change something once it holds."""
        return self.place in {RulePlace.DRAFT, RulePlace.PROPOSED, RulePlace.COMING}


FACTS = ("recipients", "channels", "leading", "supporting", "classes", "depth", "minimum",
         "advance", "covers")  # fmt: skip


def service_page(
    actor: "Staff", service: "Service", number: int | None, *, on: date
) -> ServicePage:
    """Gather one version of a service: the one named, or the one in force."""
    in_force = services.version_in_force(service, on=on)
    versions = list(services.versions_of(service))
    version = services.get_version(service, number) if number else (in_force or versions[0])
    body = body_from_data(version.body)
    place = services.place_of(version, on=on, in_force=in_force)
    base = version.based_on if place == RulePlace.SUPERSEDED else in_force
    schemes = scheme_terms(body)
    return ServicePage(
        service=service,
        name=wording.service_name(service),
        version=version,
        place=place,
        tone=PLACE_TONES[place],
        body=body,
        content=wording.text_of(body, "content"),
        work=wording.text_of(body, "work"),
        facts=tuple(
            (str(wording.NAMES[name]), wording.value_words(name, getattr(body, name)))
            for name in FACTS
            if getattr(body, name) not in (None, ())
        ),
        schemes=schemes,
        changes=changes_between(base, version),
        versions=tuple(version_line(each, in_force, on=on) for each in versions),
        duties=tuple(each for each in duties_within(actor) if each.service == service.code),
        to_confirm=sum(cell.to_confirm for each in schemes for cell in each.cells),
        open_schemes=schemes_open(body),
    )


def schemes_open(body: Body) -> tuple[tuple[str, str, int], ...]:
    """Return the schemes by which a version promises nothing, each with its top level."""
    tops: dict[str, int] = {}
    for scheme, rank in level_words():
        tops[scheme] = max(rank, tops.get(scheme, 0))
    return tuple(
        (each.code, name_of(each), tops[each.code])
        for each in schemes_known()
        if each.code in tops and each.code not in body.standards
    )


def scheme_terms(body: Body) -> tuple[SchemeTerms, ...]:
    """Return the terms of a version by scheme."""
    found = []
    for scheme in schemes_known():
        levels = body.standards.get(scheme.code)
        if levels:
            names = names_in(scheme.code)
            cells = tuple(cell_of(ranks, terms, names) for ranks, terms in alike(levels))
            found.append(SchemeTerms(scheme.code, name_of(scheme), cells))
    return tuple(found)


def version_line(
    version: "ServiceVersion", in_force: "ServiceVersion | None", *, on: date
) -> VersionLine:
    """Return a version as a line of the history."""
    place = services.place_of(version, on=on, in_force=in_force)
    return VersionLine(version, place, PLACE_TONES[place])


def changes_between(old: "ServiceVersion | None", new: "ServiceVersion") -> tuple[Change, ...]:
    """Return what two versions say differently, in words; nothing without an old one."""
    if old is None or old.digest == new.digest:
        return ()
    names = {place: name_of(level) for place, level in level_words().items()}
    found = differences(body_from_data(old.body), body_from_data(new.body))
    return tuple(
        Change(
            where=wording.levels_words(
                names.get((each.scheme, rank), str(rank)) for rank in each.ranks
            ),
            name=str(wording.NAMES[each.name]),
            was=wording.value_words(each.name, each.was),
            now=wording.value_words(each.name, each.now),
        )
        for each in found
    )
