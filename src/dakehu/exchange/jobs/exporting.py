"""Writing the results of an evaluated day to a file, for other systems and for comparison (F13).

The numbers are those the alerts and standings were made of, whole, before any scope or mask: the
commands are for whoever runs the installation.
"""

from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _

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
