"""The clocks of a case: begun when it is opened, answered by acts, paused, resumed, withdrawn."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from dakehu.audit.operations import save_records
from dakehu.cases.choices import CASE, SERVICES, ActKind, CaseKind, CoverageStep
from dakehu.cases.models import Case, CaseAct
from dakehu.cases.rules.order import turn_of
from dakehu.cases.values import Place
from dakehu.catalogue.queries import promises_for
from dakehu.clocks import operations as clocks
from dakehu.clocks.choices import ClockKind, ClockState
from dakehu.clocks.errors import CalendarUnusable, UnableToRun
from dakehu.clocks.events import ClocksMoved
from dakehu.clocks.queries import clocks_of
from dakehu.clocks.values import Promised, Standard, Timed
from dakehu.common.batches import batched
from dakehu.tiering.events import TierChanged
from dakehu.tiering.queries.moves import moved_among

if TYPE_CHECKING:
    from dakehu.clocks.models import Clock
    from dakehu.people.models import Staff

INITIAL_ANSWER = ClockKind.INITIAL_ANSWER
CUSTOMERS_AT_ONCE = 500


def begin(case: Case, *, by: "Staff | None", at: datetime) -> None:
    """
    Promise what the customer's levels are owed for this kind of case (spec of service clocks).

    A calendar by which nothing can be promised keeps nobody from asking: the case is opened, and
    says so within.
    """
    service = SERVICES.get(CaseKind(case.kind))
    if case.customer is None or service is None:
        return
    promises = promises_for(case.customer, service, at)
    if not promises:
        return
    thing = Timed(CASE, case.pk, case.unit, case.owner, case.customer)
    try:
        begun = clocks.start_clocks(thing=thing, promises=promises, at=at, by=by)
    except (UnableToRun, CalendarUnusable) as refusal:
        tell(case, _("No clock could be started: %(why)s") % {"why": refusal}, at=at)
        return
    place(case, begun)


def begin_until(case: Case, standard: Standard, *, by: "Staff", at: datetime) -> None:
    """Promise within the house that a support request order is done in time (CH11)."""
    thing = Timed(CASE, case.pk, case.unit, case.owner, case.customer)
    promise = Promised(ClockKind.RESOLVE, standard, "CH11")
    try:
        begun = clocks.start_clocks(thing=thing, promises=[promise], at=at, by=by)
    except (UnableToRun, CalendarUnusable) as refusal:
        tell(case, _("No clock could be started: %(why)s") % {"why": refusal}, at=at)
        return
    place(case, begun)


def place(case: Case, known: Iterable["Clock"] | None = None) -> None:
    """Let the place of a case in the working order follow from its clocks."""
    found = clocks_of(CASE, [case.pk])[case.pk] if known is None else known
    running = [clock for clock in found if clock.state == ClockState.RUNNING and clock.due_at]
    first = min(running, key=lambda clock: (clock.due_at, clock.pk), default=None)
    case.due_at = first.due_at if first else None
    case.due_kind = first.kind if first else ""
    case.turn = turn_of(Place(case.priority, case.due_at, case.opened_at))
    Case.objects.filter(pk=case.pk).update(
        due_at=case.due_at, due_kind=case.due_kind, turn=case.turn
    )


def states_of(case: Case) -> set[str]:
    """Return in which states the clocks of a case are."""
    return {clock.state for clock in clocks_of(CASE, [case.pk])[case.pk]}


def answer(case: Case, kinds: tuple[str, ...], *, by: "Staff | None", at: datetime) -> None:
    """Answer the first response, and what else an act answers that reached the customer."""
    for kind in (ClockKind.FIRST_RESPONSE, *map(ClockKind, kinds)):
        stop(case, kind, by=by, at=at)
    place(case)


def stop(case: Case, kind: ClockKind, *, by: "Staff | None", at: datetime) -> None:
    """Stop one clock of a case, if it runs."""
    clocks.stop_clock(subject=CASE, subject_id=case.pk, kind=kind, by=by, at=at)


def finish(case: Case, *, by: "Staff", at: datetime) -> None:
    """Answer every clock of a case that is closed, because closing tells the customer."""
    for kind in ClockKind:
        stop(case, kind, by=by, at=at)
    place(case, ())


def pause(case: Case, *, reason: str, by: "Staff", at: datetime) -> None:
    """Let the clocks stand still."""
    if ClockState.RUNNING in states_of(case):
        clocks.pause_clocks(subject=CASE, subject_id=case.pk, reason=reason, by=by, at=at)
    place(case)


def resume(case: Case, *, by: "Staff", at: datetime) -> None:
    """Let the clocks run again with the time that was left."""
    if ClockState.PAUSED in states_of(case):
        clocks.resume_clocks(subject=CASE, subject_id=case.pk, reason="", by=by, at=at)
    place(case)


def hand_over(case: Case, *, by: "Staff | None", at: datetime) -> None:
    """Let the clocks tell the new owner."""
    clocks.hand_over_clocks(
        subject=CASE, subject_id=case.pk, owner=case.owner, unit=case.unit, by=by, at=at
    )


def drop(case: Case, *, by: "Staff", at: datetime) -> None:
    """Withdraw the clocks of a case that is no more one of its own."""
    why = case.merged_into.number if case.merged_into else ""
    clocks.drop_clocks(subject=CASE, subject_id=case.pk, reason=why, by=by, at=at)
    place(case, ())


def give_to_customer(case: Case, *, reason: str, by: "Staff", at: datetime) -> None:
    """
    Let the clocks of a case follow its customer, who was named just now.

    What is open is withdrawn and promised anew from the start, with the pauses and the answers
    that there were since. What was answered stays judged as it was; what a team promised within
    the house runs on. Both are the customer's from now on.
    """
    is_promised = CaseKind(case.kind) in SERVICES
    if is_promised:
        clocks.drop_clocks(subject=CASE, subject_id=case.pk, reason=reason, by=by, at=at)
    kept = [each for each in clocks_of(CASE, [case.pk])[case.pk] if not is_dropped(each)]
    for clock in kept:
        clock.customer = case.customer
    if kept:
        save_records(kept, by=by, at=at, reason=reason)
    if is_promised:
        promise_from_start(case, {clock.kind for clock in kept}, by=by, at=at)
    place(case)


def is_dropped(clock: "Clock") -> bool:
    """Tell whether a clock was withdrawn."""
    return clock.state == ClockState.DROPPED


def promise_from_start(case: Case, answered: set[str], *, by: "Staff", at: datetime) -> None:
    """Promise what is not answered yet from when the case was opened last, and live it through."""
    acts = list(CaseAct.objects.filter(case=case).select_related("by").order_by("at", "pk"))
    opened = [act.at for act in acts if act.kind == ActKind.REOPENED]
    start = max([case.opened_at, *opened])
    service = SERVICES[CaseKind(case.kind)]
    found = promises_for(case.customer, service, start) if case.customer else []
    promises = [each for each in found if each.kind not in answered]
    if not promises:
        return
    thing = Timed(CASE, case.pk, case.unit, case.owner, case.customer)
    try:
        clocks.start_clocks(thing=thing, promises=promises, at=start, by=by)
    except (UnableToRun, CalendarUnusable) as refusal:
        tell(case, _("No clock could be started: %(why)s") % {"why": refusal}, at=at)
        return
    for act in acts:
        if act.at >= start:
            live_through(case, act)


def live_through(case: Case, act: CaseAct) -> None:
    """Let the clocks of a case know of an act that was done before they were started."""
    who: dict[str, Any] = {"by": act.by, "at": act.at}
    states = states_of(case)
    if act.kind == ActKind.WAITED and ClockState.RUNNING in states:
        clocks.pause_clocks(subject=CASE, subject_id=case.pk, reason=act.text, **who)
    if act.kind == ActKind.RESUMED and ClockState.PAUSED in states:
        clocks.resume_clocks(subject=CASE, subject_id=case.pk, reason="", **who)
    if not act.is_internal:
        stop(case, ClockKind.FIRST_RESPONSE, **who)
        is_reply = act.facts.get("step") == CoverageStep.REPLIED
        for kind in (INITIAL_ANSWER,) if is_reply else act.facts.get("answers", ()):
            stop(case, ClockKind(kind), **who)


def follow_moved_clocks(moved: ClocksMoved) -> None:
    """Let cases take their place anew whose deadlines were corrected, or moved by a calendar."""
    if moved.subject == CASE:
        for case in Case.objects.filter(pk__in=moved.subject_ids):
            place(case)


def follow_levels(changed: TierChanged) -> None:
    """
    Give open cases the standards of their customers' new level, where these are due earlier.

    A lower level lengthens no promise. Hearing of the same change again changes nothing.
    """
    waiting = Case.objects.filter(closed_at__isnull=True, customer__isnull=False)
    asking = set(waiting.order_by().values_list("customer", flat=True).distinct())
    for some in batched(sorted(asking), CUSTOMERS_AT_ONCE):
        moved = moved_among(some, evaluation_id=changed.evaluation_id, grant_id=changed.grant_id)
        for case in waiting.filter(customer__in=moved).select_related("customer", "unit"):
            promise_anew(case, at=changed.at)


@transaction.atomic
def promise_anew(case: Case, *, at: datetime) -> None:
    """Let a case's clocks run by its customer's present standards, if due earlier; say so."""
    service = SERVICES.get(CaseKind(case.kind))
    if case.customer is None or service is None:
        return
    found = promises_for(case.customer, service, at)
    promised = {each.kind: (each.standard, each.source) for each in found}
    reason = _("The level of the customer changed.")
    try:
        better = clocks.rebase_clocks(
            subject=CASE, subject_id=case.pk, promised=promised, reason=reason, by=None, at=at
        )
    except (UnableToRun, CalendarUnusable) as refusal:
        tell(case, _("No clock could be brought forward: %(why)s") % {"why": refusal}, at=at)
        return
    if better:
        sources = ", ".join(clock.source for clock in better)
        words = _("The level of the customer changed; promised now by %(sources)s.")
        tell(case, words % {"sources": sources}, at=at)
        place(case)


def tell(case: Case, words: str, *, at: datetime) -> None:
    """Write among the acts of a case what nobody did."""
    CaseAct.objects.create(case=case, kind=ActKind.NOTE, at=at, text=words)
