"""The clocks at night: what is due is raised, and years that nobody has announced are told of."""

from django.utils import timezone

from dakehu.clocks.operations import recount_all, sweep
from dakehu.clocks.queries import provisional_years
from dakehu.exchange.jobs.tally import Tally


def look_at_clocks(tally: Tally) -> None:
    """Do what workers do by day, should none be running, and count provisional deadlines."""
    at = timezone.now()
    tally.clocks["moved"] = recount_all(at=at)
    tally.clocks["raised"] = sweep(at=at)
    tally.provisional = provisional_years(at=at)
