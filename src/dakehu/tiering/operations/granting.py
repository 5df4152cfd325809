"""Levels by hand, for a term, approved by a second person; and what managers assess (T19, T13)."""

from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dakehu.audit.operations import create_record, save_record
from dakehu.common import events
from dakehu.people.events import ApprovalAsked, ApprovalEnded
from dakehu.people.policies import require
from dakehu.people.queries import decider_for
from dakehu.tiering.choices import CARD_LEVEL, TO_GRANT, GrantState
from dakehu.tiering.errors import UnableToAssess, UnableToGrant
from dakehu.tiering.events import TierChanged
from dakehu.tiering.models import Assessment, Level, LevelGrant, Measure
from dakehu.tiering.operations.card import stretches_of
from dakehu.tiering.operations.following import rewrite_lines
from dakehu.tiering.policies import APPROVE, ASSESS, GRANT
from dakehu.tiering.queries.kinds import is_about
from dakehu.tiering.queries.wording import name_of
from dakehu.tiering.rules.lines import laid_out, line_of
from dakehu.tiering.rules.stretches import Stretch
from dakehu.tiering.values.terms import Term

if TYPE_CHECKING:
    from dakehu.customers.models import Customer
    from dakehu.people.models import Staff

MOST_DAYS = 3 * 366


@transaction.atomic
def propose_grant(
    *, customer: "Customer", level: Level, term: Term, by: "Staff", at: datetime
) -> LevelGrant:
    """
    Propose that a customer gets a level for a term, whatever evaluations say.

    :raises PermissionDenied: if ``by`` may not propose levels.
    :raises UnableToGrant: if the term makes no sense, or the scheme is not the customer's.
    """
    require(by, GRANT)
    scheme = level.scheme
    if scheme.code == CARD_LEVEL:
        raise UnableToGrant(_("Card levels are given by the city's billing system."))
    if not is_about(scheme, customer):
        raise UnableToGrant(_("This scheme is about other customers."))
    refuse_term(term, on=localdate(at))
    waiting = LevelGrant.objects.select_for_update().filter(
        customer=customer, scheme=scheme, state=GrantState.PROPOSED
    )
    if waiting.exists():
        raise UnableToGrant(_("Another level by hand waits for approval already."))
    grant = LevelGrant(
        customer=customer,
        scheme=scheme,
        level=level,
        starts_on=term.starts_on,
        ends_on=term.ends_on,
        reason=term.reason,
        proposed_by=by,
        proposed_at=at,
    )
    create_record(grant, by=by, at=at, reason=term.reason)
    asked = ApprovalAsked(
        source=TO_GRANT,
        source_id=grant.pk,
        owner_id=decider_for(by, APPROVE),
        unit_id=customer.unit_id,
        at=at,
        facts={"customer": customer.number, "level": name_of(level), "by": by.name},
        customer_id=customer.pk,
    )
    transaction.on_commit(partial(events.announce, asked))
    return grant


def refuse_term(term: Term, *, on: date) -> None:
    """
    Pass in silence if a term makes sense.

    :raises UnableToGrant: otherwise.
    """
    if term.starts_on < on:
        raise UnableToGrant(_("Name today or a later day."))
    if term.ends_on <= term.starts_on:
        raise UnableToGrant(_("The last day lies before the first."))
    if (term.ends_on - term.starts_on).days > MOST_DAYS:
        raise UnableToGrant(_("A level by hand holds for three years at most."))


@transaction.atomic
def decide_grant(
    *, grant: LevelGrant, approve: bool, note: str, by: "Staff", at: datetime
) -> LevelGrant:
    """
    Approve or turn down a level by hand; an approved one holds for its term.

    :raises PermissionDenied: if ``by`` may not approve levels.
    :raises UnableToGrant: if ``by`` proposed it, it was dealt with, or its term is over.
    """
    require(by, APPROVE)
    held = held_in(grant, GrantState.PROPOSED)
    if held.proposed_by_id == by.pk:
        raise UnableToGrant(_("Somebody else must decide what you proposed."))
    if approve and held.ends_on <= localdate(at):
        raise UnableToGrant(_("Its term is over. Propose it again."))
    held.state = GrantState.APPROVED if approve else GrantState.REFUSED
    held.note, held.decided_by, held.decided_at = note, by, at
    save_record(held, by=by, at=at, reason=note)
    if approve:
        held.starts_on = max(held.starts_on, localdate(at))
        lay_over(held, ends_on=held.ends_on)
        tell_changed(held, at)
    tell_ended(held, by, at)
    return held


