"""Which cards a person is asked for now, and which are kept for later (P7)."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Count
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from dakehu.alerts.choices import SOURCE
from dakehu.alerts.errors import UnableToSetAsking
from dakehu.alerts.models import AskingRule
from dakehu.alerts.queries.asking import (
    asking_rule,
    is_overdue,
    quiet_hours,
    ranked_cards,
    untouched_among,
)
from dakehu.alerts.rules.duties import URGENT
from dakehu.audit.operations import create_record, save_record
from dakehu.people.policies import require
from dakehu.worklist.choices import TodoState
from dakehu.worklist.operations import hold_todos, release_todos
from dakehu.worklist.queries import held_todos, pending_of

if TYPE_CHECKING:
    from dakehu.people.models import Staff

PERMISSION = "alerts.rules"
BATCH = 500
MOST = 500


@transaction.atomic
def arrange_cards(*, at: datetime) -> None:
    """
    Keep for later what comes in quiet hours and what is beyond a person's limit; open the rest.

    What somebody has put off to a day is theirs already, and never kept. In quiet hours only what
    came in these very hours is kept: cards of the hours before are opened at last if nobody was
    there in between to open them.
    """
    rule = _rule_in_hand()
    quiet = quiet_hours(rule)
    began = quiet.begun_at(localtime(at)) if quiet else None
    pending = pending_of(SOURCE)
    if began is None:
        _open_the_first(pending, most=rule.most_cards)
    else:
        coming = pending.filter(state=TodoState.OPEN, created_at__gte=began)
        if rule.urgent_passes:
            coming = coming.exclude(urgency=URGENT)
        hold_todos(source=SOURCE, source_ids=untouched_among(coming))
        if is_overdue(rule, at=at):
            _open_the_first(pending.filter(created_at__lt=began), most=rule.most_cards)
    AskingRule.objects.filter(pk=rule.pk).update(arranged_at=at)


def arrange_after_quiet_hours(*, at: datetime) -> None:
    """
    Open what quiet hours kept, if they are over and nobody has done so since; else do nothing.

    Whoever comes first does it: a worker, the night, or a person who looks at their to-dos.
    """
    if is_overdue(asking_rule(), at=at):
        with transaction.atomic():
            if is_overdue(_rule_in_hand(), at=at):
                arrange_cards(at=at)


def _rule_in_hand() -> AskingRule:
    """Return how alerts ask; of two who arrange at once, the second waits for the first."""
    return AskingRule.objects.select_for_update().first() or AskingRule()


def _open_the_first(pending: Any, *, most: int | None) -> None:
    """Open the first cards of every person, as many as fit; those of nobody all."""
    held = pending.filter(state=TodoState.HELD)
    if most is None:
        release_todos(source=SOURCE, source_ids=_numbers(held))
        return
    release_todos(source=SOURCE, source_ids=_numbers(held.filter(owner__isnull=True)))
    counted = pending.filter(owner__isnull=False).order_by().values("owner")
    owners = counted.annotate(count=Count("pk")).values_list("owner", "count")
    roomy = [owner for owner, count in owners if count <= most]
    release_todos(source=SOURCE, source_ids=_numbers(held.filter(owner__in=roomy)))
    for owner, count in owners:
        if count > most:
            _limit(pending.filter(owner=owner), most=most)


def _limit(pending: Any, *, most: int) -> None:
    """Let the first cards of a person be open and the others wait."""
    ranked = [card.number for card in ranked_cards(pending)]
    release_todos(source=SOURCE, source_ids=ranked[:most])
    hold_todos(source=SOURCE, source_ids=ranked[most:])


def _numbers(todos: Any) -> list[int]:
    return list(todos.values_list("source_id", flat=True))


@transaction.atomic
def take_more(*, count: int, by: "Staff", at: datetime) -> int:
    """
    Open the next cards that wait for a person; return how many.

    :raises PermissionDenied: if ``by`` may not handle alerts.
    """
    require(by, "alerts.handle")
    held = held_todos(by).filter(source=SOURCE)
    numbers = [card.number for card in ranked_cards(held)][:count]
    return release_todos(source=SOURCE, source_ids=numbers)


@transaction.atomic
def set_asking(*, rule: AskingRule, version: int, by: "Staff", at: datetime) -> None:
    """
    Set how alerts ask people for work, and let it hold at once.

    :raises PermissionDenied: if ``by`` may not set it.
    :raises UnableToSetAsking: if it makes no sense, or somebody else set it meanwhile.
    """
    require(by, PERMISSION)
    if (rule.quiet_from is None) != (rule.quiet_to is None):
        raise UnableToSetAsking(_("Name both ends of the quiet hours, or neither."))
    if rule.quiet_from is not None and rule.quiet_from == rule.quiet_to:
        raise UnableToSetAsking(_("Quiet hours that never end ask nobody. Name another end."))
    known = AskingRule.objects.select_for_update().first()
    if (known.version if known else 0) != version:
        raise UnableToSetAsking(_("Somebody else set this meanwhile. Look again."))
    if known is None:
        create_record(rule, by=by, at=at)
    else:
        rule.pk, rule.version = known.pk, known.version
        rule.arranged_at = known.arranged_at
        save_record(rule, by=by, at=at)
    arrange_cards(at=at)
