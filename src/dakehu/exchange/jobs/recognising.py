"""Steps WORDS and DUPLICATES: by which words customers are found, and who may be there twice."""

from datetime import date

from django.utils import timezone

from dakehu.customers.operations import follow_mergers, refresh_words, scan_duplicates
from dakehu.exchange.choices import StepName
from dakehu.exchange.jobs.logbook import Logbook
from dakehu.exchange.jobs.tally import Tally


def tell_words(logbook: Logbook, tally: Tally) -> None:
    """Let a search find customers by what the files say of them now."""
    with logbook.step(StepName.WORDS) as meter:
        told = refresh_words()
        tally.words.update(told=told)
        meter.count(rows_out=told)


def find_duplicates(day: date, logbook: Logbook, tally: Tally) -> None:
    """Bring along what files added to merged customers, and propose who may be there twice."""
    with logbook.step(StepName.DUPLICATES) as meter:
        followed = follow_mergers(at=timezone.now())
        scanned = scan_duplicates(on=day)
        tally.duplicates.update(
            compared=scanned.compared,
            proposed=scanned.proposed,
            withdrawn=scanned.withdrawn,
            followed=followed,
        )
        meter.count(rows_in=scanned.compared, rows_out=scanned.proposed)
