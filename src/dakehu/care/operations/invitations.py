"""Inviting customers to events, their answers, who came, what is to follow (C8, C10, C12)."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dakehu.audit.operations import create_records, remove_record, save_record
from dakehu.care.choices import (
    EVENT_FOLLOW_UP,
    EVENT_SERVICES,
    INVITE,
    INVITED,
    SEATED,
    EventKind,
    EventState,
    Guests,
    InvitationState,
)
from dakehu.care.errors import UnableToInvite
from dakehu.care.models import Event, Invitation
from dakehu.care.operations.events import planned, seats_taken, starts_at
from dakehu.care.policies import WRITE
from dakehu.care.rules.events import finds_seats, next_in_line
from dakehu.care.values import Answer, Invited
from dakehu.customers.queries import people_of_groups
from dakehu.obligations.operations import record_act, withdraw_act
from dakehu.outbox.choices import MessagePurpose, Way
from dakehu.outbox.operations import note_approach
from dakehu.outbox.queries.contacts import first_addresses, plain, refused_among
from dakehu.people.policies import require
from dakehu.worklist.choices import Urgency
from dakehu.worklist.operations import ask_now, drop_todo, finish_todo
from dakehu.worklist.values import Ask

if TYPE_CHECKING:
    from dakehu.people.models import Staff

MOST_AT_ONCE = 500
KEY_ROLES = ("LEADER", "KEY_PERSON")


@transaction.atomic
def invite(*, event: Event, customers: Any, guests: str, by: "Staff", at: datetime) -> Invited:
    """
    Invite chosen customers within reach, or their people; whoever is invited already stays so.

    Whoever looks after each is asked to ask them; who refused messages of care is left out.

    :raises PermissionDenied: if ``by`` may not.
    :raises UnableToInvite: if the event is over, or too many are chosen at once.
    """
    require(by, WRITE)
    stored = planned(event)
    chosen = list(customers.select_related("manager")[: MOST_AT_ONCE + 1])
    if len(chosen) > MOST_AT_ONCE:
        words = _("More than %(most)s are chosen. Narrow the list before you invite.")
        raise UnableToInvite(words % {"most": f"{MOST_AT_ONCE:,}"})
    present = [each for each in chosen if not (each.retained_at or each.merged_into_id)]
    wanted: list[tuple[Any, Any]] = [(customer, None) for customer in present]
    if guests != Guests.CUSTOMER:
        wanted = people_among(present, guests, by)
    asked = len(wanted)
    wanted = unrefused(wanted)
    known: set[tuple[int, int | None]] = set(
        Invitation.objects.filter(event=stored, removed_at__isnull=True).values_list(
            "customer", "contact"
        )
    )
    fresh = [
        (customer, contact)
        for customer, contact in wanted
        if (customer.pk, contact.pk if contact else None) not in known
    ]
    made = create_records(
        [invitation_to(stored, customer, contact, by, at) for customer, contact in fresh],
        by=by,
        at=at,
    )
    for each in made:
        ask_now(source=INVITE, ask=ask_of(each, stored), at=at)
    return Invited(
        new=len(made),
        known=len(wanted) - len(fresh),
        gone=len(chosen) - len(present),
        refused=asked - len(wanted),
    )


def unrefused(guests: list[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """Return the guests who did not refuse what is of care, by the numbers they are asked at."""
    customers = [customer for customer, contact in guests if contact is None]
    addresses = first_addresses(customers, Way.SMS)
    numbers = [
        plain(contact.phone) if contact else addresses.get(customer.pk, "")
        for customer, contact in guests
    ]
    refused = refused_among(numbers, MessagePurpose.CARE)
    return [guest for guest, number in zip(guests, numbers, strict=True) if number not in refused]


def people_among(customers: list[Any], guests: str, by: "Staff") -> list[tuple[Any, Any]]:
    """Return the people of chosen groups with their groups; individuals stand for themselves."""
    people = people_of_groups(by).filter(customer__in=[each.pk for each in customers])
    if guests == Guests.KEY:
        people = people.filter(role__in=KEY_ROLES)
    by_customer: dict[int, list[Any]] = {}
    for each in people.order_by("pk"):
        by_customer.setdefault(each.customer_id, []).append(each)
    found: list[tuple[Any, Any]] = []
    for customer in customers:
        if customer.kind == "INDIVIDUAL":
            found.append((customer, None))
        found += [(customer, each) for each in by_customer.get(customer.pk, [])]
    return found


def invitation_to(
    event: Event, customer: Any, contact: Any, by: "Staff", at: datetime
) -> Invitation:
    """Return an invitation that is not kept yet."""
    return Invitation(
        event=event, customer=customer, contact=contact, invited_by=by, invited_at=at
    )


def ask_of(invitation: Invitation, event: Event, *, is_free: bool = False) -> Ask:
    """Return the request to ask a guest, or to tell one who waits that there is a seat."""
    return Ask(
        source_id=invitation.pk,
        facts={"day": event.day.isoformat(), "title": event.title, "free": int(is_free)},
        customer_id=invitation.customer_id,
        owner_id=invitation.customer.manager_id or event.host_id,
        unit_id=event.unit_id,
        urgency=Urgency.HIGH if is_free else Urgency.NORMAL,
        due_date=event.day,
    )


@transaction.atomic
def answer_invitation(
    *, invitation: Invitation, answer: Answer, by: "Staff", at: datetime
) -> Invitation:
    """
    Record what a guest said. Nobody is given a seat that is not there.

    Seats that become free are offered to those who wait, in their order.

    :raises PermissionDenied: if ``by`` may not.
    :raises UnableToInvite: if the event is over, or has too few seats and the guest does not wait.
    """
    require(by, WRITE)
    event = planned(invitation.event)
    stored = held(invitation)
    state = state_for(answer, stored, event)
    stored.state, stored.seats, stored.note = state, answer.seats, answer.note
    stored.answered_at = at
    save_record(stored, by=by, at=at)
    finish_todo(source=INVITE, source_id=stored.pk, by=by, at=at)
    note_approach(
        customer=stored.customer,
        purpose=MessagePurpose.CARE,
        matter=(INVITE, stored.pk),
        by=by,
        at=at,
    )
    offer_seats(event, at=at)
    return stored


def state_for(answer: Answer, stored: Invitation, event: Event) -> str:
    """Return where an invitation stands after an answer.

    :raises UnableToInvite: if there are too few seats, and waiting was not agreed.
    """
    if answer.state != InvitationState.ACCEPTED:
        return answer.state
    others = seats_taken(event) - (stored.seats if stored.state in SEATED else 0)
    if finds_seats(answer.seats, capacity=event.capacity, taken=others):
        return InvitationState.ACCEPTED
    if answer.may_wait:
        return InvitationState.WAITING
    words = _(
        "Only %(free)s of %(capacity)s seats are free. Put the guest on the waiting list, or give "
        "the event more seats."
    )
    free = max(event.capacity - others, 0)
    raise UnableToInvite(words % {"free": free, "capacity": event.capacity}, "seats")


def offer_seats(event: Event, *, at: datetime) -> None:
    """Ask for those who wait and would find a seat now."""
    waiting = list(
        Invitation.objects.filter(
            event=event, state=InvitationState.WAITING, removed_at__isnull=True
        )
        .select_related("customer")
        .order_by("answered_at", "pk")
    )
    if not waiting:
        return
    free = event.capacity - seats_taken(event)
    numbers = next_in_line([(each.pk, each.seats) for each in waiting], free=free)
    for each in waiting:
        if each.pk in numbers:
            ask_now(source=INVITE, ask=ask_of(each, event, is_free=True), at=at)


@transaction.atomic
def mark_attendance(
    *, invitations: Iterable[Invitation], came: bool, by: "Staff", at: datetime
) -> int:
    """
    Record who was there, or stayed away; returns how many that changed.

    Having been there is what counts for the services that events of its kind are acts of.

    :raises PermissionDenied: if ``by`` may not.
    :raises UnableToInvite: if an event was cancelled or has not begun.
    """
    require(by, WRITE)
    numbers = [each.pk for each in invitations]
    chosen = Invitation.objects.filter(pk__in=numbers, removed_at__isnull=True)
    # The events first, as everywhere: nobody cancels one while its guests are marked.
    events = Event.objects.select_for_update().order_by("pk")
    held_events = events.in_bulk(list(chosen.values_list("event_id", flat=True)))
    count = 0
    for each in chosen.select_for_update(of=("self",)).select_related("customer").order_by("pk"):
        each.event = held_events[each.event_id]
        count += mark_one(each, came=came, by=by, at=at)
    return count


def mark_one(invitation: Invitation, *, came: bool, by: "Staff", at: datetime) -> bool:
    """Record whether one guest was there; tells whether that is new."""
    event = invitation.event
    if event.state == EventState.CANCELLED:
        raise UnableToInvite(_("This event was cancelled; nobody was there."))
    if starts_at(event) > at:
        raise UnableToInvite(_("The event has not begun yet. Record who came once it has."))
    state = InvitationState.ATTENDED if came else InvitationState.ABSENT
    if invitation.state == state:
        return False
    was_there = invitation.state == InvitationState.ATTENDED
    invitation.state = state
    save_record(invitation, by=by, at=at)
    finish_todo(source=INVITE, source_id=invitation.pk, by=by, at=at)
    if came or was_there:
        count_attendance(invitation, came=came, by=by, at=at)
    return True


@transaction.atomic
def unmark_attendance(
    *, invitation: Invitation, state: str, by: "Staff", at: datetime
) -> Invitation:
    """
    Take back that a guest was there, or stayed away: what was said before holds again.

    :raises PermissionDenied: if ``by`` may not.
    :raises UnableToInvite: if the invitation was withdrawn.
    """
    require(by, WRITE)
    event = Event.objects.select_for_update().get(pk=invitation.event_id)
    stored = held(invitation)
    stored.event = event
    was_there = stored.state == InvitationState.ATTENDED
    stored.state = state
    save_record(stored, by=by, at=at)
    if was_there:
        count_attendance(stored, came=False, by=by, at=at)
    return stored


def count_attendance(invitation: Invitation, *, came: bool, by: "Staff", at: datetime) -> None:
    """Tell what is owed to a customer that somebody of theirs came, or did not after all.

    However many of a customer come to an event, the customer was served once.
    """
    event = invitation.event
    service = EVENT_SERVICES.get(EventKind(event.kind))
    if service is None:
        return
    others = Invitation.objects.filter(
        event=event,
        customer=invitation.customer_id,
        state=InvitationState.ATTENDED,
        removed_at__isnull=True,
    ).exclude(pk=invitation.pk)
    if others.exists():
        return
    act: dict[str, Any] = {
        "customer": invitation.customer,
        "service_code": service,
        "evidence": INVITED,
        "evidence_id": event.pk,
        "by": by,
        "at": at,
    }
    if came:
        record_act(**act, happened_at=starts_at(event), note=event.title)
    else:
        withdraw_act(**act)


@transaction.atomic
def ask_follow_up(
    *, invitation: Invitation, text: str, day: date | None, by: "Staff", at: datetime
) -> None:
    """
    Ask whoever looks after a guest for what an event left to do.

    :raises PermissionDenied: if ``by`` may not.
    :raises UnableToInvite: if what or when is missing, or the day has passed.
    """
    require(by, WRITE)
    if not text or day is None:
        missing = "follow_up_day" if text else "follow_up"
        raise UnableToInvite(_("What is to follow needs both: what, and until when."), missing)
    if day < localdate(at):
        raise UnableToInvite(_("This day has passed."), "follow_up_day")
    stored = held(invitation)
    stored.follow_up, stored.follow_up_day = text, day
    save_record(stored, by=by, at=at)
    event = stored.event
    ask = Ask(
        source_id=stored.pk,
        facts={"title": event.title, "text": text},
        customer_id=stored.customer_id,
        owner_id=stored.customer.manager_id or event.host_id,
        unit_id=event.unit_id,
        urgency=Urgency.NORMAL,
        due_date=day,
    )
    ask_now(source=EVENT_FOLLOW_UP, ask=ask, at=at)


@transaction.atomic
def withdraw_invitation(
    *, invitation: Invitation, by: "Staff", at: datetime, reason: str = ""
) -> None:
    """
    Take an invitation back; its seat becomes free.

    :raises PermissionDenied: if ``by`` may not.
    :raises UnableToInvite: if the guest was there.
    """
    require(by, WRITE)
    event = Event.objects.select_for_update().get(pk=invitation.event_id)
    stored = held(invitation)
    if stored.state == InvitationState.ATTENDED:
        raise UnableToInvite(_("The guest was there; that is evidence and stays."))
    remove_record(stored, by=by, at=at, reason=reason)
    drop_todo(source=INVITE, source_id=stored.pk, by=by, at=at)
    if event.state == EventState.PLANNED:
        offer_seats(event, at=at)


def held(invitation: Invitation) -> Invitation:
    """Return an invitation as it is stored, held until the end of the transaction.

    :raises UnableToInvite: if it was withdrawn.
    """
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("event", "customer")
    stored = rows.get(pk=invitation.pk)
    if stored.removed_at:
        raise UnableToInvite(_("This invitation was withdrawn."))
    return stored
