"""Attendance lists of events from a spreadsheet: who was there of those who were invited (G7)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dakehu.care.choices import InvitationState
from dakehu.care.errors import UnableToInvite
from dakehu.care.models import Invitation
from dakehu.care.operations.invitations import mark_attendance, unmark_attendance
from dakehu.care.policies import IMPORT
from dakehu.care.queries.events import invitations_visible_to
from dakehu.common.spreadsheets import CellKind
from dakehu.customers.operations.importing.columns import customer_field, locked_field
from dakehu.ui.imports import Act, Draft, Found, ImportField, ImportScreen, refusing

if TYPE_CHECKING:
    from dakehu.people.models import Staff

MARKS = (InvitationState.ATTENDED, InvitationState.ABSENT)
TOLD = _("is recorded on the page of the invitation. Leave this cell as it was")

FIELDS = (
    ImportField(
        "event",
        _("Number of the event"),
        CellKind.INTEGER,
        key=True,
        required=True,
        least=1,
        help_text=_("It stands in the list of guests."),
        example="1",
    ),
    customer_field(_("The number or the telephone number of the customer."), example="01G000001"),
    ImportField(
        "contact",
        _("Guest"),
        key=True,
        longest=60,
        help_text=_("Needed only where several people of the customer are invited."),
    ),
    ImportField(
        "state",
        _("State"),
        CellKind.CHOICE,
        required=True,
        choices=tuple(InvitationState.choices),
        help_text=_("Was there, or stayed away."),
    ),
    locked_field("title", _("The event"), TOLD),
    locked_field("customer_name", _("Customer"), TOLD),
    locked_field("seats", _("Seats"), TOLD),
    locked_field("note", _("Note"), TOLD),
)


def find(actor: "Staff", drafts: Sequence[Draft]) -> list[int | None]:
    """Return the invitations that rows mean: of that event, customer and guest."""
    events = {draft.values.get("event") for draft in drafts}
    rows = invitations_visible_to(actor).filter(event__in=[each for each in events if each])
    known: dict[tuple[int, int], list[Invitation]] = {}
    for row in rows:
        known.setdefault((row.event_id, row.customer_id), []).append(row)
    return [meant(draft, known) for draft in drafts]


def meant(draft: Draft, known: Mapping[tuple[Any, Any], list[Invitation]]) -> int | None:
    """Return the one invitation that a row means; several are refused, naming the cure."""
    found = known.get((draft.values.get("event"), draft.values.get("customer")), [])
    name = draft.values.get("contact")
    if name:
        found = [each for each in found if each.contact and each.contact.name == name]
    if len(found) > 1:
        draft.refuse("contact", gettext("several of this customer are invited; name the guest"))
        return None
    return found[0].pk if found else None


def current(actor: "Staff", numbers: Collection[int]) -> Mapping[int, Found]:
    """Return invitations as they stand, within reach."""
    rows = invitations_visible_to(actor).filter(pk__in=numbers)
    return {row.pk: found_of(row) for row in rows}


def found_of(row: Invitation) -> Found:
    """Return one invitation as it stands."""
    name = row.contact.name if row.contact else ""
    values = {
        "event": row.event_id,
        "customer": row.customer_id,
        "contact": name,
        "state": row.state,
    }
    shown = {
        "customer": row.customer.number,
        "customer_name": str(row.customer),
        "title": str(row.event),
        "seats": str(row.seats),
        "note": row.note,
    }
    return Found(row.pk, values, name=str(row.event), version=row.version, shown=shown)


def check(actor: "Staff", drafts: Sequence[Draft], at: datetime) -> None:
    """Refuse what an attendance list does not tell: what somebody answered before."""
    for draft in drafts:
        if draft.values.get("state", MARKS[0]) not in MARKS:
            words = gettext("An attendance list says who was there or stayed away, nothing else.")
            draft.refuse("state", words)


def save(draft: Draft, act: Act) -> int:
    """
    Record whether a guest was there; an undoing gives back what was said before.

    :raises UnableToImport: if the event has not begun, or was cancelled.
    """
    assert draft.found is not None
    number, state = draft.found.pk, draft.values.get("state")
    invitation = Invitation.objects.get(pk=number)
    with refusing(UnableToInvite):
        if state in MARKS:
            came = state == InvitationState.ATTENDED
            mark_attendance(invitations=[invitation], came=came, by=act.by, at=act.at)
        elif state:
            unmark_attendance(invitation=invitation, state=state, by=act.by, at=act.at)
    return number


ATTENDANCE = ImportScreen(
    name="attendance",
    title=_("Attendance of events"),
    permission=IMPORT,
    fields=FIELDS,
    find=find,
    current=current,
    save=save,
    check=check,
    may_create=False,
    list_name="care:invitation_list",
    help_text=_(
        "Take the list of guests away, write beside each who was there, and bring it back. Having "
        "been there counts for what is owed to the customer."
    ),
    record_url=lambda pk: reverse("care:invitation", args=[pk]),
)
