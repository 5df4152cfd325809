"""Versions of a service: drafted, proposed, published by a second person (promise 2)."""

from collections.abc import Collection
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dakehu.audit.operations import save_record
from dakehu.catalogue.choices import TO_PUBLISH
from dakehu.catalogue.errors import UnableToChangeStandard
from dakehu.catalogue.models import ServiceVersion
from dakehu.catalogue.policies import RULES
from dakehu.catalogue.rules.bodies import body_from_data, body_to_data, digest_of
from dakehu.catalogue.rules.editing import with_terms
from dakehu.catalogue.values import Body, Terms
from dakehu.people.policies import require
from dakehu.tiering.choices import RuleState
from dakehu.tiering.operations.publishing import Publishing

if TYPE_CHECKING:
    from dakehu.people.models import Staff


def told_of(version: ServiceVersion) -> dict[str, str]:
    """Return what the to-do of whoever publishes says."""
    return {"service": version.service.code}


PUBLISHING = Publishing(
    model=ServiceVersion,
    owner="service",
    permission=RULES,
    source=TO_PUBLISH,
    facts=told_of,
    unable=UnableToChangeStandard,
)


@transaction.atomic
def draft_version(*, based_on: ServiceVersion, by: "Staff", at: datetime) -> ServiceVersion:
    """
    Begin a draft from a version of a service, which may be an earlier one.

    :raises PermissionDenied: if ``by`` may not change the catalogue.
    :raises UnableToChangeStandard: if somebody is working on a draft already.
    """
    return PUBLISHING.draft(based_on, by=by, at=at, digest=based_on.digest)


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
    held = PUBLISHING.held_draft(draft, version)
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
    return keep_body(PUBLISHING.held_draft(draft, version), body, by=by, at=at)


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
    held = PUBLISHING.held_in(draft, RuleState.DRAFT)
    PUBLISHING.refuse_day(held, active_from, on=localdate(at))
    if held.based_on is not None and held.based_on.digest == held.digest:
        raise UnableToChangeStandard(_("This draft changes nothing yet. Change a standard first."))
    if not held.body["standards"]:
        raise UnableToChangeStandard(_("Say first what at least one level is promised."))
    PUBLISHING.propose(held, active_from=active_from, reason=reason, by=by, at=at)
    return held


@transaction.atomic
def publish_version(
    *, proposed: ServiceVersion, version: int, by: "Staff", at: datetime
) -> ServiceVersion:
    """
    Publish a proposed version: it holds from its day on, or from today where that is over.

    Clocks that run keep what was promised when they began.

    :raises PermissionDenied: if ``by`` may not change the catalogue.
    :raises UnableToChangeStandard: if ``by`` proposed it, or it was dealt with meanwhile.
    """
    return PUBLISHING.publish(proposed, version=version, by=by, at=at)


@transaction.atomic
def withdraw_version(*, held: ServiceVersion, by: "Staff", at: datetime) -> ServiceVersion:
    """
    Take back a draft, a proposal, or a published version that does not hold yet.

    :raises PermissionDenied: if ``by`` may not change the catalogue.
    :raises UnableToChangeStandard: if it holds already.
    """
    return PUBLISHING.withdraw(held, by=by, at=at)
