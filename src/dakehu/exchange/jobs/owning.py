"""Step OWNERSHIP: what is planned for the coming day, covers that end, what was cut short."""

from datetime import date, timedelta

from django.utils import timezone

from dakehu.exchange.choices import StepName
from dakehu.exchange.jobs.logbook import Logbook
from dakehu.exchange.jobs.tally import Tally
from dakehu.ownership.operations import carry_out_due, drop_stale_drafts, tell_unfollowed


def change_owners(day: date, logbook: Logbook, tally: Tally) -> None:
    """
    Let customers change hands before the night looks at them, so that alerts find the new owner.

    A night that evaluates ``day`` prepares the day after. Every move is a transaction of its own;
    what a killed night left, the next one finds.
    """
    with logbook.step(StepName.OWNERSHIP) as meter:
        at = timezone.now()
        moves, customers = carry_out_due(on=day + timedelta(days=1), at=at)
        tell_unfollowed(at=at)
        drop_stale_drafts(at=at)
        tally.ownership.update(moves=moves, customers=customers)
        meter.count(rows_out=customers)
