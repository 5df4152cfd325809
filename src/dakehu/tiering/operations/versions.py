"""Versions of the rules of a scheme: drafted, proposed, published by a second person (T20)."""

import itertools
from collections.abc import Mapping
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dakehu.audit.operations import create_record, save_record
from dakehu.common import events
from dakehu.people.events import ApprovalAsked, ApprovalEnded
from dakehu.people.policies import require
from dakehu.people.queries import cities, decider_for
from dakehu.tiering.choices import TO_PUBLISH, RuleState
from dakehu.tiering.errors import UnableToChangeRules
from dakehu.tiering.models import RuleSet, Scheme
from dakehu.tiering.policies import RULES
from dakehu.tiering.queries.measures import known_to_rules
from dakehu.tiering.queries.schemes import levels_of
from dakehu.tiering.queries.wording import problem_words
from dakehu.tiering.rules.bodies import Reader, body_from_data, body_to_data
from dakehu.tiering.rules.checks import problems_with
from dakehu.tiering.values import Body, CardNumbers, TierRules

if TYPE_CHECKING:
    from dakehu.people.models import Staff


@transaction.atomic
def draft_rules(*, based_on: RuleSet, by: "Staff", at: datetime) -> RuleSet:
    """
    Begin a draft from a version of the rules, which may be an earlier one.

    :raises PermissionDenied: if ``by`` may not change rules.
    :raises UnableToChangeRules: if somebody is working on a draft already.
    """
    require(by, RULES)
    scheme = Scheme.objects.select_for_update().get(pk=based_on.scheme_id)
    working = {RuleState.DRAFT, RuleState.PROPOSED}
    if other := scheme.rule_sets.filter(state__in=working).first():
        raise UnableToChangeRules(
            _("Version %(number)s is being worked on. Publish or withdraw it first.")
            % {"number": other.number}
        )
    newest = scheme.rule_sets.order_by("-number").first()
    draft = RuleSet(
        scheme=scheme,
        number=newest.number + 1 if newest else 1,
        body=based_on.body,
        based_on=based_on,
        created_by=by,
        created_on=localdate(at),
    )
    return create_record(draft, by=by, at=at)


@transaction.atomic
def save_draft(
    *, rule_set: RuleSet, body: Mapping[str, Any], version: int, by: "Staff", at: datetime
) -> RuleSet:
    """
    Give a draft other rules; they have to be whole, but may still contradict themselves.

    :raises PermissionDenied: if ``by`` may not change rules.
    :raises UnableToChangeRules: if they are not whole, no longer a draft, or somebody else changed
        them since ``version``.
    """
    require(by, RULES)
    held = held_in(rule_set, RuleState.DRAFT)
    if held.version != version:
        raise UnableToChangeRules(
            _("Somebody else changed this draft meanwhile. It is shown as it is now.")
        )
    held.body = body_to_data(read_body(held.scheme, body))
    save_record(held, by=by, at=at)
    return held


def read_body(scheme: Scheme, data: Mapping[str, Any]) -> Body:
    """
    Return rules from plain data.

    :raises UnableToChangeRules: if they are not whole, in the words of the first fault.
    """
    if "card" in data:
        return read_card(data["card"])
    reader = Reader(known_to_rules(scheme.kind), cities=tuple(cities()))
    rules = reader.rules(data, ())
    known = {level.rank for level in levels_of(scheme)}
    if rules is not None and not {level.rank for level in rules.levels} <= known:
        raise UnableToChangeRules(_("The rules name a level that the scheme does not have."))
    if rules is None or reader.problems:
        raise UnableToChangeRules(problem_words(reader.problems[0]))
    return rules


def read_card(data: Mapping[str, Any]) -> CardNumbers:
    """
    Return the numbers of the card level.

    :raises UnableToChangeRules: if the limits do not rise, or a number makes no sense.
    """
    body = body_from_data({"card": data})
    assert isinstance(body, CardNumbers)
    limits = (body.limit_1, body.limit_2, body.limit_3, body.limit_4)
    if any(low >= high for low, high in itertools.pairwise(limits)):
        raise UnableToChangeRules(_("The limits of the card levels have to rise."))
    if not 1 <= body.months <= 12 or not 1 <= body.keep_percent <= 100:
        raise UnableToChangeRules(_("Months are from 1 to 12, per cent from 1 to 100."))
    return body


