"""The report of gaps: which product nobody can open for whom, county by county."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dakehu.channels.queries import body_in_force
from dakehu.channels.queries.gaps import counties_of
from dakehu.channels.queries.wording import product_name
from dakehu.channels.rules.gaps import on_offer, uncovered

if TYPE_CHECKING:
    from dakehu.people.models import Staff


@dataclass(frozen=True)
class Row:
    """A product, and for each county the classes for which nobody can open it."""

    name: str
    cells: list[tuple[str, list[str]]]


@dataclass(frozen=True)
class Gaps:
    """The report: the counties, and the products with a gap somewhere."""

    counties: list[str]
    rows: list[Row]
    covered: int


def gaps_of(actor: "Staff", *, on: date) -> Gaps:
    """Gather the gaps within an actor's units."""
    body = body_in_force(on=on)
    counties = counties_of(actor, body, on=on)
    rows = []
    products = on_offer(body)
    for product in products:
        cells = [
            (county.name, [str(each.label) for each in uncovered(body, product, county)])
            for county in counties
        ]
        if any(classes for _name, classes in cells):
            rows.append(Row(product_name(product), cells))
    return Gaps([county.name for county in counties], rows, len(products) - len(rows))
