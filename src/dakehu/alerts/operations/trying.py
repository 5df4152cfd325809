"""Trying numbers on stored facts: asking, progress, what came of it. No alert is touched."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from dakehu.alerts.choices import TrialKind, TrialState
from dakehu.alerts.errors import UnableToTryNumbers
from dakehu.alerts.events import TrialAsked
from dakehu.alerts.models import NumberSet, Trial, TrialAlert
from dakehu.alerts.queries.versions import (
    book_of_version,
    plain_overrides,
    plain_province,
)
from dakehu.common import events
from dakehu.common.batches import batched
from dakehu.customers.queries import places_of
from dakehu.people.policies import require

if TYPE_CHECKING:
    from dakehu.people.models import Staff

PERMISSION = "alerts.try"
MOST_DAYS = 184
LONGEST_HORIZON = 90
CHUNK = 2_000
KEPT_TRIALS = 12

Found = tuple[str, str, str, int, int]
"""sub_id, rule, what would change, a, b."""


@dataclass(frozen=True)
class Wish:
    """What is to be tried: the version, the days, and how many days later it is judged."""

    kind: TrialKind
    number: int
    first: date
    last: date
    horizon: int = 30


@transaction.atomic
def ask_for_trial(*, wish: Wish, by: "Staff | None", at: datetime) -> Trial:
    """
    Ask for numbers to be tried in the background; ``by`` None is the operator at the terminal.

    The trial keeps the numbers as they are now.

    :raises PermissionDenied: if ``by`` may not try numbers.
    :raises UnableToTryNumbers: if the days make no sense.
    :raises Http404: if there is no such version.
    """
    if by is not None:
        require(by, PERMISSION)
    _require_days(wish)
    book = book_of_version(wish.number)
    trial = Trial.objects.create(
        kind=wish.kind,
        numbers=NumberSet.objects.filter(number=wish.number).first(),
        number=wish.number,
        province=plain_province(book),
        overrides=plain_overrides(book),
        first_day=wish.first,
        last_day=wish.last,
        horizon=wish.horizon,
        asked_by=by,
        asked_at=at,
    )
    if by is not None:
        transaction.on_commit(partial(events.announce, TrialAsked(trial.pk)))
    _forget(wish)
    return trial


def _require_days(wish: Wish) -> None:
    if wish.first > wish.last:
        raise UnableToTryNumbers(_("The first day lies after the last one. Swap them."))
    if wish.last - wish.first >= timedelta(days=MOST_DAYS):
        words = _("Try at most %(most)s days at once.") % {"most": MOST_DAYS}
        raise UnableToTryNumbers(words)
    if not 1 <= wish.horizon <= LONGEST_HORIZON:
        words = _("Look 1 to %(most)s days ahead.") % {"most": LONGEST_HORIZON}
        raise UnableToTryNumbers(words)


def _forget(wish: Wish) -> None:
    """Keep the newest trials of a version and kind; older ones are forgotten with their rows."""
    same = Trial.objects.filter(number=wish.number, kind=wish.kind).order_by("-pk")
    for old in same[KEPT_TRIALS:]:
        old.delete()


def begin_trial(trial: Trial) -> bool:
    """Note that a trial is being worked out; False if it was finished or forgotten meanwhile."""
    waiting = Trial.objects.filter(pk=trial.pk, state__in=[TrialState.WAITING, TrialState.RUNNING])
    TrialAlert.objects.filter(trial=trial).delete()
    return bool(waiting.update(state=TrialState.RUNNING, done=0, error=""))


def note_progress(trial: Trial, *, done: int, wanted: int) -> None:
    """Note how far a trial is."""
    Trial.objects.filter(pk=trial.pk).update(done=done, wanted=wanted)


def keep_found(trial: Trial, found: Iterable[Found]) -> dict[str, dict[str, int]]:
    """Keep what a preview found about known customers; return how much, by rule and change."""
    counts: dict[str, dict[str, int]] = {}
    for batch in batched(found, CHUNK):
        customers = {place.number: place.pk for place in places_of({row[0] for row in batch})}
        rows = [row for row in batch if row[0] in customers]
        TrialAlert.objects.bulk_create(
            TrialAlert(
                trial=trial, customer_id=customers[sub_id], rule=rule, change=change, a=a, b=b
            )
            for sub_id, rule, change, a, b in rows
        )
        for _sub_id, rule, change, _a, _b in rows:
            of_rule = counts.setdefault(rule, {})
            of_rule[change] = of_rule.get(change, 0) + 1
    return counts


def finish_trial(trial: Trial, *, result: Mapping[str, Any], at: datetime) -> None:
    """Keep the figures of a trial."""
    Trial.objects.filter(pk=trial.pk).update(
        state=TrialState.DONE, result=dict(result), finished_at=at
    )


def fail_trial(trial_id: int, *, words: str, at: datetime) -> None:
    """Say why a trial came to nothing."""
    Trial.objects.filter(pk=trial_id).exclude(state=TrialState.DONE).update(
        state=TrialState.FAILED, error=words, finished_at=at
    )
