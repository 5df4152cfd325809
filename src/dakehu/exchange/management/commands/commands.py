"""`dakehu commands`: what `dakehu --help` shows, in words, grouped by purpose."""

import sys
from typing import Any

from django.core.management import get_commands, load_command_class
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rich.console import Console
from rich.table import Table

from dakehu.ui.commands import WordedCommand

GROUPS = (
    (
        gettext_lazy("Daily work"),
        ("nightly", "load", "export", "tiers", "cohorts", "targets", "alerts"),
    ),
    (gettext_lazy("Ranking"), ("model",)),
    (gettext_lazy("Checking before sending"), ("exchange",)),
    (gettext_lazy("Proof"), ("audit",)),
    (gettext_lazy("Other systems"), ("replay",)),
    (
        gettext_lazy("Installation"),
        ("run", "worker", "stream", "createsuperuser", "changepassword"),
    ),
    (gettext_lazy("Demonstration"), ("demo", "simulate")),
)


class Command(WordedCommand):
    purpose = gettext_lazy("List the commands, grouped by purpose.")

    def handle(self, *args: Any, **options: Any) -> None:
        console = Console(width=None if sys.stdout.isatty() else 99)
        known = get_commands()
        usage = _("Dakehu, service of key accounts. Usage: dakehu COMMAND [options]")
        console.print(usage, markup=False)
        for title, names in (*GROUPS, (_("More"), tuple(others(known)))):
            show_group(console, str(title), [name for name in names if name in known])
        console.print()
        console.print(_("Options of one command: dakehu COMMAND --help"), markup=False)
        console.print(_("Django's own commands: dakehu help"), markup=False)


def others(known: dict[str, Any]) -> list[str]:
    """Return Dakehu's own commands that no group names."""
    named = {name for _title, names in GROUPS for name in names} | {"commands"}
    return sorted(
        name for name, app in known.items() if str(app).startswith("dakehu.") and name not in named
    )


def show_group(console: Console, title: str, names: list[str]) -> None:
    """Print one group, unless it is empty."""
    if not names:
        return
    table = Table(box=None, show_header=False, padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column()
    for name in names:
        table.add_row(f"dakehu {name}", words_for(name))
    console.print()
    console.print(title, style="bold")
    console.print(table)


def words_for(name: str) -> str:
    """Return the one-line description of a command."""
    return str(load_command_class(get_commands()[name], name).help).splitlines()[0]
