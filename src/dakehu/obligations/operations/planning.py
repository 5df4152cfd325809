"""Moving planned days by hand, and what is asked of whom once an obligation has changed."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dakehu.audit.operations import save_record
from dakehu.obligations.choices import ASKED_FOR, DUE, RUNNING, State
from dakehu.obligations.errors import UnableToPlan
from dakehu.obligations.models import Obligation
from dakehu.obligations.operations.refreshing import ask_of, stated
from dakehu.obligations.policies import EDIT
from dakehu.obligations.rules.plans import with_day_moved
from dakehu.people.policies import require
from dakehu.worklist.operations import drop_todo, finish_todo, open_todos

if TYPE_CHECKING:
    from dakehu.people.models import Staff


@transaction.atomic
def move_day(
    *, obligation: Obligation, was: date, day: date, by: "Staff", at: datetime
) -> Obligation:
    """
    Plan what is still owed for another day of its period; its to-do follows.

    :raises PermissionDenied: if ``by`` may not.
    :raises UnableToPlan: if it is owed no more, was moved meanwhile, or the day has passed or lies
        outside the period.
    """
    require(by, EDIT)
    held = Obligation.objects.select_for_update().get(pk=obligation.pk)
    if held.state not in RUNNING:
        raise UnableToPlan(_("This is owed no more; there is nothing to plan."))
    if day < localdate(at):
        raise UnableToPlan(_("This day has passed. Name today or a later day."))
    if not held.starts_on <= day < held.ends_on:
        raise UnableToPlan(
            _("This is owed from %(start)s to before %(end)s. Name a day in between.")
            % {"start": held.starts_on.isoformat(), "end": held.ends_on.isoformat()}
        )
    known = [date.fromisoformat(each) for each in held.planned]
    planned = with_day_moved(known, done=held.done, was=was, day=day)
    if planned is None:
        raise UnableToPlan(_("Nothing is planned for that day any more. Look again."))
    held.planned = [each.isoformat() for each in planned]
    stated(held, on=localdate(at))
    save_record(held, by=by, at=at)
    ask_again(held, by=by, at=at)
    return held


def ask_again(obligation: Obligation, *, by: "Staff", at: datetime) -> None:
    """Let the to-do of an obligation follow: done when it is met, gone while nothing is due."""
    if obligation.state == State.MET:
        finish_todo(source=DUE, source_id=obligation.pk, by=by, at=at)
        return
    if obligation.state not in ASKED_FOR:
        drop_todo(source=DUE, source_id=obligation.pk, by=by, at=at)
        return
    customer = obligation.customer
    if customer.manager is not None:
        ask = ask_of(obligation, customer.manager.pk, customer.manager.unit_id, customer.name)
        open_todos(source=DUE, asks=[ask], at=at)
