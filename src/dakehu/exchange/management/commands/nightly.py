"""`dakehu nightly`: take the deliveries up to a data day, evaluate it, and follow its alerts."""

from typing import Any

from django.core.management import CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dakehu.exchange.jobs import orders
from dakehu.exchange.management.running import RunCommand, day_argument


class Command(RunCommand):
    purpose = gettext_lazy("Take deliveries up to a data day, evaluate it, open and close alerts.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--date",
            type=day_argument,
            help=_("data day YYYY-MM-DD; yesterday if left out"),
        )
        self.add_run_arguments(parser)

    def order(self, options: dict[str, Any]) -> orders.RunOrder:
        return orders.night_of(options["date"], places=self.places(options))
