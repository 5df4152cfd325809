"""What the customers of each level have on average, in the measures a scheme is described by."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dakehu.facts import measures as ms
from dakehu.tiering.models import Measure, Scheme
from dakehu.tiering.queries.judging import judged
from dakehu.tiering.queries.measures import engine_measures, measures_for
from dakehu.tiering.rules.profiles import profile_of
from dakehu.tiering.rules.sources import with_parts
from dakehu.tiering.values import Body

TABLE = "described"


@dataclass(frozen=True)
class Averages:
    """Customers by rank, and by rank the average of every measure; None where none is known."""

    customers: int
    counts: Mapping[int, int]
    measures: tuple[Measure, ...]
    by_rank: Mapping[int, tuple[float | None, ...]]


def averages_by_level(
    scheme: Scheme, body: Body, *, day: date, with_prior: bool = True
) -> Averages:
    """
    Judge everybody of a scheme by rules, and take the averages of each level (T7).

    Whoever has no figure does not count in its average.
    """
    known = {each.code: each for each in measures_for(scheme.kind)}
    listed = tuple(known[code] for code in profile_of(scheme.code) if code in known)
    engine = engine_measures(scheme.kind)
    also = with_parts({each.code: engine[each.code] for each in listed}, engine)
    means = "".join(f", avg(m.{engine[each.code].column})" for each in listed)
    with judged(scheme, {TABLE: body}, day=day, with_prior=with_prior, also=also) as found:
        rows = found.rows(
            f"SELECT d.level, count(*){means} FROM {TABLE} AS d "
            f"JOIN {ms.MEASURED} AS m ON m.number = d.number GROUP BY 1 ORDER BY 1"
        )
        customers = found.customers
    return Averages(
        customers=customers,
        counts={rank: count for rank, count, *_means in rows},
        measures=listed,
        by_rank={rank: tuple(told) for rank, _count, *told in rows},
    )
