"""The matrix as pages: one version with its grid, and what a dry run decides."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from dakehu.channels import queries
from dakehu.channels.choices import POSITIONING, Channel, Kind, Outcome, Part, Stage
from dakehu.channels.queries import wording
from dakehu.channels.rules.bodies import body_from_data
from dakehu.channels.rules.editing import changed_products, gaps
from dakehu.channels.rules.routing import decide
from dakehu.channels.values import Body, Facts, Product
from dakehu.tiering.choices import PLACE_TONES, RulePlace

OUTCOME_TONES = {
    Outcome.KEPT: "neutral",
    Outcome.COMPLETED: "success",
    Outcome.OFFERED: "info",
    Outcome.QUEUED: "warning",
}


@dataclass(frozen=True)
class Row:
    """One product: what it is, and what every channel does with it."""

    product: Product
    name: str
    cells: tuple[tuple[str, list[str], bool], ...]


@dataclass(frozen=True)
class ChannelRow:
    """One channel: whom it is there for, and its part in every stage."""

    name: str
    about: Any
    parts: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class VersionLine:
    """A version in the history."""

    version: Any
    place: RulePlace
    tone: str


@dataclass(frozen=True)
class MatrixPage:
    """One version of the matrix."""

    version: Any
    place: RulePlace
    tone: str
    channels: tuple[str, ...]
    stages: tuple[str, ...]
    rows: tuple[Row, ...]
    parts: tuple[ChannelRow, ...]
    limits: tuple[tuple[str, str], ...]
    gaps: tuple[str, ...]
    changes: tuple[str, ...]
    versions: tuple[VersionLine, ...]

    @property
    def is_working(self) -> bool:
        """Whether a draft or a proposal is about."""
        return any(each.place in {"DRAFT", "PROPOSED"} for each in self.versions)


def matrix_page(number: int | None, *, on: date) -> MatrixPage:
    """Gather one version: the one named, or the one in force."""
    in_force = queries.version_in_force(on=on)
    version = queries.get_version(number) if number else in_force
    body = body_from_data(version.body)
    place = queries.place_of(version, on=on, in_force=in_force)
    lines = []
    for each in queries.versions_known():
        where = queries.place_of(each, on=on, in_force=in_force)
        lines.append(VersionLine(each, where, PLACE_TONES[where]))
    return MatrixPage(
        version=version,
        place=place,
        tone=PLACE_TONES[place],
        channels=tuple(str(each.label) for each in Channel),
        stages=tuple(str(each.label) for each in Stage),
        rows=tuple(row_of(body, each) for each in body.products.values()),
        parts=tuple(channel_row(body, each) for each in Channel),
        limits=tuple(
            (str(name.label), wording.limit_words(limit)) for name, limit in body.limits.items()
        ),
        gaps=tuple(wording.name_of(body, code) for code in gaps(body)),
        changes=changes_in(version, body),
        versions=tuple(lines),
    )


def row_of(body: Body, product: Product) -> Row:
    """Return one product as a row of the grid."""
    cells = []
    for channel in Channel:
        cell = body.capability(channel, product.code)
        cells.append((str(channel.label), wording.capability_words(cell), bool(cell.marks)))
    return Row(product, wording.product_name(product), tuple(cells))


def channel_row(body: Body, channel: Channel) -> ChannelRow:
    """Return one channel as a row of the stages."""
    parts = []
    for stage in Stage:
        part = body.stages.get(channel, {}).get(stage)
        tone = "info" if part == Part.MAIN else "neutral"
        parts.append((str(stage.label), str(part.label) if part else "", tone))
    return ChannelRow(str(channel.label), POSITIONING[channel], tuple(parts))


def changes_in(version: Any, body: Body) -> tuple[str, ...]:
    """Return the names of the products that a version tells otherwise than its base."""
    if version.based_on is None:
        return ()
    base = body_from_data(version.based_on.body)
    return tuple(wording.name_of(body, code) for code in changed_products(base, body))


@dataclass(frozen=True)
class Tried:
    """What would become of a contact."""

    kind: str
    outcome: str
    tone: str
    rule: int
    limit: str
    why: tuple[str, ...]
    passed_over: list[str]


def tried(body: Body, facts: Facts) -> Tried:
    """Decide about facts, and tell it in words."""
    decision = decide(body, facts)
    return Tried(
        kind=str(Kind(decision.kind).label),
        outcome=str(Outcome(decision.outcome).label),
        tone=OUTCOME_TONES[decision.outcome],
        rule=decision.rule,
        limit=wording.limit_words(decision.limit) if decision.limit else "",
        why=tuple(wording.why_words(body, facts, decision)),
        passed_over=wording.passed_words(decision),
    )
