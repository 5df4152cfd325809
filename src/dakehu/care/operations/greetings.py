"""Proposing greetings, approving them in batches, and recording what came of them (C9, G1)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dakehu.audit.operations import (
    create_record,
    create_records,
    remove_record,
    restore_record,
    save_record,
)
from dakehu.care.choices import GREET, GreetingKind, GreetingResult, GreetingState
from dakehu.care.errors import UnableToGreet
from dakehu.care.models import Festival, Greeting, Unwanted, Wording
from dakehu.care.policies import APPROVE, RULES, WRITE
from dakehu.care.queries import greetings as queries
from dakehu.care.rules.greetings import spaced, unknown_placeholders, worded
from dakehu.care.values import Proposed
from dakehu.common.batches import batched
from dakehu.customers.queries import customers_to_care_for
from dakehu.outbox.choices import MessagePurpose
from dakehu.outbox.operations import note_approach
from dakehu.outbox.queries.contacts import refusing
from dakehu.people.policies import require
from dakehu.worklist.choices import Urgency
from dakehu.worklist.operations import ask_now, finish_todo
from dakehu.worklist.values import Ask

if TYPE_CHECKING:
    from dakehu.people.models import Staff

BATCH = 500
LONGEST_TEXT = 400


def propose_greetings(*, on: date, at: datetime) -> int:
    """
    Propose what customers are to be greeted for within the next days; returns how many are new.

    Who wants none, and who is greeted about that time already, is left out. Twice changes nothing.
    """
    made = 0
    for customers in batched(customers_to_care_for().iterator(chunk_size=BATCH), BATCH):
        made += propose_for(customers, on=on, at=at)
    return made


@transaction.atomic
def propose_for(customers: Sequence[Any], *, on: date, at: datetime) -> int:
    """Propose greetings for some customers, with their managers at hand; return how many."""
    by_number = {each.pk: each for each in customers}
    wanted = sorted(by_number.keys() - queries.unwanted_by(by_number))
    first, last = queries.window(on, days=settings.GREETING_DAYS)
    gap = timedelta(days=settings.GREETING_GAP_DAYS)
    known = queries.greeted_days(wanted, first=first - gap, last=last + gap)
    important = {f"festival:{pk}" for pk in important_festivals()}
    found = spaced(
        queries.proposals_for(wanted, first=first, last=last),
        known,
        gap_days=settings.GREETING_GAP_DAYS,
        important=important,
    )
    before = set(
        Greeting.objects.filter(customer__in=wanted, day__gte=first).values_list(
            "customer", "key", "day"
        )
    )
    new = [each for each in found if (each.customer_id, each.key, each.day) not in before]
    new = unrefused(new, by_number)
    texts = {(each.kind, each.key): queries.words_for(each.kind, each.key) for each in new}
    create_records(
        (
            greeting_of(each, by_number[each.customer_id], texts[each.kind, each.key], at=at)
            for each in new
        ),
        by=None,
        at=at,
    )
    return len(new)


def unrefused(proposals: list[Proposed], by_number: Mapping[int, Any]) -> list[Proposed]:
    """Return the greetings that may leave: none as a message to whoever refused messages of care.

    Greetings to people of a customer are judged by their own numbers when they leave.
    """
    left = proposals
    for form, way in queries.WAYS.items():
        keys = {each.customer_id for each in proposals if each.form == form}
        refused = refusing([by_number[key] for key in sorted(keys)], way, MessagePurpose.CARE)
        left = [
            each
            for each in left
            if each.form != form or each.contact_id or each.customer_id not in refused
        ]
    return left


def important_festivals() -> Iterable[int]:
    """Return the numbers of the important festivals."""
    return queries.festivals().filter(is_important=True).values_list("pk", flat=True)


def greeting_of(each: Proposed, customer: Any, wording: Any, *, at: datetime) -> Greeting:
    """Return a proposal as it is kept, worded in the customers' language."""
    values = {
        "customer": customer,
        "person": each.person or customer,
        "occasion": each.title,
        "years": each.years or "",
        "manager": customer.manager,
    }
    birthday = _("Birthday of %(person)s") % {"person": each.person}
    return Greeting(
        customer=customer,
        contact_id=each.contact_id,
        staff=customer.manager,
        unit=customer.manager.unit,
        kind=each.kind,
        key=each.key,
        title=birthday if each.kind == GreetingKind.BIRTHDAY else each.title,
        day=each.day,
        form=each.form,
        text=worded(wording.text, values)[:LONGEST_TEXT] if wording else "",
        text_en=worded(wording.text_en, values)[:LONGEST_TEXT] if wording else "",
        proposed_at=at,
    )


@transaction.atomic
def decide_greetings(
    *, greetings: Iterable[Greeting], approve: bool, by: "Staff", at: datetime
) -> int:
    """
    Approve proposed greetings, or not; returns how many were still to be decided.

    Nobody approves what they are to do themselves (four eyes). What is approved is asked for.

    :raises PermissionDenied: if ``by`` may not.
    """
    require(by, APPROVE)
    numbers = [each.pk for each in greetings]
    held = Greeting.objects.select_for_update().filter(pk__in=numbers, removed_at__isnull=True)
    count = 0
    for greeting in held.filter(state=GreetingState.PROPOSED).exclude(staff=by).order_by("pk"):
        greeting.state = GreetingState.APPROVED if approve else GreetingState.REFUSED
        greeting.approved_by, greeting.approved_at = by, at
        save_record(greeting, by=by, at=at)
        if approve:
            ask_for(greeting, at=at)
        count += 1
    return count


