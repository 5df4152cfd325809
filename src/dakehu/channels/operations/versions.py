"""Versions of the matrix: drafted, proposed, published by a second person (promise 2)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dakehu.audit.operations import save_record
from dakehu.channels.choices import TO_PUBLISH, Channel, Part, Stage
from dakehu.channels.errors import UnableToChangeMatrix
from dakehu.channels.models import MatrixVersion
from dakehu.channels.policies import RULES
from dakehu.channels.rules.bodies import body_from_data, body_to_data, digest_of
from dakehu.channels.rules.editing import with_product, with_stages
from dakehu.channels.values import Body, Capability, Product
from dakehu.people.policies import require
from dakehu.tiering.choices import RuleState
from dakehu.tiering.operations.publishing import Publishing

if TYPE_CHECKING:
    from dakehu.people.models import Staff


def told_of(version: MatrixVersion) -> dict[str, str]:
    """Return what the to-do of whoever publishes says beside the number."""
    return {"matrix": version.matrix.code}


PUBLISHING = Publishing(
    model=MatrixVersion,
    owner="matrix",
    permission=RULES,
    source=TO_PUBLISH,
    facts=told_of,
    unable=UnableToChangeMatrix,
)


@transaction.atomic
def draft_matrix(*, based_on: MatrixVersion, by: "Staff", at: datetime) -> MatrixVersion:
    """
    Begin a draft from a version, which may be an earlier one.

    :raises PermissionDenied: if ``by`` may not change the matrix.
    :raises UnableToChangeMatrix: if somebody is working on a draft already.
    """
    return PUBLISHING.draft(based_on, by=by, at=at, digest=based_on.digest)


@transaction.atomic
def save_product(  # noqa: PLR0913 - what is said of a product, and by whom
    *,
    draft: MatrixVersion,
    product: Product,
    cells: Mapping[Channel, Capability],
    version: int,
    is_new: bool = False,
    by: "Staff",
    at: datetime,
) -> MatrixVersion:
    """
    Say in a draft what a product is, and what every channel does with it.

    :raises PermissionDenied: if ``by`` may not change the matrix.
    :raises UnableToChangeMatrix: if it is no draft any more, was changed since ``version``, or a
        new product has the code of another.
    """
    require(by, RULES)
    held = PUBLISHING.held_draft(draft, version)
    body = body_from_data(held.body)
    if is_new and product.code in body.products:
        raise UnableToChangeMatrix(_("Another product has this code. Choose another code."))
    return keep_body(held, with_product(body, product, cells), by=by, at=at)


@transaction.atomic
def save_stages(
    *,
    draft: MatrixVersion,
    stages: Mapping[Channel, Mapping[Stage, Part]],
    version: int,
    by: "Staff",
    at: datetime,
) -> MatrixVersion:
    """
    Say in a draft which part every channel takes in every stage.

    :raises PermissionDenied: if ``by`` may not change the matrix.
    :raises UnableToChangeMatrix: if it is no draft any more, or was changed since ``version``.
    """
    require(by, RULES)
    held = PUBLISHING.held_draft(draft, version)
    return keep_body(held, with_stages(body_from_data(held.body), stages), by=by, at=at)


def keep_body(held: MatrixVersion, body: Body, *, by: "Staff", at: datetime) -> MatrixVersion:
    """Store the body of a draft with its digest."""
    held.body = body_to_data(body)
    held.digest = digest_of(held.body)
    save_record(held, by=by, at=at)
    return held


@transaction.atomic
def propose_matrix(
    *, draft: MatrixVersion, active_from: date, reason: str, by: "Staff", at: datetime
) -> MatrixVersion:
    """
    Ask a second person to publish a draft from a day on.

    :raises PermissionDenied: if ``by`` may not change the matrix.
    :raises UnableToChangeMatrix: if the day is over or taken, or the draft changes nothing.
    """
    require(by, RULES)
    held = PUBLISHING.held_in(draft, RuleState.DRAFT)
    PUBLISHING.refuse_day(held, active_from, on=localdate(at))
    if held.based_on is not None and held.based_on.digest == held.digest:
        raise UnableToChangeMatrix(_("This draft changes nothing yet. Change a product first."))
    PUBLISHING.propose(held, active_from=active_from, reason=reason, by=by, at=at)
    return held


@transaction.atomic
def publish_matrix(
    *, proposed: MatrixVersion, version: int, by: "Staff", at: datetime
) -> MatrixVersion:
    """
    Publish a proposed version: it holds from its day on, or from today where that is over.

    :raises PermissionDenied: if ``by`` may not change the matrix.
    :raises UnableToChangeMatrix: if ``by`` proposed it, or it was dealt with meanwhile.
    """
    return PUBLISHING.publish(proposed, version=version, by=by, at=at)


@transaction.atomic
def withdraw_matrix(*, held: MatrixVersion, by: "Staff", at: datetime) -> MatrixVersion:
    """
    Take back a draft, a proposal, or a published version that does not hold yet.

    :raises PermissionDenied: if ``by`` may not change the matrix.
    :raises UnableToChangeMatrix: if it holds already.
    """
    return PUBLISHING.withdraw(held, by=by, at=at)
