"""Step SEAL: what was recorded until now cannot be rewritten unnoticed (promise 3)."""

from django.db import OperationalError
from django.utils import timezone

from dakehu.audit.operations import seal_trails
from dakehu.exchange.choices import StepName
from dakehu.exchange.jobs.logbook import Logbook


def seal(logbook: Logbook) -> None:
    """Seal the change log and the access log."""
    with logbook.step(StepName.SEAL) as meter:
        meter.expect(1)
        try:
            counts = seal_trails(at=timezone.now())
        except OperationalError:
            # Somebody wrote without a pause; the next night seals this one's rows too.
            counts = {}
        meter.count(rows_out=sum(counts.values()))
        meter.advance()
