"""Versions of the rules of a scheme: drafted, proposed, published by a second person (T20)."""

import itertools
from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dakehu.audit.operations import save_record
from dakehu.people.policies import require
from dakehu.people.queries import cities
from dakehu.tiering.choices import TO_PUBLISH, RuleState
from dakehu.tiering.errors import UnableToChangeRules
from dakehu.tiering.models import RuleSet, Scheme
from dakehu.tiering.operations.publishing import Publishing
from dakehu.tiering.policies import RULES
from dakehu.tiering.queries.measures import known_to_rules
from dakehu.tiering.queries.schemes import levels_of
from dakehu.tiering.queries.wording import city_words, problem_words
from dakehu.tiering.rules.bodies import Reader, body_from_data, body_to_data, card_from_data
from dakehu.tiering.rules.checks import problems_with
from dakehu.tiering.values import Body, CardNumbers, TierRules

if TYPE_CHECKING:
    from dakehu.people.models import Staff


def told_of(rule_set: RuleSet) -> dict[str, str]:
    """Return what the to-do of whoever publishes says."""
    return {"scheme": rule_set.scheme.code}


PUBLISHING = Publishing(
    model=RuleSet,
    owner="scheme",
    permission=RULES,
    source=TO_PUBLISH,
    facts=told_of,
    unable=UnableToChangeRules,
)


@transaction.atomic
def draft_rules(*, based_on: RuleSet, by: "Staff", at: datetime) -> RuleSet:
    """
    Begin a draft from a version of the rules, which may be an earlier one.

    :raises PermissionDenied: if ``by`` may not change rules.
    :raises UnableToChangeRules: if somebody is working on a draft already.
    """
    return PUBLISHING.draft(based_on, by=by, at=at)


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
    held = PUBLISHING.held_draft(rule_set, version)
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

    :raises UnableToChangeRules: if the limits do not rise, or a number makes no sense, in the
        province or in a city that has some of its own.
    """
    body = card_from_data(data)
    if trouble := card_trouble(body.at_city(None)):
        raise UnableToChangeRules(trouble)
    for city in body.cities:
        if trouble := card_trouble(body.at_city(city)):
            facts = {"city": city_words(city, cities()), "said": trouble}
            raise UnableToChangeRules(_("%(city)s: %(said)s") % facts)
    return body


def card_trouble(numbers: CardNumbers) -> str:
    """Return what is wrong with the numbers of one place, in words; nothing if nothing is."""
    limits = (numbers.limit_1, numbers.limit_2, numbers.limit_3, numbers.limit_4)
    if any(low >= high for low, high in itertools.pairwise(limits)):
        return _("The limits of the card levels have to rise.")
    if not 1 <= numbers.months <= 12 or not 1 <= numbers.keep_percent <= 100:
        return _("Months are from 1 to 12, per cent from 1 to 100.")
    return ""


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
    held = PUBLISHING.held_in(rule_set, RuleState.DRAFT)
    PUBLISHING.refuse_day(held, active_from, on=localdate(at))
    body = body_from_data(held.body)
    if isinstance(body, TierRules) and (problems := problems_with(body)):
        raise UnableToChangeRules(problem_words(problems[0], cities()))
    PUBLISHING.propose(held, active_from=active_from, reason=reason, by=by, at=at)
    return held


@transaction.atomic
def publish_rules(*, rule_set: RuleSet, version: int, by: "Staff", at: datetime) -> RuleSet:
    """
    Publish proposed rules: they hold from their day on, or from today where that is over.

    :raises PermissionDenied: if ``by`` may not change rules.
    :raises UnableToChangeRules: if ``by`` proposed them, or they were dealt with meanwhile.
    """
    return PUBLISHING.publish(rule_set, version=version, by=by, at=at)


@transaction.atomic
def withdraw_rules(*, rule_set: RuleSet, by: "Staff", at: datetime) -> RuleSet:
    """
    Take back a draft, a proposal, or published rules that do not hold yet.

    :raises PermissionDenied: if ``by`` may not change rules.
    :raises UnableToChangeRules: if they hold already.
    """
    return PUBLISHING.withdraw(rule_set, by=by, at=at)