def ask_for(greeting: Greeting, *, at: datetime) -> None:
    """Ask whoever looks after the customer to greet on the day."""
    ask = Ask(
        source_id=greeting.pk,
        facts={
            "day": greeting.day.isoformat(),
            "title": greeting.title,
            "form": greeting.form,
        },
        customer_id=greeting.customer_id,
        owner_id=greeting.staff_id,
        unit_id=greeting.unit_id,
        urgency=Urgency.NORMAL,
        due_date=greeting.day,
    )
    ask_now(source=GREET, ask=ask, at=at)


@transaction.atomic
def word_greeting(*, greeting: Greeting, version: int, by: "Staff", at: datetime) -> bool:
    """
    Store another text or form of a greeting that nobody has decided yet.

    :raises PermissionDenied: if ``by`` may not.
    :raises UnableToGreet: if it was decided.
    :raises EditedMeanwhile: if somebody else changed the same since ``version``.
    """
    require(by, WRITE)
    stored = Greeting.objects.select_for_update().get(pk=greeting.pk)
    if stored.state != GreetingState.PROPOSED:
        raise UnableToGreet(_("This greeting was decided already; its words stay."))
    return save_record(greeting, version=version, by=by, at=at)


@transaction.atomic
def record_greeting(
    *, greeting: Greeting, result: str, note: str, by: "Staff", at: datetime
) -> None:
    """
    Record what came of an approved greeting; who wants no more is greeted no more.

    :raises PermissionDenied: if ``by`` may not.
    :raises UnableToGreet: if it is not approved, recorded already, or its day has not come.
    """
    require(by, WRITE)
    stored = Greeting.objects.select_for_update().get(pk=greeting.pk)
    if stored.state != GreetingState.APPROVED:
        raise UnableToGreet(_("Only an approved greeting is recorded, and once."))
    if localdate(at) < stored.day - timedelta(days=settings.GREETING_GAP_DAYS):
        raise UnableToGreet(_("Its day has not come yet. Record it once you have greeted."))
    reached = result != GreetingResult.NOT_REACHED
    stored.state = GreetingState.DONE if reached else GreetingState.MISSED
    stored.recorded_by, stored.recorded_at = by, at
    stored.result, stored.note = result, note
    save_record(stored, by=by, at=at)
    finish_todo(source=GREET, source_id=stored.pk, by=by, at=at)
    if reached:
        note_approach(
            customer=stored.customer,
            purpose=MessagePurpose.CARE,
            matter=(GREET, stored.pk),
            by=by,
            at=at,
        )
    if result == GreetingResult.UNWANTED:
        want_no_greetings(customer=stored.customer, note=note, by=by, at=at)


@transaction.atomic
def want_no_greetings(*, customer: Any, note: str, by: "Staff", at: datetime) -> None:
    """
    Note that a customer wants no greetings.

    :raises PermissionDenied: if ``by`` may not.
    """
    require(by, WRITE)
    known = Unwanted.objects.filter(customer=customer).first()
    if known is None:
        refusal = Unwanted(customer=customer, note=note, staff=by, at=at)
        create_record(refusal, by=by, at=at)
    elif known.removed_at:
        restore_record(known, by=by, at=at)


@transaction.atomic
def want_greetings_again(*, customer: Any, by: "Staff", at: datetime) -> None:
    """
    Note that a customer wants greetings again.

    :raises PermissionDenied: if ``by`` may not.
    """
    require(by, WRITE)
    for known in Unwanted.objects.filter(customer=customer, removed_at__isnull=True):
        remove_record(known, by=by, at=at)


@transaction.atomic
def keep_festival(*, festival: Festival, version: int, by: "Staff", at: datetime) -> None:
    """
    Store a festival, new or changed.

    :raises PermissionDenied: if ``by`` may not.
    :raises UnableToGreet: if there is no such day.
    :raises EditedMeanwhile: if somebody else changed the same since ``version``.
    """
    require(by, RULES)
    longest = 30 if festival.calendar == "LUNAR" else (29 if festival.month == 2 else 31)
    short = festival.calendar != "LUNAR" and festival.month in {4, 6, 9, 11}
    if festival.day > (30 if short else longest) or (festival.month, festival.day) == (2, 29):
        raise UnableToGreet(_("Not every year has such a day. Choose another."), "day")
    if festival._state.adding:
        create_record(festival, by=by, at=at)
    else:
        save_record(festival, version=version, by=by, at=at)


@transaction.atomic
def drop_festival(*, festival: Festival, by: "Staff", at: datetime) -> None:
    """
    Keep a festival no more, or again if it was dropped.

    :raises PermissionDenied: if ``by`` may not.
    """
    require(by, RULES)
    if festival.removed_at:
        restore_record(festival, by=by, at=at)
    else:
        remove_record(festival, by=by, at=at)


@transaction.atomic
def keep_wording(*, wording: Wording, version: int, by: "Staff", at: datetime) -> None:
    """
    Store what greetings say; greetings that were proposed keep their words.

    :raises PermissionDenied: if ``by`` may not.
    :raises UnableToGreet: if a placeholder means nothing.
    :raises EditedMeanwhile: if somebody else changed the same since ``version``.
    """
    require(by, RULES)
    for field in ("text", "text_en"):
        if unknown := unknown_placeholders(getattr(wording, field)):
            words = _("Nothing stands for {%(name)s}. Use one of those named below.")
            raise UnableToGreet(words % {"name": unknown[0]}, field)
    if wording._state.adding:
        create_record(wording, by=by, at=at)
    else:
        save_record(wording, version=version, by=by, at=at)
