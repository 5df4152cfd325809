"""`dakehu exchange check`: what the nightly run would say about files that are not sent yet."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rich.console import Console

from dakehu.exchange.choices import ExitCode
from dakehu.exchange.errors import UnableToRun
from dakehu.exchange.jobs import checking
from dakehu.exchange.jobs.troubles import told_in_words
from dakehu.exchange.management.running import ExchangeCommand, day_argument
from dakehu.exchange.rules.checking import DEFAULT_DIALECTS, CheckOptions
from dakehu.exchange.rules.dialects import DIALECTS


class Command(ExchangeCommand):
    purpose = gettext_lazy("Check deliveries before sending: would the province take them?")

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_subparsers(dest="what", required=True, metavar="check")
        check = what.add_parser("check", help=_("check a delivery folder, or all below a folder"))
        check.add_argument("folder", type=Path, metavar="DIR", help=_("folder with the files"))
        check.add_argument("--city", default="", help=_("two digits, if the folders do not say"))
        check.add_argument(
            "--date", type=day_argument, help=_("data day, if the folders do not say")
        )
        check.add_argument(
            "--dialect", choices=sorted(DIALECTS), help=_("how the files are made, if only so")
        )
        check.add_argument(
            "--changed-only",
            action="store_true",
            help=_("subscriber files hold only changes: do not check who is known"),
        )
        check.add_argument(
            "--rejected", type=Path, metavar="DIR", help=_("where to write rejected rows")
        )
        check.add_argument("--json", action="store_true", help=_("print JSON"))

    def handle(self, *args: Any, **options: Any) -> None:
        dialect = options["dialect"]
        wanted = CheckOptions(
            dialects=(DIALECTS[dialect],) if dialect else DEFAULT_DIALECTS,
            city=options["city"],
            day=options["date"],
            rejected=options["rejected"],
            changed_only=options["changed_only"],
        )
        try:
            with told_in_words():
                checked = checking.check(options["folder"], wanted)
        except UnableToRun as refusal:
            self.end_with(refusal, refusal.exit_code)
        else:
            self.tell(checked, as_json=options["json"])

    def tell(self, checked: list[Any], *, as_json: bool) -> None:
        """Print the findings.

        :raises CommandError: with its exit code, if something would be refused or waited for.
        """
        if as_json:
            self.stdout.write(json.dumps(checking.as_json(checked), ensure_ascii=False))
        else:
            checking.show(checked, Console(width=None if sys.stdout.isatty() else 140))
        if not checking.is_good(checked):
            raise CommandError(
                _("Some of it would not be taken as it is."),
                returncode=ExitCode.WOULD_BE_REFUSED,
            )