@transaction.atomic
def withdraw_grant(*, grant: LevelGrant, by: "Staff", at: datetime) -> LevelGrant:
    """
    Take back a proposal, or end an approved level by hand today.

    :raises PermissionDenied: if ``by`` neither proposed it nor may approve levels.
    :raises UnableToGrant: if it is over.
    """
    if grant.proposed_by_id != by.pk:
        require(by, APPROVE)
    held = LevelGrant.objects.select_for_update().get(pk=grant.pk)
    today = localdate(at)
    if held.state == GrantState.PROPOSED:
        held.state, held.decided_by, held.decided_at = GrantState.WITHDRAWN, by, at
        save_record(held, by=by, at=at)
        tell_ended(held, None, at)
        return held
    require(by, APPROVE)
    if held.state != GrantState.APPROVED or held.ends_on <= today:
        raise UnableToGrant(_("It does not hold any more."))
    held.state = GrantState.ENDED
    save_record(held, by=by, at=at)
    lay_over(held, ends_on=max(held.starts_on, today))
    tell_changed(held, at)
    return held


def held_in(grant: LevelGrant, state: GrantState) -> LevelGrant:
    """
    Return a level by hand, locked, that has to be in a state.

    :raises UnableToGrant: if it is in another.
    """
    held = LevelGrant.objects.select_for_update().get(pk=grant.pk)
    if held.state != state:
        raise UnableToGrant(_("This was dealt with meanwhile. Look again."))
    return held


def lay_over(grant: LevelGrant, *, ends_on: date) -> None:
    """Let a level by hand cover its term, up to a day; what was by hand within gives way."""
    old = stretches_of([grant.customer_id], grant.scheme_id)
    known = old[grant.customer_id]
    kept: list[Stretch] = []
    for each in (each for each in known if each.by_hand):
        apart = (each.end or date.max) <= grant.starts_on or each.start >= grant.ends_on
        if apart:
            kept.append(each)
    evidence = {"grant": grant.pk, "reason": grant.reason}
    if ends_on > grant.starts_on:
        kept.append(Stretch(grant.level_id, grant.starts_on, ends_on, evidence, by_hand=True))
    new = laid_out(line_of(known), kept)
    rewrite_lines(old, {grant.customer_id: new}, scheme_id=grant.scheme_id)


def tell_changed(grant: LevelGrant, at: datetime) -> None:
    """Tell the apps above, once the transaction holds, that a customer's level changes."""
    changed = TierChanged(scheme=grant.scheme.code, day=grant.starts_on, at=at, grant_id=grant.pk)
    transaction.on_commit(partial(events.announce, changed))


def tell_ended(grant: LevelGrant, by: "Staff | None", at: datetime) -> None:
    """Tell the apps above that nobody has to decide any more."""
    ended = ApprovalEnded(TO_GRANT, grant.pk, by, at)
    transaction.on_commit(partial(events.announce, ended))


@transaction.atomic
def assess(
    *, customer: "Customer", measure: Measure, value: int, note: str, by: "Staff", at: datetime
) -> Assessment:
    """
    Record what a manager thinks of a customer, 0 to 3; the next evaluation reads it.

    :raises PermissionDenied: if ``by`` may not assess customers.
    :raises UnableToAssess: if the measure is not one that people record, or the value is not.
    """
    require(by, ASSESS)
    if "recorded" not in measure.source or not 0 <= value <= 3:
        raise UnableToAssess(_("An assessment is a whole number from 0 to 3."))
    known = Assessment.objects.select_for_update().filter(customer=customer, measure=measure)
    found = known.first()
    made = found or Assessment(customer=customer, measure=measure)
    made.value, made.note, made.assessed_by, made.assessed_at = value, note, by, at
    if found is None:
        return create_record(made, by=by, at=at, reason=note)
    save_record(made, by=by, at=at, reason=note)
    return made
