"""`dakehu load`: take the deliveries of past days, without warnings and alerts."""

from typing import Any

from django.core.management import CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dakehu.exchange.jobs import orders
from dakehu.exchange.management.running import RunCommand, day_argument


class Command(RunCommand):
    purpose = gettext_lazy("Take the deliveries of past days as history, without any alerts.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--from",
            dest="first_day",
            type=day_argument,
            required=True,
            help=_("first data day YYYY-MM-DD"),
        )
        parser.add_argument(
            "--to",
            dest="last_day",
            type=day_argument,
            required=True,
            help=_("last data day YYYY-MM-DD"),
        )
        self.add_run_arguments(parser)

    def order(self, options: dict[str, Any]) -> orders.RunOrder:
        first, last = options["first_day"], options["last_day"]
        if last < first:
            self.parser.error(_("--to lies before --from"))
        return orders.history_of(first, last, places=self.places(options))
