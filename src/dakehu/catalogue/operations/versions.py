"""Versions of a service: drafted, proposed, published by a second person (promise 2)."""

from collections.abc import Collection
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dakehu.audit.operations import create_record, save_record
from dakehu.catalogue.choices import TO_PUBLISH
from dakehu.catalogue.errors import UnableToChangeStandard
from dakehu.catalogue.models import Service, ServiceVersion
from dakehu.catalogue.policies import RULES
from dakehu.catalogue.rules.bodies import body_from_data, body_to_data, digest_of
from dakehu.catalogue.rules.editing import with_terms
from dakehu.catalogue.values import Body, Terms
from dakehu.common import events
from dakehu.people.events import ApprovalAsked, ApprovalEnded
from dakehu.people.policies import require
from dakehu.people.queries import decider_for
from dakehu.tiering.choices import RuleState

if TYPE_CHECKING:
    from dakehu.people.models import Staff

WORKING = (RuleState.DRAFT, RuleState.PROPOSED)


@transaction.atomic
def draft_version(*, based_on: ServiceVersion, by: "Staff", at: datetime) -> ServiceVersion:
    """
    Begin a draft from a version of a service, which may be an earlier one.

    :raises PermissionDenied: if ``by`` may not change the catalogue.
    :raises UnableToChangeStandard: if somebody is working on a draft already.
    """
    require(by, RULES)
    service = Service.objects.select_for_update().get(pk=based_on.service_id)
    if other := service.versions.filter(state__in=WORKING).first():
        raise UnableToChangeStandard(
            _("Version %(number)s is being worked on. Publish or withdraw it first.")
            % {"number": other.number}
        )
    newest = service.versions.order_by("-number").first()
    draft = ServiceVersion(
        service=service,
        number=newest.number + 1 if newest else 1,
        body=based_on.body,
        digest=based_on.digest,
        based_on=based_on,
        created_by=by,
        created_on=localdate(at),
    )
    return create_record(draft, by=by, at=at)


@transaction.atomic
def save_terms(
    *,
    draft: ServiceVersion,
    places: Collection[tuple[str, int]],
    terms: Terms,
    version: int,
    by: "Staff",
    at: datetime,
) -> ServiceVersion:
    """
    Give levels, named by scheme and rank, other terms in a draft.

    :raises PermissionDenied: if ``by`` may not change the catalogue.
    :raises UnableToChangeStandard: if it is no draft any more, or was changed since ``version``.
    """
    require(by, RULES)
    held = held_draft(draft, version)
    return keep_body(held, with_terms(body_from_data(held.body), places, terms), by=by, at=at)


@transaction.atomic
def save_frame(
    *, draft: ServiceVersion, body: Body, version: int, by: "Staff", at: datetime
) -> ServiceVersion:
    """
    Give a draft another description, units, channels; its terms stay.

    :raises PermissionDenied: if ``by`` may not change the catalogue.
    :raises UnableToChangeStandard: if it is no draft any more, or was changed since ``version``.
    """
    require(by, RULES)
    return keep_body(held_draft(draft, version), body, by=by, at=at)


def keep_body(held: ServiceVersion, body: Body, *, by: "Staff", at: datetime) -> ServiceVersion:
    """Store the body of a draft with its digest."""
    held.body = body_to_data(body)
    held.digest = digest_of(held.body)
    save_record(held, by=by, at=at)
    return held


@transaction.atomic
def propose_version(
    *, draft: ServiceVersion, active_from: date, reason: str, by: "Staff", at: datetime
) -> ServiceVersion:
    """
    Ask a second person to publish a draft from a day on.

    :raises PermissionDenied: if ``by`` may not change the catalogue.
    :raises UnableToChangeStandard: if the day is over or taken, or the draft changes nothing.
    """
    require(by, RULES)
    held = held_in(draft, RuleState.DRAFT)
    refuse_day(held, active_from, on=localdate(at))
    if held.based_on is not None and held.based_on.digest == held.digest:
        raise UnableToChangeStandard(_("This draft changes nothing yet. Change a standard first."))
    held.state, held.active_from, held.reason = RuleState.PROPOSED, active_from, reason
    held.proposed_by = by
    save_record(held, by=by, at=at, reason=reason)
    asked = ApprovalAsked(
        source=TO_PUBLISH,
        source_id=held.pk,
        owner_id=decider_for(by, RULES),
        unit_id=by.unit_id,
        at=at,
        facts={"service": held.service.code, "number": held.number, "by": by.name},
    )
    transaction.on_commit(partial(events.announce, asked))
    return held


