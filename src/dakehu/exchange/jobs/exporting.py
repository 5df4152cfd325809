"""Writing results of an evaluated day, or working days, to a file, for other systems (F13).

The numbers are those the alerts and standings were made of, whole, before any scope or mask: the
commands are for whoever runs the installation.
"""

import csv
from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _

from dakehu.clocks.errors import CalendarUnusable
from dakehu.clocks.queries import FIRST_YEAR, default_days
from dakehu.exchange.errors import UnableToExport
from dakehu.exchange.jobs import engines
from dakehu.exchange.queries.facts import evaluation_of
from dakehu.facts import results

SUFFIXES = (".csv", ".parquet")


def export_signals(day: date, out: Path) -> int:
    """Write the signals of a data day as sub_id, rule, a, b, and return how many.

    :raises UnableToExport: if the day was not evaluated, or the suffix is unknown.
    """
    return results.export_signals(result_file("signals", day), writable(out))


def export_card_levels(day: date, out: Path) -> int:
    """Write the card levels as of a data day, and return how many.

    :raises UnableToExport: if the day was not evaluated, or the suffix is unknown.
    """
    return results.export_standings(result_file("card_level", day), writable(out))


def export_workdays(first: date, last: date, out: Path) -> tuple[int, list[int]]:
    """Write date and is_workday, one or nought, of every day from ``first`` to ``last``.

    Return how many days there are, and the years whose holidays nobody has announced yet.

    :raises UnableToExport: if there are no such days, or the suffix is not .csv.
    """
    if out.suffix != ".csv":
        raise UnableToExport(_("%(file)s: name a file that ends in .csv.") % {"file": out})
    if last < first:
        raise UnableToExport(_("%(day)s lies before the first day.") % {"day": last.isoformat()})
    try:
        days = default_days(first, last)
    except CalendarUnusable as refusal:
        raise UnableToExport(
            _("The calendar begins with the year %(year)s.") % {"year": FIRST_YEAR}
        ) from refusal
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["date", "is_workday"])
        writer.writerows((each.day.isoformat(), int(each.is_worked)) for each in days)
    return len(days), sorted({each.day.year for each in days if each.is_provisional})


def writable(out: Path) -> Path:
    """Return ``out`` if it names a kind of file that can be written.

    :raises UnableToExport: if it does not.
    """
    if out.suffix not in SUFFIXES:
        raise UnableToExport(
            _("%(file)s: name a file that ends in .csv or .parquet.") % {"file": out}
        )
    return out


def result_file(name: str, day: date) -> Path:
    """Return the file of one result of an evaluated day.

    :raises UnableToExport: if the day was not evaluated.
    """
    evaluation = evaluation_of(day)
    if evaluation is None:
        raise UnableToExport(
            _("%(day)s was not evaluated. Run: dakehu nightly --date %(day)s")
            % {"day": day.isoformat()}
        )
    return engines.store().result_folder(name, day) / f"{evaluation.token}.parquet"
