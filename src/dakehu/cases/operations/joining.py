"""Cases that have to do with each other: linked, joined, merged, split (CH12)."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from dakehu.audit.operations import create_record, remove_record, restore_record
from dakehu.cases.choices import ActKind
from dakehu.cases.errors import UnableToKeepCase
from dakehu.cases.models import Case, CaseLink
from dakehu.cases.operations.keeping import write_act
from dakehu.cases.policies import HANDLE
from dakehu.cases.values import Done
from dakehu.people.policies import require

if TYPE_CHECKING:
    from dakehu.people.models import Staff


@transaction.atomic
def link_cases(*, case: Case, other: Case, note: str, by: "Staff", at: datetime) -> CaseLink:
    """
    Say that two cases have to do with each other.

    :raises PermissionDenied: if the role may not.
    :raises UnableToKeepCase: if they are one and the same, or linked already.
    """
    require(by, HANDLE)
    if case.pk == other.pk:
        raise UnableToKeepCase(_("A case cannot be linked to itself."), "other")
    first, second = sorted((case, other), key=lambda each: each.pk)
    known: CaseLink | None = CaseLink.objects.filter(case=first, other=second).first()
    if known is not None and known.removed_at is None:
        raise UnableToKeepCase(_("These cases are linked already."), "other")
    if known is not None:
        restore_record(known, by=by, at=at)
    link = known or create_record(CaseLink(case=first, other=second, note=note), by=by, at=at)
    for each, twin in ((case, other), (other, case)):
        linked = Done(ActKind.LINKED, note, facts={"number": twin.number})
        write_act(each, linked, by=by, at=at)
    return link


@transaction.atomic
def unlink_cases(*, link: CaseLink, by: "Staff", at: datetime) -> None:
    """
    Take a link between two cases away.

    :raises PermissionDenied: if the role may not.
    """
    require(by, HANDLE)
    remove_record(link, by=by, at=at)
