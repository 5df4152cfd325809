"""Let the channels of the demonstration take contacts in, and people claim and give back."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localdate

from dakehu.customers.queries import groups
from dakehu.demo.rules.opportunities import (
    CLAIMED,
    DAYS_TO_SIGN,
    GIVEN_UP,
    NOTES,
    PIPELINES,
    REASONS,
    RETURNED,
    SIGNED,
    STAGE_NOTES,
    WANTS,
    WORTH_FEN,
    Want,
)
from dakehu.demo.values import DemoBook
from dakehu.opportunities import operations
from dakehu.opportunities.choices import State
from dakehu.opportunities.queries import opportunities_visible_to
from dakehu.opportunities.values import NewContact
from dakehu.people.queries import cities, staff_who_may, units_within

if TYPE_CHECKING:
    from dakehu.people.models import Staff, Unit

ROUNDS = 3
SOON = timedelta(minutes=25)


def furnish_opportunities(*, book: DemoBook, administrator: "Staff", at: datetime) -> None:
    """Let every city of the demonstration hear of needs, and get as far as people do; once."""
    if opportunities_visible_to(administrator).exists():
        return
    people = list(staff_who_may("opportunities.create").exclude(pk=administrator.pk))
    for code, city in sorted(cities().items()):
        takers = {each.role: each for each in reversed(people) if is_of(each, city)}
        customers = list(
            groups(administrator).filter(city_code=code).order_by("-manager", "pk")[:40]
        )
        if not takers or not customers:
            continue
        district = units_within(administrator).filter(parent=city).order_by("pk").first() or city
        for place in range(ROUNDS * len(WANTS)):
            want = WANTS[place % len(WANTS)]
            taker = takers.get(want.role)
            if taker is None:
                continue
            began = at - timedelta(
                hours=want.hours_ago + 26 * (place // len(WANTS)), minutes=place
            )
            customer = None if want.is_prospect else customers[(place * 5) % len(customers)]
            act_out(want, taker, (customer, district), place, at=began)
    operations.sweep(at=at)


def is_of(person: "Staff", city: "Unit") -> bool:
    """Tell whether somebody works in a city."""
    return (person.unit.path or "").startswith(city.path or "-")


def act_out(
    want: Want, taker: "Staff", whose: tuple[Any, "Unit"], place: int, *, at: datetime
) -> None:
    """Let one contact come in and get as far as it got."""
    customer, district = whose
    new = NewContact(
        channel=want.channel,
        text=want.text,
        named=want.named,
        has_specifics=not want.plans,
        plans=want.plans,
        is_willing=want.is_willing,
        customer=customer,
        area=district,
        elements=want.elements,
    )
    made = operations.take_in(new=new, by=taker, at=at).opportunity
    if made.state == State.OFFERED and made.receiver is not None:
        answer(want, made, place, at=at + SOON)


def answer(want: Want, made: Any, place: int, *, at: datetime) -> None:
    """Let whoever was asked answer."""
    known: dict[str, Any] = {"opportunity": made, "by": made.receiver}
    if want.end == RETURNED:
        reason = REASONS[place % len(REASONS)]
        operations.give_back(reason=reason, text=NOTES[1], at=at, **known)
    if want.end not in {CLAIMED, GIVEN_UP}:
        return
    operations.claim(at=at, **known)
    operations.add_note(text=NOTES[place % len(NOTES)], at=at + SOON, **known)
    if want.end == GIVEN_UP:
        operations.give_up(loss="COMPETITOR", text="客户已签友商。", at=at + 3 * SOON, **known)
    else:
        sell(known, PIPELINES[made.pk % len(PIPELINES)], at=at + 2 * SOON)


def sell(known: dict[str, Any], stages: tuple[str, ...], *, at: datetime) -> None:
    """Let whoever claimed it get as far as some stages, the last of which may be signing."""
    for place, stage in enumerate(stages):
        then = at + place * SOON
        if stage == SIGNED:
            signed = operations.Signed(f"HT-{known['opportunity'].pk:05d}", WORTH_FEN, "双方盖章")
            operations.win(signed=signed, at=then, **known)
            continue
        expected_on = localdate(at) + DAYS_TO_SIGN
        text = STAGE_NOTES[place % len(STAGE_NOTES)]
        operations.move_stage(stage=stage, text=text, expected_on=expected_on, at=then, **known)
