"""``dakehu simulate``: writes the deliveries of an invented province."""

from argparse import ArgumentTypeError
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from dakehu.demo.errors import UnableToSimulate
from dakehu.demo.rules.plan import CityDay, ProvincePlan, ProvinceSummary
from dakehu.demo.rules.province import simulate
from dakehu.ui.commands import WordedCommand


def city_day(text: str) -> CityDay:
    """Read ``CITY:YYYY-MM-DD``."""
    city, _colon, day = text.partition(":")
    try:
        return CityDay(city, date.fromisoformat(day))
    except ValueError as error:
        raise ArgumentTypeError(_("use CITY:YYYY-MM-DD, for example 02:2026-11-20")) from error


class Command(WordedCommand):
    """Draw a province by a seed and write its deliveries; the same plan, the same content."""

    purpose = gettext_lazy("Write the deliveries of an invented province, of any size.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--out", type=Path, required=True, help=_("folder for the deliveries"))
        parser.add_argument(
            "--until", type=date.fromisoformat, help=_("last data day; yesterday if left out")
        )
        self.add_sizes(parser)
        self.add_stories(parser)

    def add_sizes(self, parser: CommandParser) -> None:
        """Add how large the province is; each number has a default."""
        plan = ProvincePlan(until=date(2000, 1, 1))
        for name, words in (
            ("cities", _("how many cities")),
            ("subscribers", _("how many subscribers to draw")),
            ("days", _("days of usage to draw")),
            ("seed", _("the same seed draws the same province")),
            ("managed-percent", _("managed subscribers in a hundred")),
            ("history-months", _("whole months of revenue before the first day")),
        ):
            default = getattr(plan, name.replace("-", "_"))
            parser.add_argument(f"--{name}", type=int, default=default, help=words)

    def add_stories(self, parser: CommandParser) -> None:
        """Add what goes wrong, and who speaks otherwise."""
        for name, words in (
            ("late", _("deliveries that are held back")),
            ("spoil", _("deliveries with spoiled files")),
        ):
            parser.add_argument(
                f"--{name}", type=city_day, nargs="*", default=[], metavar="CITY:DAY", help=words
            )
        for name, words in (
            ("gb18030", _("cities that write GB18030")),
            ("verf-dat", _("cities that speak the older dialect")),
        ):
            parser.add_argument(f"--{name}", nargs="*", default=[], metavar="CITY", help=words)

    def handle(self, *args: Any, **options: Any) -> None:
        yesterday = timezone.localdate() - timedelta(days=1)
        chosen = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in options.items()
            if name in ProvincePlan.__dataclass_fields__
        }
        chosen["until"] = options["until"] or yesterday
        try:
            summary = draw(ProvincePlan(**chosen), options["out"])
        except UnableToSimulate as refusal:
            raise CommandError(str(refusal)) from refusal
        print_summary(summary, options["out"])


def draw(plan: ProvincePlan, out: Path) -> ProvinceSummary:
    """Write the province of a plan into ``out``, with a progress bar."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task(_("Writing deliveries"))

        def show(words: str, done: int, total: int) -> None:
            progress.update(task, completed=done, total=total)

        return simulate(plan, out, show)


def print_summary(summary: ProvinceSummary, out: Path) -> None:
    """Print what was written, as a table."""
    table = Table(title=f"{summary.province} → {out}")
    table.add_column(_("What"))
    table.add_column(_("How many"), justify="right")
    figures = {
        _("Subscribers"): summary.subscribers,
        _("of these managed"): summary.managed,
        _("Groups"): summary.groups,
        _("Staff"): len(summary.staff),
        _("Files"): summary.files,
        _("Deliveries held back"): len(summary.held),
        **{name: rows for name, rows in sorted(summary.rows.items())},
    }
    for words, figure in figures.items():
        table.add_row(words, f"{figure:,}")
    Console().print(table)
