"""Proposing a campaign, and its release by a second person, which freezes its list."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dakehu.audit.operations import create_records, save_record, save_records
from dakehu.campaigns.choices import (
    CALLING,
    CAMPAIGN,
    LIVE,
    RELEASE,
    WAITING,
    RowState,
    Source,
    Spread,
    State,
)
from dakehu.campaigns.errors import UnableToCampaign
from dakehu.campaigns.models import Campaign, CampaignRow
from dakehu.campaigns.operations.drafting import (
    held_draft,
    refuse_beyond,
    refuse_incomplete,
    refuse_number,
)
from dakehu.campaigns.policies import PUBLISH, WRITE
from dakehu.campaigns.queries.judging import judged, team_of
from dakehu.campaigns.rules import spread
from dakehu.campaigns.values import Judged
from dakehu.outbox.choices import MessageState
from dakehu.outbox.operations import withdraw_message
from dakehu.people.policies import require
from dakehu.people.queries import decider_for, staff_who_may
from dakehu.targets.choices import GroupState
from dakehu.worklist.choices import Urgency
from dakehu.worklist.operations import ask_now, cancel_todos, finish_todo
from dakehu.worklist.values import Ask

if TYPE_CHECKING:
    from dakehu.people.models import Staff


@transaction.atomic
def propose_campaign(*, campaign: Campaign, by: "Staff", at: datetime) -> None:
    """
    Ask a second person to release a draft; its list can be looked at until then.

    :raises PermissionDenied: if the role may not.
    :raises UnableToCampaign: if it is no draft any more, its period is over, its group cannot be
        used, or nobody is left to contact.
    """
    require(by, WRITE)
    refuse_beyond(campaign, by)
    stored = held_draft(campaign)
    refuse_incomplete(stored)
    found = judged(stored, at=at)
    refuse_unready(stored, found, on=localdate(at))
    freeze(stored, found, by=by, at=at)
    stored.state, stored.reason = State.PROPOSED, ""
    stored.proposed_by, stored.proposed_at = by, at
    save_record(stored, by=by, at=at)
    ask = Ask(
        source_id=stored.pk,
        facts={"name": stored.name},
        customer_id=None,
        owner_id=decider_for(by, PUBLISH),
        unit_id=stored.unit_id,
        urgency=Urgency.NORMAL,
        due_date=stored.first_day,
    )
    ask_now(source=RELEASE, ask=ask, at=at)


def refuse_unready(campaign: Campaign, found: list[Judged], *, on: date) -> None:
    """Pass in silence if a campaign can be released.

    :raises UnableToCampaign: otherwise, in words.
    """
    if campaign.last_day < on:
        raise UnableToCampaign(_("Its last day has passed. Give it a later one."), "last_day")
    group = campaign.group
    if campaign.source == Source.GROUP:
        if group is None or group.removed_at or group.state == GroupState.DRAFT:
            words = _("The target group was removed, or is not locked. Choose another one.")
            raise UnableToCampaign(words, "group")
        if group.work.is_busy:
            words = _("The members of the group are still being read. Wait a moment.")
            raise UnableToCampaign(words, "group")
    if not found:
        raise UnableToCampaign(_("The list is empty: nobody is to be contacted."), "group")
    refuse_number(len(found))
    if all(each.reason for each in found):
        words = _("Nobody is left to contact: all %(count)s customers are left out.")
        raise UnableToCampaign(words % {"count": len(found)})


def held_proposal(campaign: Campaign) -> Campaign:
    """
    Return a campaign under lock that waits for its release.

    :raises UnableToCampaign: if it was released or given back meanwhile.
    """
    Campaign.objects.select_for_update().get(pk=campaign.pk)
    stored = Campaign.objects.select_related("group__work", "unit").get(pk=campaign.pk)
    if stored.state in LIVE:
        raise UnableToCampaign(_("This campaign was released already; nothing was done twice."))
    if stored.state != State.PROPOSED or stored.removed_at:
        raise UnableToCampaign(_("Only a proposed campaign is released or given back."))
    return stored


@transaction.atomic
def release_campaign(*, campaign: Campaign, by: "Staff", at: datetime) -> int:
    """
    Release a campaign and freeze its list; returns how many are to be contacted.

    Everybody is judged anew at this moment: whoever refused, left or was contacted often enough
    since it was proposed is on the list with the reason.

    :raises PermissionDenied: if the role may not.
    :raises UnableToCampaign: if ``by`` drafted or proposed it, it waits for no release, or nobody
        is left to contact.
    """
    require(by, PUBLISH)
    refuse_beyond(campaign, by)
    stored = held_proposal(campaign)
    if by.pk in (stored.proposed_by_id, stored.made_by_id):
        raise UnableToCampaign(_("A second person releases: not whoever drafted or proposed it."))
    found = judged(stored, at=at)
    refuse_unready(stored, found, on=localdate(at))
    freeze(stored, found, by=by, at=at)
    begun = stored.first_day <= localdate(at)
    stored.state = State.RUNNING if begun else State.RELEASED
    stored.released_by, stored.released_at = by, at
    save_record(stored, by=by, at=at)
    finish_todo(source=RELEASE, source_id=stored.pk, by=by, at=at)
    return sum(1 for each in found if not each.reason)


def freeze(campaign: Campaign, found: list[Judged], *, by: "Staff", at: datetime) -> None:
    """
    Write the list of a campaign: everybody, with who calls them or why they are left out.

    Whoever is on an earlier list and belongs to it no more is taken off it.
    """
    fit = [each for each in found if not each.reason]
    callers: dict[int, int | None] = {each.customer_id: each.manager_id for each in found}
    if campaign.form in CALLING:
        callers |= spread(fit, team_of(campaign), to_owner=campaign.spread == Spread.OWNER)
    people = {each.pk: each for each in staff_who_may("worklist.view")}
    rows = {row.customer_id: row for row in campaign.rows.all()}
    known: list[CampaignRow] = []
    new: list[CampaignRow] = []
    for each in found:
        row = rows.pop(each.customer_id, None) or CampaignRow(
            campaign=campaign, customer_id=each.customer_id
        )
        row.removed_at = None
        row.unit_id = each.unit_id
        row.staff = people.get(callers[each.customer_id] or 0)
        row.left_out, row.why = each.reason, each.words[:300]
        row.state = RowState.OUT if each.reason else RowState.OPEN
        (known if row.pk else new).append(row)
    create_records(new, by=by, at=at)
    for row in rows.values():
        if not row.removed_at:
            row.removed_at = at
            known.append(row)
    save_records(known, by=by, at=at)


@transaction.atomic
def give_back_campaign(*, campaign: Campaign, reason: str, by: "Staff", at: datetime) -> None:
    """
    Give a proposed campaign back to be changed; whoever proposed it may take it back.

    :raises PermissionDenied: if the role may not.
    :raises UnableToCampaign: if it waits for no release.
    """
    require(by, WRITE)
    refuse_beyond(campaign, by)
    stored = held_proposal(campaign)
    stored.state, stored.reason = State.DRAFT, reason[:300]
    stored.proposed_by = stored.proposed_at = None
    save_record(stored, by=by, at=at, reason=reason[:300])
    finish_todo(source=RELEASE, source_id=stored.pk, by=by, at=at)


@transaction.atomic
def stop_campaign(*, campaign: Campaign, reason: str, by: "Staff", at: datetime) -> None:
    """
    Stop a released campaign: nobody is called any more, and nothing more is sent.

    :raises PermissionDenied: if the role may not.
    :raises UnableToCampaign: if it is not released, or no reason is given.
    """
    require(by, PUBLISH)
    refuse_beyond(campaign, by)
    if not reason.strip():
        raise UnableToCampaign(_("Say why it is stopped."), "reason")
    stored = Campaign.objects.select_for_update().get(pk=campaign.pk)
    if stored.state not in LIVE:
        raise UnableToCampaign(_("Only a released campaign is stopped."))
    end(stored, State.STOPPED, by=by, at=at, reason=reason)
    for row in stored.rows.filter(message__state=MessageState.QUEUED).select_related("message"):
        if row.message is not None:
            withdraw_message(message=row.message, by=by, at=at)


def end(
    campaign: Campaign, state: str, *, by: "Staff | None", at: datetime, reason: str = ""
) -> None:
    """End a campaign that is held; what was agreed for later is needed no more."""
    campaign.state, campaign.reason = state, reason[:300]
    campaign.ended_by, campaign.ended_at = by, at
    save_record(campaign, by=by, at=at, reason=reason[:300])
    waiting = campaign.rows.filter(state__in=WAITING)
    keys = list(waiting.order_by().values_list("pk", flat=True))
    cancel_todos(source=CAMPAIGN, source_ids=keys, at=at)
