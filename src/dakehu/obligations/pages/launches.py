"""Launches with how ready the channels are (O11)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from dakehu.clocks.queries import default_days
from dakehu.obligations.queries.boards import launches_for
from dakehu.obligations.rules.terms import Readiness, latest_day, readiness_of

if TYPE_CHECKING:
    from dakehu.people.models import Staff

LOOK_BACK = timedelta(days=120)
MOST = 200
TONES = {
    Readiness.READY: "success",
    Readiness.OPEN: "info",
    Readiness.LATE: "danger",
    Readiness.UNTRAINED: "warning",
}


@dataclass(frozen=True)
class LaunchLine:
    """One launch: by when channels are told, and where it stands."""

    launch: Any
    latest: date
    words: str
    tone: str


def launch_lines(actor: "Staff", *, on: date) -> list[LaunchLine]:
    """Return the launches that concern the actor, the latest first."""
    found = launches_for(actor).filter(launches_on__gte=on - LOOK_BACK)
    return [line_of(each, on=on) for each in found.order_by("-launches_on", "-pk")[:MOST]]


def line_of(launch: Any, *, on: date) -> LaunchLine:
    """Return a launch as a line."""
    latest = latest_for(launch)
    ready = readiness_of(
        told_on=launch.told_on,
        trained_on=launch.trained_on,
        latest=latest,
        launches_on=launch.launches_on,
        needs_training=launch.needs_training,
        on=on,
    )
    return LaunchLine(launch, latest, words_of(ready), TONES[ready])


def words_of(ready: Readiness) -> str:
    """Return where a launch stands, in words."""
    return {
        Readiness.READY: _("Channels know and are ready"),
        Readiness.OPEN: _("To be prepared"),
        Readiness.LATE: _("Channels told too late"),
        Readiness.UNTRAINED: _("Not trained before the launch"),
    }[ready]


def latest_for(launch: Any) -> date:
    """Return by which day channels are told of a launch."""
    workdays = None
    if launch.in_working_days:
        span = timedelta(days=launch.days_before * 3 + 15)
        days = default_days(launch.launches_on - span, launch.launches_on)
        workdays = [each.day for each in days if each.is_worked]
    return latest_day(launch.launches_on, launch.days_before, workdays)
