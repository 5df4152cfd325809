"""Writing down what an evaluation decided: its record, standings, moves, and the news of it."""

from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction

from dakehu.common import events
from dakehu.tiering.events import TierChanged
from dakehu.tiering.models import Evaluation, RuleSet, Scheme
from dakehu.tiering.operations.following import Following
from dakehu.tiering.queries.kinds import kinds_of
from dakehu.tiering.queries.schemes import body_of, level_names
from dakehu.tiering.values import TierRules
from dakehu.tiering.values.outcomes import Outcome

if TYPE_CHECKING:
    from dakehu.people.models import Staff


@transaction.atomic
def follow_outcome(
    *, rule_set: RuleSet, day: date, outcome: Outcome, by: "Staff | None", at: datetime
) -> Evaluation:
    """
    Let standings follow what an evaluation of a data day decided, and tell of it after commit.

    An evaluation of the same day before is replaced; that makes its levels corrections.
    """
    # Evaluations of one scheme are written one after the other.
    Scheme.objects.select_for_update().get(pk=rule_set.scheme_id)
    scheme, rules = rule_set.scheme, body_of(rule_set)
    assert isinstance(rules, TierRules), "the card level follows the night's own results"
    known = Evaluation.objects.select_for_update().filter(scheme=scheme, day=day).first()
    evaluation = known or Evaluation(scheme=scheme, day=day)
    evaluation.rule_set, evaluation.token = rule_set, outcome.token
    evaluation.customers = outcome.customers
    evaluation.levels, evaluation.turns = dict(outcome.levels), dict(outcome.turns)
    evaluation.at, evaluation.by, evaluation.told_at = at, by, None
    evaluation.save()
    following = Following(
        evaluation=evaluation,
        rules=rules,
        kinds=kinds_of(scheme),
        level_ids={rank: level.pk for rank, level in level_names(scheme).items()},
        corrected=known is not None,
    )
    evaluation.changed = following.follow(outcome.moves, outcome.gone)
    evaluation.save(update_fields=["changed"])
    transaction.on_commit(partial(tell, evaluation, at))
    return evaluation


def tell(evaluation: Evaluation, at: datetime) -> None:
    """Tell the apps above who goes up or down; what was cut short is told by the next night."""
    event = TierChanged(
        scheme=evaluation.scheme.code, day=evaluation.day, at=at, evaluation_id=evaluation.pk
    )
    events.announce(event)
    Evaluation.objects.filter(pk=evaluation.pk).update(told_at=at)
