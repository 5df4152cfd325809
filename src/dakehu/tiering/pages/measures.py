"""What the pages of measures show: sources in words, and how values lie."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dakehu.facts import measures as ms
from dakehu.tiering.choices import SchemeKind
from dakehu.tiering.queries import measures as queries
from dakehu.tiering.queries.judging import measured
from dakehu.tiering.queries.schemes import schemes_known
from dakehu.tiering.queries.sources import newest_day
from dakehu.tiering.queries.wording import FOLDS, name_of, value_words
from dakehu.tiering.rules.sources import with_parts

if TYPE_CHECKING:
    from dakehu.tiering.models import Measure


@dataclass(frozen=True)
class MeasureLine:
    """One measure with its source in words."""

    measure: "Measure"
    name: str
    source: str


@dataclass(frozen=True)
class Sample:
    """How the values of a measure lie as of a day: known, missing, and some of them."""

    day: date
    customers: int
    known: int
    figures: tuple[tuple[str, str], ...]


def measure_lines() -> list[tuple[str, list[MeasureLine]]]:
    """Gather all measures by whom they are about."""
    found = []
    for kind in (SchemeKind.GROUP, SchemeKind.INDIVIDUAL):
        lines = [
            MeasureLine(each, name_of(each), source_words(queries.engine_measure(each).source))
            for each in queries.measures_for(kind)
        ]
        found.append((str(SchemeKind(kind).label), lines))
    return found


def source_words(source: ms.Source) -> str:
    """Return where a measure comes from, in words."""
    match source:
        case ms.Newest(column, _number):
            return _("newest value of %(column)s") % {"column": column}
        case ms.Age(column, ahead):
            said = _("days until %(column)s") if ahead else _("days since %(column)s")
            return said % {"column": column}
        case ms.Monthly(column, fold, months, _least, gaps):
            said = _("%(fold)s of %(column)s over %(months)s whole months")
            told = said % {"fold": FOLDS[fold], "column": column, "months": months}
            return _("%(told)s; gaps count 0") % {"told": told} if gaps is ms.Gaps.ZERO else told
        case ms.Daily(column, fold, days):
            said = _("%(fold)s of %(column)s over %(days)s days")
            return said % {"fold": FOLDS[fold], "column": column, "days": days}
    return other_words(source)


def other_words(source: ms.Source) -> str:
    """Return where a measure comes from that is no folded column, in words."""
    match source:
        case ms.Held(products):
            return _("different products in use") + (
                f": {', '.join(products)}" if products else ""
            )
        case ms.Served(days):
            said = ngettext(
                "acts of service in %(days)s day", "acts of service in %(days)s days", days
            )
            return said % {"days": days}
        case ms.Silence():
            return _("days since the last act of service")
        case ms.Recorded():
            return _("recorded by managers")
        case ms.Share(top, base, scale):
            return f"{top} × {scale} ÷ {base}"
        case ms.Difference(top, base):
            return f"{top} − {base}"
    raise TypeError(type(source).__name__)


def measure_sample(measure: "Measure") -> Sample | None:
    """Measure everybody as of the newest data day; nothing without facts (T7)."""
    day = newest_day()
    scheme = next((e for e in schemes_known() if queries.subject_of(e.kind) == measure.kind), None)
    if day is None or scheme is None:
        return None
    own = queries.engine_measure(measure)
    listed = with_parts({own.code: own}, queries.engine_measures(measure.kind)).values()
    column = own.column
    with measured(scheme, listed, day=day) as found:
        [(customers, known)] = found.rows(f"SELECT count(*), count({column}) FROM {ms.MEASURED}")
        if own.is_text:
            rows: list[Any] = found.rows(
                f"SELECT {column}, count(*) AS n FROM {ms.MEASURED} WHERE {column} IS NOT NULL "
                "GROUP BY 1 ORDER BY n DESC, 1 LIMIT 12"
            )
            figures = tuple((value_words(measure, value), str(count)) for value, count in rows)
        else:
            [row] = found.rows(
                f"SELECT min({column}), quantile_disc({column}, 0.25), "
                f"quantile_disc({column}, 0.5), quantile_disc({column}, 0.75), max({column}) "
                f"FROM {ms.MEASURED}"
            )
            names = (
                _("lowest"),
                _("lower quarter"),
                _("middle"),
                _("upper quarter"),
                _("highest"),
            )
            figures = tuple(
                (name, value_words(measure, value)) for name, value in zip(names, row, strict=True)
            )
    return Sample(day, customers, known, figures)
