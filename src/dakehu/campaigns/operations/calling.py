"""Calling the customers of a list, one after another, and what each call brought."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dakehu.audit.operations import save_record
from dakehu.campaigns.choices import (
    CAMPAIGN,
    TALKED,
    WAITING,
    Result,
    RowState,
    State,
)
from dakehu.campaigns.errors import UnableToCampaign
from dakehu.campaigns.models import Campaign, CampaignRow
from dakehu.campaigns.policies import HANDLE, PUBLISH
from dakehu.campaigns.queries.judging import PURPOSE, bar_of
from dakehu.campaigns.queries.reading import is_held, waiting_calls
from dakehu.campaigns.rules import state_after
from dakehu.campaigns.values import Called
from dakehu.outbox.choices import RefusalSource, Way
from dakehu.outbox.operations import note_approach, note_refusal
from dakehu.outbox.queries.contacts import first_addresses
from dakehu.people.policies import require
from dakehu.people.queries import colleagues_of
from dakehu.worklist.choices import Urgency
from dakehu.worklist.operations import ask_now, cancel_todos, finish_todo, reassign_todos
from dakehu.worklist.values import Ask

if TYPE_CHECKING:
    from dakehu.opportunities.models import Opportunity
    from dakehu.people.models import Staff

MOST_PASSED = 50
LONGEST_AHEAD = timedelta(days=90)


def next_call(*, campaign: Campaign | None, by: "Staff", at: datetime) -> CampaignRow | None:
    """
    Take the next customer to call, held for ``by`` for half an hour; None if there is none.

    Everybody is judged once more: who must not be called any more is left out, and says why.

    :raises PermissionDenied: if the role may not.
    """
    require(by, HANDLE)
    for _turn in range(MOST_PASSED):
        with transaction.atomic():
            row = next_free(campaign, by, at=at)
            if row is None:
                return None
            if take(row, by=by, at=at):
                return row
    return None


def next_free(campaign: Campaign | None, by: "Staff", *, at: datetime) -> CampaignRow | None:
    """Return the next customer of ``by`` under lock whom nobody is calling."""
    rows = waiting_calls(on=localdate(at)).filter(staff=by.pk)
    if campaign is not None:
        rows = rows.filter(campaign=campaign.pk)
    for key in rows.values_list("pk", flat=True)[:MOST_PASSED]:
        row = held_row(key)
        if row.state in WAITING and not is_held(row, by, at=at):
            return row
    return None


def held_row(pk: int) -> CampaignRow:
    """Return one customer of a list under lock, with what calling needs."""
    CampaignRow.objects.select_for_update().get(pk=pk)
    rows = CampaignRow.objects.select_related(
        "campaign", "customer__unit", "staff", "unit", "held_by", "message"
    )
    found: CampaignRow = rows.get(pk=pk)
    return found


def take(row: CampaignRow, *, by: "Staff", at: datetime) -> bool:
    """Hold a customer for a call; one who must not be called any more is left out instead."""
    reason, words = bar_of(row, at=at)
    if reason:
        leave_out(row, reason, words, by=by, at=at)
        return False
    row.held_by, row.held_at = by, at
    save_record(row, by=by, at=at)
    return True


def leave_out(
    row: CampaignRow, reason: str, words: str, *, by: "Staff | None", at: datetime
) -> None:
    """Leave a customer out who waited, and say why."""
    row.state, row.left_out, row.why = RowState.OUT, reason, words[:300]
    row.held_by = row.held_at = row.again_on = None
    save_record(row, by=by, at=at)
    cancel_todos(source=CAMPAIGN, source_ids=[row.pk], at=at)


@transaction.atomic
def open_call(*, row: CampaignRow, by: "Staff", at: datetime) -> CampaignRow:
    """
    Take one customer to call, out of turn.

    :raises PermissionDenied: if the role may not.
    :raises UnableToCampaign: if the customer waits for no call, or somebody else is calling.
    """
    require(by, HANDLE)
    held = held_row(row.pk)
    refuse_over(held, by, at=at)
    take(held, by=by, at=at)
    return held


def refuse_over(row: CampaignRow, by: "Staff", *, at: datetime) -> None:
    """Pass in silence if somebody may call a customer of a list now.

    :raises UnableToCampaign: otherwise, in words.
    """
    campaign, on = row.campaign, localdate(at)
    if campaign.state != State.RUNNING or not campaign.first_day <= on <= campaign.last_day:
        raise UnableToCampaign(_("This campaign does not run: it has not begun, or is over."))
    if row.state not in WAITING or row.removed_at:
        raise UnableToCampaign(_("This customer was dealt with already. Take the next one."))
    if is_held(row, by, at=at):
        words = _("%(name)s is calling this customer just now. Take the next one.")
        raise UnableToCampaign(words % {"name": row.held_by})


@transaction.atomic
def record_call(*, row: CampaignRow, called: Called, by: "Staff", at: datetime) -> CampaignRow:
    """
    Record what a call brought.

    Whoever wants no such contacts goes onto the refusal list; who is to be called again comes
    back as a to-do on that day.

    :raises PermissionDenied: if the role may not.
    :raises UnableToCampaign: if the customer waits for no call, somebody else is calling, the day
        is missing or no good, or the reply is none of those offered.
    """
    require(by, HANDLE)
    held = held_row(row.pk)
    refuse_over(held, by, at=at)
    refuse_answer(held.campaign, called, at=at)
    held.tries += 1
    held.result, held.reply = Result(called.result), called.reply
    held.note = called.note.strip()[:300]
    held.state = state_after(called.result, held.tries)
    held.again_on = called.again_on if called.result == Result.AGAIN else None
    held.called_by, held.called_at = by, at
    held.held_by = held.held_at = None
    save_record(held, by=by, at=at)
    if called.result in TALKED:
        matter = (CAMPAIGN, held.pk)
        note_approach(customer=held.customer, purpose=PURPOSE, matter=matter, by=by, at=at)
    if called.result == Result.REFUSED:
        refuse_for_good(held, by=by, at=at)
    follow_up(held, by=by, at=at)
    return held


def refuse_answer(campaign: Campaign, called: Called, *, at: datetime) -> None:
    """Pass in silence if what was typed after a call holds.

    :raises UnableToCampaign: otherwise, naming the input.
    """
    if called.reply and called.reply not in campaign.offered_replies:
        raise UnableToCampaign(_("This reply is none of those offered."), "reply")
    if called.result != Result.AGAIN:
        return
    on = localdate(at)
    if called.again_on is None or called.again_on < on:
        raise UnableToCampaign(_("Name the day, today or later."), "again_on")
    if called.again_on > campaign.last_day:
        words = _("The campaign ends on %(day)s; agree on an earlier day.")
        raise UnableToCampaign(words % {"day": campaign.last_day}, "again_on")


def refuse_for_good(row: CampaignRow, *, by: "Staff", at: datetime) -> None:
    """Put the number of a customer onto the refusal list, for everything that is promoted."""
    to = first_addresses([row.customer], Way.SMS).get(row.customer_id, "")
    if to:
        note = _("On the telephone, campaign “%(name)s”") % {"name": row.campaign.name}
        source = RefusalSource.CALL.value
        note_refusal(to=to, purpose=PURPOSE, source=source, note=note[:200], by=by, at=at)


def follow_up(row: CampaignRow, *, by: "Staff", at: datetime) -> None:
    """Let a call that was agreed come back on its day; one that is done asks no more."""
    if row.state != RowState.AGAIN:
        finish_todo(source=CAMPAIGN, source_id=row.pk, by=by, at=at)
        return
    ask = Ask(
        source_id=row.pk,
        facts={"name": row.campaign.name},
        customer_id=row.customer_id,
        owner_id=row.staff_id or by.pk,
        unit_id=row.unit_id,
        urgency=Urgency.NORMAL,
        due_date=row.again_on,
    )
    ask_now(source=CAMPAIGN, ask=ask, at=at)


@transaction.atomic
def link_opportunity(
    *, row: CampaignRow, opportunity: "Opportunity", by: "Staff", at: datetime
) -> None:
    """
    Note which opportunity came of a customer of a campaign.

    :raises PermissionDenied: if the role may not.
    """
    require(by, HANDLE)
    held = held_row(row.pk)
    held.opportunity = opportunity
    if held.state in WAITING:
        held.state, held.result = RowState.DONE, Result.INTERESTED
        held.again_on = held.held_by = held.held_at = None
        held.called_by, held.called_at = by, at
    save_record(held, by=by, at=at)
    finish_todo(source=CAMPAIGN, source_id=held.pk, by=by, at=at)


def opportunity_made(pk: int, opportunity: "Opportunity", by: "Staff", at: datetime) -> None:
    """Hear that an opportunity came of a customer of a campaign."""
    row = CampaignRow.objects.filter(pk=pk, removed_at__isnull=True).first()
    if row is not None:
        link_opportunity(row=row, opportunity=opportunity, by=by, at=at)


@transaction.atomic
def hand_over_calls(*, rows: list[int], owner: "Staff", by: "Staff | None", at: datetime) -> int:
    """Let calls follow to another person, who asked for their to-dos or was given them."""
    held = list(CampaignRow.objects.select_for_update().filter(pk__in=rows, state__in=WAITING))
    for row in held:
        row.staff, row.held_by, row.held_at = owner, None, None
        save_record(row, by=by, at=at)
    return len(held)


@transaction.atomic
def assign_calls(*, rows: list[int], owner: "Staff", by: "Staff", at: datetime) -> int:
    """
    Give calls that wait to a colleague; returns how many.

    :raises PermissionDenied: if the role may not.
    :raises UnableToCampaign: if ``by`` may give no work to ``owner``.
    """
    require(by, PUBLISH)
    if not colleagues_of(by, permission=HANDLE).filter(pk=owner.pk).exists():
        raise UnableToCampaign(_("You cannot give calls to this person."), "owner")
    done = hand_over_calls(rows=rows, owner=owner, by=by, at=at)
    reassign_todos(source=CAMPAIGN, source_ids=rows, owner=owner, by=by, at=at)
    return done
