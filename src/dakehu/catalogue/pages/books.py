"""The catalogue as a table to take away: one line for every service, scheme and level."""

from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import Any

from django.utils.translation import gettext as _

from dakehu.catalogue import queries
from dakehu.catalogue.queries import services, wording
from dakehu.catalogue.values import Terms
from dakehu.tiering.queries.schemes import schemes_known
from dakehu.tiering.queries.standings import level_words
from dakehu.tiering.queries.wording import name_of

FIGURES = ("times", "frequency", "coverage", "limit_months", "forms", "handling", "priority")


@dataclass(frozen=True)
class Book:
    """Headings, as the writer of workbooks reads them, and lines."""

    columns: tuple[Any, ...]
    lines: tuple[tuple[Any, ...], ...]


def catalogue_book(*, on: date) -> Book:
    """Gather all standards that hold on a day."""
    headings = [_("Number"), _("Service"), _("Tier scheme"), _("Level"), _("Provided or not")]
    headings += [_("Standard"), *(str(wording.NAMES[name]) for name in FIGURES)]
    headings += [str(wording.NAMES["leading"]), _("Version")]
    names = {place: name_of(level) for place, level in level_words().items()}
    bodies = queries.bodies_in_force(on=on)
    schemes = {each.code: name_of(each) for each in schemes_known()}
    lines = []
    for service in services.services_known():
        number, body = bodies.get(service.code, (0, None))
        for scheme, levels in body.standards.items() if body else ():
            for rank in sorted(levels, reverse=True):
                known = (service.code, wording.service_name(service), schemes.get(scheme, scheme))
                level = names.get((scheme, rank), str(rank))
                leading = wording.value_words("leading", body.leading)
                lines.append((*known, level, *terms_line(levels[rank]), leading, f"v{number}"))
    return Book(tuple(map(column, headings)), tuple(lines))


def terms_line(terms: Terms) -> tuple[str, ...]:
    """Return the terms of a level in words, a dash where they say nothing."""
    figures = (wording.value_words(name, getattr(terms, name)) for name in FIGURES)
    return (str(terms.offer.label), wording.text_of(terms), *figures)


def column(heading: str) -> Any:
    """Return a column of a workbook that has a heading alone."""
    return SimpleNamespace(header=heading, column=SimpleNamespace(excel_format="@"))