@transaction.atomic
def propose_rules(
    *, rule_set: RuleSet, active_from: date, reason: str, by: "Staff", at: datetime
) -> RuleSet:
    """
    Ask a second person to publish a draft from a day on.

    :raises PermissionDenied: if ``by`` may not change rules.
    :raises UnableToChangeRules: if the day is over or taken, or the rules contradict themselves.
    """
    require(by, RULES)
    held = held_in(rule_set, RuleState.DRAFT)
    refuse_day(held, active_from, on=localdate(at))
    body = body_from_data(held.body)
    if isinstance(body, TierRules) and (problems := problems_with(body)):
        raise UnableToChangeRules(problem_words(problems[0], cities()))
    held.state, held.active_from, held.reason = RuleState.PROPOSED, active_from, reason
    held.proposed_by = by
    save_record(held, by=by, at=at, reason=reason)
    asked = ApprovalAsked(
        source=TO_PUBLISH,
        source_id=held.pk,
        owner_id=decider_for(by, RULES),
        unit_id=by.unit_id,
        at=at,
        facts={"scheme": held.scheme.code, "number": held.number, "by": by.name},
    )
    transaction.on_commit(partial(events.announce, asked))
    return held


@transaction.atomic
def publish_rules(*, rule_set: RuleSet, version: int, by: "Staff", at: datetime) -> RuleSet:
    """
    Publish proposed rules: they hold from their day on and are never changed again.

    :raises PermissionDenied: if ``by`` may not change rules.
    :raises UnableToChangeRules: if ``by`` proposed them, or they were dealt with meanwhile.
    """
    require(by, RULES)
    held = held_in(rule_set, RuleState.PROPOSED)
    if held.version != version:
        raise UnableToChangeRules(_("This version was dealt with meanwhile. Look again."))
    if held.proposed_by_id == by.pk:
        raise UnableToChangeRules(_("Somebody else must publish the rules you proposed."))
    assert held.active_from is not None
    refuse_day(held, held.active_from, on=localdate(at))
    held.state, held.published_by, held.published_on = RuleState.PUBLISHED, by, localdate(at)
    save_record(held, by=by, at=at)
    transaction.on_commit(partial(events.announce, ApprovalEnded(TO_PUBLISH, held.pk, by, at)))
    return held


@transaction.atomic
def withdraw_rules(*, rule_set: RuleSet, by: "Staff", at: datetime) -> RuleSet:
    """
    Take back a draft, a proposal, or published rules that do not hold yet.

    :raises PermissionDenied: if ``by`` may not change rules.
    :raises UnableToChangeRules: if they hold already.
    """
    require(by, RULES)
    held = RuleSet.objects.select_for_update().get(pk=rule_set.pk)
    holds = held.state == RuleState.PUBLISHED and (held.active_from or date.min) <= localdate(at)
    if holds or held.state == RuleState.WITHDRAWN:
        raise UnableToChangeRules(
            _("Rules that held cannot be withdrawn; publish another version instead.")
        )
    held.state = RuleState.WITHDRAWN
    save_record(held, by=by, at=at)
    transaction.on_commit(partial(events.announce, ApprovalEnded(TO_PUBLISH, held.pk, None, at)))
    return held


def held_in(rule_set: RuleSet, state: RuleState) -> RuleSet:
    """
    Return a version, locked, that has to be in a state.

    :raises UnableToChangeRules: if it is in another.
    """
    Scheme.objects.select_for_update().get(pk=rule_set.scheme_id)
    held = RuleSet.objects.select_for_update().select_related("scheme").get(pk=rule_set.pk)
    if held.state != state:
        raise UnableToChangeRules(_("This version was dealt with meanwhile. Look again."))
    return held


def refuse_day(rule_set: RuleSet, active_from: date, *, on: date) -> None:
    """
    Pass in silence if rules may begin on a day.

    The first rules of a scheme may begin on a day that is over: nobody stands anywhere yet.

    :raises UnableToChangeRules: if the day is over, or others begin on it.
    """
    others = rule_set.scheme.rule_sets.filter(state=RuleState.PUBLISHED).exclude(pk=rule_set.pk)
    if active_from < on and others.exists():
        raise UnableToChangeRules(_("Name today or a later day."))
    if others.filter(active_from=active_from).exists():
        raise UnableToChangeRules(
            _("Another version begins on this day already. Name another day.")
        )
