"""Batch business from an opportunity: collected data handed over as one file (CH9, C3)."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from dakehu.cases.choices import CaseChannel, CaseKind
from dakehu.cases.errors import UnableToKeepCase
from dakehu.cases.operations import open_case
from dakehu.cases.queries.sheets import lines_of
from dakehu.cases.values import NewCase
from dakehu.files.errors import UnableToAttach
from dakehu.files.operations.attachments import attach_file
from dakehu.opportunities.choices import Move
from dakehu.opportunities.errors import UnableToKeepOpportunity
from dakehu.opportunities.models import Opportunity, SupportLink
from dakehu.opportunities.operations.keeping import Step, move_on
from dakehu.opportunities.operations.papers import mine
from dakehu.opportunities.policies import is_partner
from dakehu.opportunities.rules.states import after

if TYPE_CHECKING:
    from dakehu.people.models import Staff


@transaction.atomic
def hand_over_batch(
    *, opportunity: Opportunity, upload: Any, text: str, by: "Staff", at: datetime
) -> SupportLink:
    """
    Hand over collected data as batch business: a row for each number, with what is to be done.

    The file itself is attached to the order; what came of each row stands there.

    :raises PermissionDenied: unless ``by`` has the opportunity, or hands out.
    :raises UnableToKeepOpportunity: if the file cannot be read or carries macros, a row has no
        number or stands there twice (it names the first), or there are too few or too many rows.
    """
    stored = mine(opportunity, by)
    try:
        lines = lines_of(upload)
    except UnableToKeepCase as refusal:
        raise UnableToKeepOpportunity(str(refusal), "file") from refusal
    new = NewCase(
        kind=CaseKind.BATCH,
        channel=CaseChannel.PARTNER if is_partner(by) else CaseChannel.TELEPHONE,
        text=f"{text or stored.text}\n{stored.number}".strip(),
        customer=stored.customer,
        lines=tuple(lines),
    )
    try:
        case = open_case(new=new, by=by, at=at)
        attach_file(record=case, upload=upload, by=by, at=at)
    except UnableToKeepCase as refusal:
        raise UnableToKeepOpportunity(str(refusal), "file") from refusal
    except UnableToAttach as refusal:
        raise UnableToKeepOpportunity(str(refusal), "file") from refusal
    link = SupportLink.objects.create(opportunity=stored, case=case)
    state = after(stored.state, Move.SUPPORT)
    if state is not None:
        facts = {"case": case.number, "rows": len(lines)}
        move_on(stored, state, Step(Move.SUPPORT, text, facts=facts), by=by, at=at)
    return link
