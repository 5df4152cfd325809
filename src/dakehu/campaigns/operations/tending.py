"""What happens by itself: campaigns begin and end, messages leave, calls follow customers."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.timezone import localdate

from dakehu.audit.operations import save_record
from dakehu.campaigns.choices import (
    CAMPAIGN,
    LIVE,
    WAITING,
    WAY_OF,
    WRITING,
    LeftOut,
    RowState,
    Spread,
    State,
)
from dakehu.campaigns.models import Campaign, CampaignRow
from dakehu.campaigns.operations.calling import held_row, leave_out
from dakehu.campaigns.operations.releasing import end
from dakehu.campaigns.queries.judging import PURPOSE, bar_of
from dakehu.outbox.choices import MessageState
from dakehu.outbox.errors import UnableToSend
from dakehu.outbox.operations import send_message
from dakehu.outbox.queries.contacts import first_addresses
from dakehu.outbox.values import NewMessage
from dakehu.people.queries import staff_who_may

if TYPE_CHECKING:
    from dakehu.ownership.events import CustomersMoved
    from dakehu.people.models import Staff

AT_ONCE = 200
UNDELIVERED = (MessageState.FAILED, MessageState.REFUSED, MessageState.WITHDRAWN)


def tend(*, at: datetime) -> None:
    """Begin and end campaigns whose day has come, send what waits, leave out what came back."""
    with translation.override(settings.LANGUAGE_CODE):
        turn(at=at)
        send_waiting(at=at)
        take_in_undelivered(at=at)


@transaction.atomic
def turn(*, at: datetime) -> int:
    """Let campaigns run whose first day has come, and end those whose last has passed."""
    on = localdate(at)
    changed = 0
    rows = Campaign.objects.select_for_update().filter(state__in=LIVE, removed_at__isnull=True)
    for campaign in rows.order_by("pk"):
        if campaign.last_day < on:
            end(campaign, State.ENDED, by=None, at=at)
            changed += 1
        elif campaign.state == State.RELEASED and campaign.first_day <= on:
            campaign.state = State.RUNNING
            save_record(campaign, by=None, at=at)
            changed += 1
    return changed


def unsent(*, at: datetime) -> list[int]:
    """Return the customers of running campaigns to whom nothing was written yet."""
    on = localdate(at)
    rows = CampaignRow.objects.filter(
        campaign__state=State.RUNNING,
        campaign__form__in=WRITING,
        campaign__first_day__lte=on,
        campaign__last_day__gte=on,
        message__isnull=True,
        state=RowState.OPEN,
        removed_at__isnull=True,
    )
    return list(rows.order_by("campaign", "pk").values_list("pk", flat=True)[:AT_ONCE])


def send_waiting(*, at: datetime) -> int:
    """
    Write to the next customers of running campaigns; returns how many were dealt with.

    Each is one transaction: the message and the row that names it are stored together or not at
    all, so that a crash neither loses nor doubles one. Many workers may do it at once.
    """
    done = 0
    for key in unsent(at=at):
        done += write_to(key, at=at)
    return done


@transaction.atomic
def write_to(pk: int, *, at: datetime) -> bool:
    """Write to one customer, unless somebody else just did, or they must not be written to."""
    if not CampaignRow.objects.select_for_update(skip_locked=True).filter(pk=pk).exists():
        return False
    row = held_row(pk)
    if row.message_id or row.state != RowState.OPEN or row.campaign.state != State.RUNNING:
        return False
    reason, words = bar_of(row, at=at)
    if reason:
        leave_out(row, reason, words, by=None, at=at)
        return True
    try:
        with transaction.atomic():
            row.message = send_message(
                message=message_of(row), by=None, owner=owner_of(row), at=at
            )
    except UnableToSend as refusal:
        leave_out(row, LeftOut.NO_ADDRESS, str(refusal), by=None, at=at)
        return True
    if row.campaign.form != "SMS_CALL":
        row.state = RowState.DONE
    save_record(row, by=None, at=at)
    return True


def owner_of(row: CampaignRow) -> "Staff | None":
    """Return in whose name a message leaves: whoever looks after the customer, or released it."""
    return row.staff or row.campaign.released_by


def message_of(row: CampaignRow) -> NewMessage:
    """Return the message of a campaign to one customer."""
    campaign = row.campaign
    way = WAY_OF[campaign.form]
    return NewMessage(
        way=way,
        purpose=PURPOSE,
        text=campaign.text,
        to=first_addresses([row.customer], way)[row.customer_id],
        customer=row.customer,
        title=campaign.title,
        source=CAMPAIGN,
        source_id=row.pk,
    )


@transaction.atomic
def take_in_undelivered(*, at: datetime) -> int:
    """Leave out to whom a message was refused or could not be sent after all."""
    rows = CampaignRow.objects.filter(
        campaign__state__in=LIVE,
        message__state__in=UNDELIVERED,
        state__in=[RowState.OPEN, RowState.DONE],
        result="",
        campaign__form__in=["SMS", "EMAIL"],
    )
    keys = list(rows.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    for key in keys:
        row = held_row(key)
        if row.state != RowState.OUT and row.message is not None:
            reason = (
                LeftOut.REFUSED
                if row.message.state == MessageState.REFUSED
                else LeftOut.UNDELIVERED
            )
            leave_out(row, reason, row.message.answer, by=None, at=at)
    return len(keys)


@transaction.atomic
def follow_moved_customers(moved: "CustomersMoved") -> int:
    """Let calls that wait follow their customers to the new owner; returns how many did."""
    passages = {line.customer_id: line for line in moved.lines}
    rows = CampaignRow.objects.select_for_update().filter(
        customer__in=list(passages),
        state__in=WAITING,
        campaign__state__in=LIVE,
        campaign__spread=Spread.OWNER,
    )
    people = {each.pk: each for each in staff_who_may("worklist.view")}
    followed = 0
    for row in rows.order_by("pk"):
        line = passages[row.customer_id]
        if row.staff_id not in {None, line.from_id}:
            continue
        heir = people.get(line.to_id or 0)
        if heir is not None and heir.pk != row.staff_id:
            row.staff, row.held_by, row.held_at = heir, None, None
            save_record(row, by=moved.by, at=moved.at)
            followed += 1
    return followed
