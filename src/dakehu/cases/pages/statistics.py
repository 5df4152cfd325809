"""What the page of figures of requests shows (K2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from dakehu.cases.choices import CaseKind
from dakehu.cases.policies import EXPORT
from dakehu.cases.queries import statistics
from dakehu.cases.rules.statistics import MONTHS, per_thousand, share, spans_of
from dakehu.cases.values import Asked, Figures, Span
from dakehu.people.policies import may
from dakehu.people.queries import product_names
from dakehu.ui import charts

if TYPE_CHECKING:
    from dakehu.people.models import Staff

CHARTED = 5


@dataclass(frozen=True)
class Line:
    """One line of a table: what it is about, its figures, and where its requests are listed."""

    words: str
    figures: Figures
    url: str = ""
    rate: float | None = None
    closed_share: float | None = None
    repeat_share: float | None = None
    customers: int | None = None


@dataclass(frozen=True)
class Table:
    """Figures by one thing."""

    title: str
    icon: str
    lines: list[Line]
    with_rate: bool = False


@dataclass(frozen=True)
class StatisticsPage:
    """Figures of requests: sums, trends, tables."""

    asked: Asked
    total: Line
    tables: list[Table]
    counts: Any
    rates: Any
    customers: int
    may_export: bool
    query: str


def statistics_page(actor: "Staff", asked: Asked) -> StatisticsPage:
    """Gather the figures of the requests within reach."""
    spans = spans_of(asked.first, asked.last, asked.step)
    found = statistics.by_span_and_kind(actor, asked)
    units, others, customers = statistics.by_unit(actor, asked)
    by_span = [add(found, place=place) for place in range(len(spans))]
    kinds = {kind.value: add(found, kind=kind.value) for kind in CaseKind}
    total = sum(by_span, Figures())
    labels = [label_of(span, asked.step) for span in spans]
    span_lines = [
        line(label, figures, address(asked, first=span.first, last=span.last), customers)
        for label, span, figures in zip(labels, spans, by_span, strict=True)
    ]
    kind_lines = [
        line(str(CaseKind(kind).label), each, address(asked, kind=kind))
        for kind, each in kinds.items()
        if each.total
    ]
    return StatisticsPage(
        asked=asked,
        total=line(_("Altogether"), total, address(asked), customers),
        tables=[
            Table(_("By period"), "calendar-stats", span_lines, with_rate=True),
            Table(_("By unit of the customer"), "sitemap", unit_lines(units, others), True),
            Table(_("By kind"), "category", kind_lines),
            Table(_("By product"), "package", product_lines(actor, asked)),
        ],
        counts=charts.bars(labels, series_of(found, kinds, len(spans)), stacked=True),
        rates=charts.lines(
            labels, {_("Complaints per thousand customers"): [each.rate for each in span_lines]}
        ),
        customers=customers,
        may_export=may(actor, EXPORT),
        query=urlencode(parameters(asked)),
    )


def add(
    found: dict[tuple[int, str], Figures], *, place: int | None = None, kind: str = ""
) -> Figures:
    """Return the sum of the figures of a stretch of days, or of a kind."""
    fits = (
        figures for (at, of), figures in found.items() if place in {None, at} and kind in {"", of}
    )
    return sum(fits, Figures())


def line(words: str, figures: Figures, url: str = "", customers: int | None = None) -> Line:
    """Return figures as a line."""
    return Line(
        words=words,
        figures=figures,
        url=url,
        rate=None if customers is None else per_thousand(figures.complaints, customers),
        closed_share=share(figures.closed, figures.total),
        repeat_share=share(figures.repeats, figures.complaints),
        customers=customers,
    )


def unit_lines(units: list[tuple[Any, Figures, int]], others: Figures) -> list[Line]:
    """Return the lines of units; of callers whom nobody knows, and of the unit's own, one more."""
    lines = [line(str(unit), figures, "", customers) for unit, figures, customers in units]
    if others.total:
        lines.append(line(_("Of the unit itself, or unknown callers"), others))
    return lines


def product_lines(actor: "Staff", asked: Asked) -> list[Line]:
    """Return the lines of the products most asked about."""
    names = product_names()
    return [
        line(names.get(code, code), figures, address(asked, product_code=code))
        for code, figures in statistics.by_product(actor, asked).items()
    ]


def series_of(
    found: dict[tuple[int, str], Figures], kinds: dict[str, Figures], places: int
) -> dict[str, Sequence[float]]:
    """Return how many of the kinds most asked there are in each stretch of days; then the rest."""
    order = sorted((kind for kind in kinds if kinds[kind].total), key=lambda k: -kinds[k].total)
    shown = order[:CHARTED]
    empty = Figures()
    series: dict[str, Sequence[float]] = {
        str(CaseKind(kind).label): [
            found.get((place, kind), empty).total for place in range(places)
        ]
        for kind in shown
    }
    if order[CHARTED:]:
        series[_("Other kinds")] = [
            sum(found.get((place, kind), empty).total for kind in order[CHARTED:])
            for place in range(places)
        ]
    return series


def label_of(span: Span, step: str) -> str:
    """Return what a stretch of days is called."""
    if step == MONTHS:
        return f"{span.first:%Y-%m}"
    return f"{span.first:%m-%d}"


def parameters(asked: Asked) -> dict[str, str]:
    """Return what the address of the page says."""
    told = {
        "first": asked.first.isoformat(),
        "last": asked.last.isoformat(),
        "step": asked.step,
        "kind": asked.kind,
        "product": asked.product,
        "unit": str(asked.unit.pk) if asked.unit else "",
    }
    return {name: value for name, value in told.items() if value}


def address(asked: Asked, **changed: Any) -> str:
    """Return the address of the list of the requests of a line."""
    told = {
        "opened_after": changed.pop("first", asked.first).isoformat(),
        "opened_before": changed.pop("last", asked.last).isoformat(),
        "kind": asked.kind,
        "product_code": asked.product,
        **changed,
    }
    if asked.unit is not None:
        return ""
    query = urlencode({name: value for name, value in told.items() if value})
    return f"{reverse('cases:list')}?{query}"


def statistics_book(page: StatisticsPage) -> tuple[tuple[Any, ...], tuple[tuple[Any, ...], ...]]:
    """Return all tables as one: columns and lines of a workbook."""
    heads = (
        _("Figures by"), _("What"), _("Number of requests"), _("Closed"), _("Faults"),
        _("Complaints"), _("Repeat complaints"), _("Customers"),
        _("Complaints per thousand customers"),
    )  # fmt: skip
    lines = [book_line("", page.total)]
    lines += [book_line(table.title, each) for table in page.tables for each in table.lines]
    return tuple(map(column, heads)), tuple(lines)


def book_line(title: str, each: Line) -> tuple[Any, ...]:
    """Return a line of the workbook."""
    figures = each.figures
    return (
        title, each.words, figures.total, figures.closed, figures.faults, figures.complaints,
        figures.repeats, each.customers, each.rate,
    )  # fmt: skip


def column(heading: str) -> Any:
    """Return a column of a workbook that has a heading alone."""
    return SimpleNamespace(header=heading, column=SimpleNamespace(excel_format="General"))
