"""Send the events of a period to a system again."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from dakehu.hooks.errors import UnableToKeepSubscription
from dakehu.hooks.models import Subscription
from dakehu.hooks.operations import replay_period
from dakehu.hooks.values import Period


class Command(BaseCommand):
    """``dakehu replay_events NAME --since 2026-11-01T08:00 --until 2026-11-02T08:00``."""

    help = "Send the events of a period to a system again, under their numbers."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="the name of the subscription")
        parser.add_argument("--since", required=True, help="2026-11-01T08:00, local time")
        parser.add_argument("--until", help="now, unless given")

    def handle(self, *_: Any, name: str, since: str, until: str | None, **__: Any) -> None:
        at = timezone.now()
        found = Subscription.objects.filter(name=name, removed_at=None).first()
        if found is None:
            raise CommandError(f"No subscription is called {name!r}.")
        period = Period(instant(since), instant(until) if until else at)
        try:
            count = replay_period(subscription=found, period=period, by=None, at=at)
        except UnableToKeepSubscription as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{count} events are sent again.")


def instant(text: str) -> datetime:
    """Return the instant that was typed.

    :raises CommandError: if it is none.
    """
    try:
        found = parse_datetime(text)
    except ValueError:
        found = None
    if found is None:
        raise CommandError(f"{text!r} is no instant; use 2026-11-01T08:00.")
    return timezone.make_aware(found) if timezone.is_naive(found) else found
