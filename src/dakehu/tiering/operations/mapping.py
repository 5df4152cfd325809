"""Matching levels of two schemes: proposed by one person, published by another (T24)."""

from collections.abc import Collection
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
from dakehu.tiering.choices import TO_MATCH, RuleState
from dakehu.tiering.errors import UnableToMatchLevels
from dakehu.tiering.models import LevelMapping, Scheme
from dakehu.tiering.policies import RULES
from dakehu.tiering.queries.mappings import versions_of_pair
from dakehu.tiering.queries.schemes import level_names
from dakehu.tiering.rules.matching import Match, matches_to_data

if TYPE_CHECKING:
    from dakehu.people.models import Staff


@transaction.atomic
def propose_mapping(
    *,
    between: tuple[Scheme, Scheme],
    matches: Collection[Match],
    active_from: date,
    reason: str,
    by: "Staff",
    at: datetime,
) -> LevelMapping:
    """
    Ask a second person to publish which levels mean much the same, from a day on.

    :raises PermissionDenied: if ``by`` may not change rules.
    :raises UnableToMatchLevels: if matches or day make no sense, or others wait.
    """
    require(by, RULES)
    scheme, other = between
    Scheme.objects.select_for_update().get(pk=scheme.pk)
    refuse_matches(between, matches)
    refuse_day(between, active_from, on=localdate(at))
    versions = versions_of_pair(scheme, other)
    if versions.filter(state=RuleState.PROPOSED).exists():
        raise UnableToMatchLevels(
            _("Other matches of these schemes wait for approval already. Deal with them first.")
        )
    newest = versions.first()
    mapping = LevelMapping(
        scheme=scheme,
        other=other,
        number=newest.number + 1 if newest else 1,
        pairs=matches_to_data(matches),
        reason=reason,
        active_from=active_from,
        proposed_by=by,
    )
    create_record(mapping, by=by, at=at, reason=reason)
    asked = ApprovalAsked(
        source=TO_MATCH,
        source_id=mapping.pk,
        owner_id=decider_for(by, RULES),
        unit_id=by.unit_id,
        at=at,
        facts={"scheme": scheme.code, "other": other.code, "by": by.name},
    )
    transaction.on_commit(partial(events.announce, asked))
    return mapping


def refuse_matches(between: tuple[Scheme, Scheme], matches: Collection[Match]) -> None:
    """
    Pass in silence if matches name levels of both schemes, each of the first at most once.

    :raises UnableToMatchLevels: otherwise.
    """
    if not matches:
        raise UnableToMatchLevels(_("Match at least one level."))
    here, there = (set(level_names(each)) for each in between)
    ranks = [each.rank for each in matches]
    if len(set(ranks)) < len(ranks):
        raise UnableToMatchLevels(_("A level has at most one match."))
    if not set(ranks) <= here or not {each.to for each in matches} <= there:
        raise UnableToMatchLevels(_("One of these levels is no longer there. Look again."))


def refuse_day(between: tuple[Scheme, Scheme], active_from: date, *, on: date) -> None:
    """
    Pass in silence if matches may begin on a day.

    :raises UnableToMatchLevels: if the day is over, or others begin on it.
    """
    if active_from < on:
        raise UnableToMatchLevels(_("Name today or a later day."))
    others = versions_of_pair(*between).filter(state=RuleState.PUBLISHED)
    if others.filter(active_from=active_from).exists():
        raise UnableToMatchLevels(
            _("Another version begins on this day already. Name another day.")
        )


@transaction.atomic
def publish_mapping(
    *, mapping: LevelMapping, version: int, by: "Staff", at: datetime
) -> LevelMapping:
    """
    Publish proposed matches: they hold from their day on, or from today where that is over.

    :raises PermissionDenied: if ``by`` may not change rules.
    :raises UnableToMatchLevels: if ``by`` proposed them, or they were dealt with meanwhile.
    """
    require(by, RULES)
    held = held_in(mapping)
    if held.version != version:
        raise UnableToMatchLevels(_("This version was dealt with meanwhile. Look again."))
    if held.proposed_by_id == by.pk:
        raise UnableToMatchLevels(_("Somebody else must publish the matches you proposed."))
    held.active_from = max(held.active_from, localdate(at))
    refuse_day((held.scheme, held.other), held.active_from, on=localdate(at))
    held.state, held.published_by, held.published_on = RuleState.PUBLISHED, by, localdate(at)
    save_record(held, by=by, at=at)
    transaction.on_commit(partial(events.announce, ApprovalEnded(TO_MATCH, held.pk, by, at)))
    return held


@transaction.atomic
def withdraw_mapping(*, mapping: LevelMapping, by: "Staff", at: datetime) -> LevelMapping:
    """
    Take back proposed matches.

    :raises PermissionDenied: if ``by`` may not change rules.
    :raises UnableToMatchLevels: if they were dealt with meanwhile.
    """
    require(by, RULES)
    held = held_in(mapping)
    held.state = RuleState.WITHDRAWN
    save_record(held, by=by, at=at)
    transaction.on_commit(partial(events.announce, ApprovalEnded(TO_MATCH, held.pk, None, at)))
    return held


def held_in(mapping: LevelMapping) -> LevelMapping:
    """
    Return proposed matches, locked.

    :raises UnableToMatchLevels: if they are proposed no longer.
    """
    Scheme.objects.select_for_update().get(pk=mapping.scheme_id)
    found = LevelMapping.objects.select_for_update(of=("self",)).select_related("scheme", "other")
    held = found.get(pk=mapping.pk)
    if held.state != RuleState.PROPOSED:
        raise UnableToMatchLevels(_("This version was dealt with meanwhile. Look again."))
    return held
