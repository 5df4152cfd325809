"""`dakehu replay`: send the events of a period to a system again."""

from datetime import datetime
from typing import Any

from django.core.management import CommandError, CommandParser
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dakehu.hooks.errors import UnableToKeepSubscription
from dakehu.hooks.operations import replay_period
from dakehu.hooks.queries import subscription_named
from dakehu.hooks.values import Period
from dakehu.ui.commands import WordedCommand


class Command(WordedCommand):
    purpose = gettext_lazy("Send the events of a period to another system again.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help=_("the name of the subscription"))
        parser.add_argument("--since", required=True, help=_("from when on: 2026-11-01T08:00"))
        parser.add_argument("--until", help=_("until when; now, unless given"))

    def handle(self, *args: Any, **options: Any) -> None:
        at = timezone.now()
        found = subscription_named(options["name"])
        if found is None:
            words = _("No subscription is called “%(name)s”.")
            raise CommandError(words % {"name": options["name"]})
        until = instant_of(options["until"]) if options["until"] else at
        period = Period(instant_of(options["since"]), until)
        try:
            count = replay_period(subscription=found, period=period, by=None, at=at)
        except UnableToKeepSubscription as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(_("Events that are sent again: %(count)s") % {"count": count})


def instant_of(typed: str) -> datetime:
    """Return the instant that was typed, in local time unless it says otherwise.

    :raises CommandError: if it is none.
    """
    try:
        found = parse_datetime(typed)
    except ValueError:
        found = None
    if found is None:
        words = _("“%(typed)s” is no instant; write it like 2026-11-01T08:00.")
        raise CommandError(words % {"typed": typed})
    return timezone.make_aware(found) if timezone.is_naive(found) else found