@transaction.atomic
def publish_version(
    *, proposed: ServiceVersion, version: int, by: "Staff", at: datetime
) -> ServiceVersion:
    """
    Publish a proposed version: it holds from its day on and is never changed again.

    Clocks that run keep what was promised when they began.

    :raises PermissionDenied: if ``by`` may not change the catalogue.
    :raises UnableToChangeStandard: if ``by`` proposed it, or it was dealt with meanwhile.
    """
    require(by, RULES)
    held = held_in(proposed, RuleState.PROPOSED)
    if held.version != version:
        raise UnableToChangeStandard(_("This version was dealt with meanwhile. Look again."))
    if held.proposed_by_id == by.pk:
        raise UnableToChangeStandard(_("Somebody else must publish the version you proposed."))
    assert held.active_from is not None
    held.active_from = max(held.active_from, localdate(at))
    refuse_day(held, held.active_from, on=localdate(at))
    held.state, held.published_by, held.published_on = RuleState.PUBLISHED, by, localdate(at)
    save_record(held, by=by, at=at)
    transaction.on_commit(partial(events.announce, ApprovalEnded(TO_PUBLISH, held.pk, by, at)))
    return held


@transaction.atomic
def withdraw_version(*, held: ServiceVersion, by: "Staff", at: datetime) -> ServiceVersion:
    """
    Take back a draft, a proposal, or a published version that does not hold yet.

    :raises PermissionDenied: if ``by`` may not change the catalogue.
    :raises UnableToChangeStandard: if it holds already.
    """
    require(by, RULES)
    Service.objects.select_for_update().get(pk=held.service_id)
    found = ServiceVersion.objects.select_for_update().get(pk=held.pk)
    begun = found.state == RuleState.PUBLISHED and (found.active_from or date.min) <= localdate(at)
    if begun or found.state == RuleState.WITHDRAWN:
        raise UnableToChangeStandard(
            _("Standards that held cannot be withdrawn; publish another version instead.")
        )
    found.state = RuleState.WITHDRAWN
    save_record(found, by=by, at=at)
    transaction.on_commit(partial(events.announce, ApprovalEnded(TO_PUBLISH, found.pk, None, at)))
    return found


def held_draft(draft: ServiceVersion, version: int) -> ServiceVersion:
    """
    Return a draft, locked, as it was on the screen.

    :raises UnableToChangeStandard: if somebody else changed it, or it is no draft any more.
    """
    held = held_in(draft, RuleState.DRAFT)
    if held.version != version:
        raise UnableToChangeStandard(
            _("Somebody else changed this draft meanwhile. It is shown as it is now.")
        )
    return held


def held_in(version: ServiceVersion, state: RuleState) -> ServiceVersion:
    """
    Return a version, locked, that has to be in a state.

    :raises UnableToChangeStandard: if it is in another.
    """
    Service.objects.select_for_update().get(pk=version.service_id)
    rows = ServiceVersion.objects.select_for_update(of=("self",))
    held = rows.select_related("service", "based_on").get(pk=version.pk)
    if held.state != state:
        raise UnableToChangeStandard(_("This version was dealt with meanwhile. Look again."))
    return held


def refuse_day(version: ServiceVersion, active_from: date, *, on: date) -> None:
    """
    Pass in silence if a version may begin on a day.

    :raises UnableToChangeStandard: if the day is over, or another begins on it.
    """
    if active_from < on:
        raise UnableToChangeStandard(_("Name today or a later day."))
    others = ServiceVersion.objects.filter(
        service=version.service_id, state=RuleState.PUBLISHED, active_from=active_from
    )
    if others.exclude(pk=version.pk).exists():
        raise UnableToChangeStandard(
            _("Another version begins on this day already. Name another day.")
        )
