"""``dakehu demo``: a province worth looking at, its log-ins, and the server."""

import json
import os
from argparse import BooleanOptionalAction
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rich.console import Console
from rich.table import Table

from dakehu.demo import jobs
from dakehu.demo.errors import UnableToSimulate
from dakehu.demo.rules import casting
from dakehu.demo.values import DemoBook
from dakehu.ui.commands import WordedCommand, refuse_unusable_address


class Command(WordedCommand):
    """Set up the demonstration if need be, print who can log in, and serve."""

    purpose = gettext_lazy("Set up the demonstration province, print its log-ins, and serve.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--subscribers", type=int, default=5000, help=_("how many subscribers to draw")
        )
        parser.add_argument("--days", type=int, default=60, help=_("days of usage to draw"))
        parser.add_argument("--port", type=int, default=8000, help=_("port to listen on"))
        parser.add_argument(
            "--serve",
            action=BooleanOptionalAction,
            default=True,
            help=_("serve the site when everything is set up"),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        console = Console()
        if options["serve"]:
            refuse_unusable_address("127.0.0.1", options["port"])
        call_command("migrate", verbosity=0, interactive=False)
        yesterday = timezone.localdate() - timedelta(days=1)

        def say(words: str, done: int, total: int) -> None:
            if done % 20 == 0 or done == total or total < 20:
                console.print(f"  {words}  {done}/{total}", highlight=False)

        try:
            plan = jobs.demo_plan(
                until=yesterday, subscribers=options["subscribers"], days=options["days"]
            )
            book = jobs.live_through(jobs.open_book(plan, say), say)
        except UnableToSimulate as refusal:
            raise CommandError(str(refusal)) from refusal
        print_log_ins(console, book, port=options["port"])
        print_report(console, book, port=options["port"])
        if options["serve"]:
            # Read by the processes that serve: links in messages lead back to this very site.
            os.environ.setdefault("DAKEHU_PUBLIC_URL", f"http://127.0.0.1:{options['port']}")
            call_command("run", "--port", str(options["port"]))


def print_log_ins(console: Console, book: DemoBook, *, port: int) -> None:
    """Print the address, and a log-in for every role."""
    roles = {role.code: role.name for role in settings.ROLES}
    cast = {username for _role, username in casting.CAST} | {casting.ADMINISTRATOR.username}
    table = Table(title=f"http://127.0.0.1:{port}/")
    for heading in (_("User name"), _("Password"), _("Role"), _("Name"), _("Unit")):
        table.add_column(heading)
    cities = {place.code: place.name for place in book.places}
    above = {"headquarters": _("Headquarters"), "province": book.province}
    for log_in in (entry for entry in book.log_ins if entry.username in cast):
        city, _slash, district = log_in.unit_code.partition("/")
        unit = above.get(city, cities.get(city, city)) + district
        table.add_row(log_in.username, jobs.PASSWORD, str(roles[log_in.role]), log_in.name, unit)
    console.print(table)


def print_report(console: Console, book: DemoBook, *, port: int) -> None:
    """Print what another system would send, for whoever wants to see an open page ring."""
    found = jobs.key_to_try(book)
    if found is None:
        return
    key, number = found
    at = timezone.localtime()
    event = {
        "event_id": f"demo-{at:%H%M%S}",
        "sub_id": number,
        "kind": "port_out",
        "at": at.isoformat("T", "seconds"),
        "source": "营业厅",
    }
    content = json.dumps(event, ensure_ascii=False)
    console.print(_("Log in as manager, leave the page open, and report a customer who leaves:"))
    console.print(
        f"curl http://127.0.0.1:{port}/api/v1/leaving-events "
        f"-H 'Authorization: Bearer {key}' -H 'Content-Type: application/json' -d '{content}'",
        markup=False,
        highlight=False,
        soft_wrap=True,
    )
