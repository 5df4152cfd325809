"""Talks with the customer: what was said stands in the passport (OP14)."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dakehu.opportunities.choices import MeetingKind, Move, State
from dakehu.opportunities.errors import UnableToKeepOpportunity
from dakehu.opportunities.models import Opportunity
from dakehu.opportunities.operations.answering import LONGEST
from dakehu.opportunities.operations.keeping import Step, move_on
from dakehu.opportunities.operations.papers import mine

if TYPE_CHECKING:
    from dakehu.people.models import Staff


@transaction.atomic
def record_meeting(
    *,
    opportunity: Opportunity,
    kind: str,
    held_on: date,
    text: str,
    by: "Staff",
    at: datetime,
) -> Opportunity:
    """
    Record a talk with the customer: on which day, what was said and agreed.

    :raises PermissionDenied: unless ``by`` has the opportunity, or hands out.
    :raises UnableToKeepOpportunity: if the day lies ahead, nothing was written, or too much.
    """
    stored = mine(opportunity, by)
    if held_on > localdate(at):
        raise UnableToKeepOpportunity(_("This day has not come yet."), "held_on")
    if not text.strip():
        raise UnableToKeepOpportunity(_("Write something first."), "text")
    if len(text) > LONGEST:
        words = _("At most %(most)s characters; put the rest into a file.")
        raise UnableToKeepOpportunity(words % {"most": LONGEST}, "text")
    facts = {"meeting": MeetingKind(kind).value, "on": held_on.isoformat()}
    move_on(stored, State(stored.state), Step(Move.MEETING, text, facts=facts), by=by, at=at)
    return stored
