"""Let the channels of the demonstration take contacts in, and people claim and give back."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localdate

from dakehu.customers.queries import groups
from dakehu.demo.rules.opportunities import (
    AGREED,
    CLAIMED,
    COLLECTED,
    CONTRACT_TERMS,
    DAYS_TO_RUN,
    DAYS_TO_SIGN,
    GIVEN_UP,
    NOTES,
    OUTSIDE,
    PIPELINES,
    REASONS,
    RETURNED,
    SIGNED,
    SOLUTION,
    STAGE_NOTES,
    SUPPORTS,
    TALKS,
    VISITED,
    WANTS,
    WORDINGS,
    WORTH_FEN,
    Want,
)
from dakehu.demo.values import DemoBook
from dakehu.opportunities import operations
from dakehu.opportunities.choices import SalesStage, State
from dakehu.opportunities.errors import UnableToKeepOpportunity
from dakehu.opportunities.queries import opportunities_visible_to
from dakehu.opportunities.queries.orders import orders_of, points_of
from dakehu.opportunities.values import NewContact, Stamps, Terms, Visited, Wording
from dakehu.people.queries import cities, staff_who_may, units_within

if TYPE_CHECKING:
    from dakehu.people.models import Staff, Unit

ROUNDS = 3
SOON = timedelta(minutes=25)
TERM = timedelta(days=730)


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
            act_out(want, taker, (customer, district), administrator, place, at=began)
        write_from_outside(city, at=at)
    operations.sweep(at=at)
    operations.ask_about_contracts(at=at)
    write_words(administrator, at=at)
    ask_afterwards(administrator, at=at)


def write_words(administrator: "Staff", *, at: datetime) -> None:
    """Let the operations center keep words of solutions, one of them not released yet."""
    keepers = staff_who_may("opportunities.assign").exclude(pk=administrator.pk)
    keeper = keepers.filter(role="OPERATIONS_CENTER").first() or keepers.first()
    if keeper is None:
        return
    for wording, is_released in WORDINGS:
        made = operations.write_template(
            wording=Wording(*wording), by=keeper, at=at - timedelta(days=9)
        )
        if is_released:
            operations.release_template(template=made, by=administrator, at=at - timedelta(days=8))


def ask_afterwards(administrator: "Staff", *, at: datetime) -> None:
    """Let customers say what they think of what was set up for them."""
    won = opportunities_visible_to(administrator).filter(stage=SalesStage.VISIT).order_by("pk")
    for place, opportunity in enumerate(list(won[: len(VISITED)])):
        told = Visited(**VISITED[place])
        operations.record_sale_visit(
            opportunity=opportunity, told=told, by=opportunity.receiver, at=at
        )


def is_of(person: "Staff", city: "Unit") -> bool:
    """Tell whether somebody works in a city."""
    return (person.unit.path or "").startswith(city.path or "-")


def act_out(
    want: Want,
    taker: "Staff",
    whose: tuple[Any, "Unit"],
    releaser: "Staff",
    place: int,
    *,
    at: datetime,
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
        answer(want, made, releaser, place, at=at + SOON)


def answer(want: Want, made: Any, releaser: "Staff", place: int, *, at: datetime) -> None:
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
        if want.role == "TELEPHONE_MANAGER" and place < len(WANTS):
            collect(known, at=at + 2 * SOON)
        sell(known, PIPELINES[made.pk % len(PIPELINES)], releaser, at=at + 2 * SOON)


def sell(
    known: dict[str, Any], stages: tuple[str, ...], releaser: "Staff", *, at: datetime
) -> None:
    """Let whoever claimed it get as far as some stages, the last of which may be signing."""
    for place, stage in enumerate(stages):
        then = at + place * SOON
        if stage == SIGNED:
            sign(known, releaser, at=then)
            hand_over(known, at=then)
            continue
        if stage == SalesStage.VISIT and answered(known, releaser, at=then):
            continue
        expected_on = localdate(at) + DAYS_TO_SIGN
        text = STAGE_NOTES[place % len(STAGE_NOTES)]
        operations.move_stage(stage=stage, text=text, expected_on=expected_on, at=then, **known)
        if stage == SalesStage.SOLUTION:
            solution = operations.write_solution(parts=SOLUTION, at=then, **known)
            release(solution, known, releaser, at=then)
            order_support(known, at=then)
        elif stage == SalesStage.NEGOTIATION:
            kind, words = TALKS[known["opportunity"].pk % len(TALKS)]
            operations.record_meeting(
                kind=kind, held_on=localdate(then), text=words, at=then, **known
            )
        elif stage == SalesStage.CONTRACT and SIGNED not in stages:
            contract = write(known, at=then)
            operations.propose_paper(paper=contract, by=known["by"], at=then)


def write(known: dict[str, Any], *, at: datetime) -> Any:
    """Let a contract be written that runs for some time."""
    pk, day = known["opportunity"].pk, localdate(at)
    left = timedelta(days=DAYS_TO_RUN[pk % len(DAYS_TO_RUN)])
    told = Terms(
        f"HT-{day:%Y}-{pk:05d}", WORTH_FEN, day + left - TERM, day + left, terms=CONTRACT_TERMS
    )
    return operations.write_contract(terms=told, at=at, **known)


def release(paper: Any, known: dict[str, Any], releaser: "Staff", *, at: datetime) -> None:
    """Let a paper be released, unless it waits for somebody else."""
    operations.propose_paper(paper=paper, by=known["by"], at=at)
    operations.release_paper(paper=paper, by=releaser, at=at)


def sign(known: dict[str, Any], releaser: "Staff", *, at: datetime) -> None:
    """Let a contract be written, released, and stamped by both sides."""
    contract, day = write(known, at=at), localdate(at)
    release(contract, known, releaser, at=at)
    operations.document_of(paper=contract, by=known["by"], at=at)
    stamps = Stamps(day, day)
    operations.sign_contract(contract=contract, stamps=stamps, by=known["by"], at=at)


def hand_over(known: dict[str, Any], *, at: datetime) -> None:
    """Let the papers of what was signed be checked, and order it."""
    points = points_of(known["opportunity"], on=localdate(at))
    if points:
        operations.check_points(ticked=points, at=at, **known)
        operations.hand_over_order(at=at, **known)


def answered(known: dict[str, Any], releaser: "Staff", *, at: datetime) -> bool:
    """Let the billing system have set up everything; tell whether anything was ordered."""
    orders = orders_of(known["opportunity"])
    for order in orders:
        answers = {row.place: ("DONE", "") for row in order.rows.all()}
        who = operations.Answerer(staff=releaser)
        operations.answer_order(order=order, answers=answers, who=who, at=at)
    return bool(orders)


def write_from_outside(area: "Unit", *, at: datetime) -> None:
    """Let somebody outside fill in the public form."""
    for place, told in enumerate(OUTSIDE):
        operations.take_public(
            written=operations.Written(*told, plans=False, words=AGREED, language="zh-hans"),
            area=area,
            at=at - (place + 1) * SOON,
        )


def order_support(known: dict[str, Any], *, at: datetime) -> None:
    """Let support be ordered for every other one until a day that is worked."""
    if known["opportunity"].pk % 2:
        return
    need, text = SUPPORTS[known["opportunity"].pk % len(SUPPORTS)]
    for days in range(4, 12):
        wanted_on = localdate(at) + timedelta(days=days)
        try:
            operations.order_support(need=need, text=text, wanted_on=wanted_on, at=at, **known)
        except UnableToKeepOpportunity:
            continue
        return


def collect(known: dict[str, Any], *, at: datetime) -> None:
    """Let what a telephone manager collected be handed over as one file."""
    rows = "\n".join(f"1360001{place:04d},{COLLECTED}" for place in range(1, 37))
    upload = SimpleUploadedFile("名单.csv", rows.encode("gb18030"))
    operations.hand_over_batch(upload=upload, text=COLLECTED, at=at, **known)
