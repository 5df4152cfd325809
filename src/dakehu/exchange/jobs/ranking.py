"""Step RANK: everybody evaluated is put in order by the published model, if there is one (W10)."""

from datetime import date

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from dakehu.exchange.choices import StepName
from dakehu.exchange.jobs import engines
from dakehu.exchange.jobs.logbook import Logbook
from dakehu.exchange.jobs.tally import Tally
from dakehu.exchange.queries.facts import newest_evaluation
from dakehu.facts.features import Program
from dakehu.ranking.errors import UnableToRank
from dakehu.ranking.operations import INPUTS, DayResults, inputs_program, rank_day
from dakehu.ranking.queries import published_model, usable_model


def programs() -> list[Program]:
    """Return what the evaluation has to work out for the model; nothing while none can rank."""
    model = published_model()
    if model is None:
        return []
    try:
        usable_model(settings.HOME, model)
    except UnableToRank:
        return []
    return [inputs_program()]


def rank(logbook: Logbook, tally: Tally) -> None:
    """Rank the days that were evaluated; without a model, its files or the extra only say so."""
    with logbook.step(StepName.RANK) as meter:
        model = published_model()
        if model is None:
            tally.ranking_words = _("No model is published; nobody was ranked.")
            return
        newest = newest_evaluation()
        meter.expect(len(tally.evaluated_days))
        try:
            usable_model(settings.HOME, model)
            for day in tally.evaluated_days:
                results = results_of(day, f"r{logbook.run.pk}")
                if results.path(INPUTS).exists():
                    ranked = rank_day(
                        model=model,
                        results=results,
                        home=settings.HOME,
                        is_newest=newest is not None and newest.day == day,
                        at=timezone.now(),
                    )
                    tally.ranking["ranked"] += ranked
                    meter.count(rows_out=ranked)
                meter.advance()
        except UnableToRank as refusal:
            # Alerts do not wait for a ranking; the night says why there is none.
            tally.ranking_words = str(refusal)
            logbook.reporter.say(tally.ranking_words)


def results_of(day: date, token: str) -> DayResults:
    """Return where the results of an evaluated day lie."""
    return DayResults(engines.store(), engines.limits(), day, token)
