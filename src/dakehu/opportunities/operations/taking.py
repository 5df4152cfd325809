"""Taking a contact in: qualified, routed by the matrix in force, offered (OP1)."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dakehu.audit.operations import create_record
from dakehu.channels.choices import Activity, Channel, Kind, Outcome
from dakehu.channels.queries import kept_body, number_in_force
from dakehu.channels.queries.deciding import decide, facts_to_data
from dakehu.channels.values import Candidate, Decision, Facts, named_to_data
from dakehu.opportunities.choices import FOLLOW_UP, Element, Move, SalesStage, State
from dakehu.opportunities.errors import UnableToKeepOpportunity
from dakehu.opportunities.models import Opportunity
from dakehu.opportunities.operations.keeping import Step, write_hops
from dakehu.opportunities.operations.offering import offer
from dakehu.opportunities.operations.origins import Origin
from dakehu.opportunities.policies import CREATE
from dakehu.opportunities.queries.candidates import gathered
from dakehu.opportunities.rules.elements import missing
from dakehu.opportunities.rules.states import after
from dakehu.opportunities.values import NewContact
from dakehu.people.policies import require
from dakehu.worklist.choices import Urgency
from dakehu.worklist.operations import ask_now
from dakehu.worklist.values import Ask

if TYPE_CHECKING:
    from dakehu.channels.models import MatrixVersion
    from dakehu.people.models import Staff, Unit
    from dakehu.signin.models import ApiClient

SELLING = frozenset({Channel.MANAGER, Channel.PARTNER})
MOST_NAMED = 12
LONGEST_TEXT = 4000


@dataclass(frozen=True)
class Taken:
    """What was taken in, and whether it was news."""

    opportunity: Opportunity
    is_new: bool


@dataclass(frozen=True)
class Taker:
    """Who takes a contact in: a person, or another system with the fingerprint of what it sent."""

    unit: "Unit"
    staff: "Staff | None" = None
    client: "ApiClient | None" = None
    digest: str = ""


@transaction.atomic
def take_in(
    *, new: NewContact, by: "Staff", at: datetime, origin: tuple[Origin, int] | None = None
) -> Taken:
    """
    Take a contact in, qualify it and send it where the matrix in force says, in one act.

    The same form sent again is the same opportunity. What led to it hears of it.

    :raises PermissionDenied: if the role may not.
    :raises UnableToKeepOpportunity: if nothing tells whose it is, or too much was sent.
    """
    require(by, CREATE)
    refuse_nonsense(new)
    done = taken_once(new, Taker(by.unit, staff=by), at=at)
    if origin is not None:
        place, number = origin
        place.made(number, done.opportunity, by, at)
    return done


def refuse_nonsense(new: NewContact) -> None:
    """Pass in silence if a contact can be kept.

    :raises UnableToKeepOpportunity: otherwise, naming the place and the cure.
    """
    told = new.elements
    if new.customer is None and not (told.company or told.contact_name or told.contact_phone):
        raise UnableToKeepOpportunity(
            _("Say whose it is: a customer, a company, or at least a name or number to call."),
            "who",
        )
    if len(new.text) > LONGEST_TEXT:
        words = _("At most %(most)s characters; put the rest into a file.")
        raise UnableToKeepOpportunity(words % {"most": LONGEST_TEXT}, "text")
    if len(new.named) > MOST_NAMED:
        words = _("At most %(most)s products at once.")
        raise UnableToKeepOpportunity(words % {"most": MOST_NAMED}, "first")


def taken_once(new: NewContact, taker: Taker, *, at: datetime) -> Taken:
    """Take a contact in, unless it was before under the same name."""
    if (known := known_before(new, taker)) is not None:
        return Taken(known, is_new=False)
    try:
        with transaction.atomic():
            return Taken(taken(new, taker, at=at), is_new=True)
    except IntegrityError:
        # The same came twice at once; the other was quicker.
        known = known_before(new, taker)
        if known is None:
            raise
        return Taken(known, is_new=False)


def known_before(new: NewContact, taker: Taker) -> Opportunity | None:
    """Return what was made of the same contact before."""
    if not new.request_id:
        return None
    whose = {"client": taker.client} if taker.client else {"captured_by": taker.staff}
    rows = Opportunity.objects.filter(request_id=new.request_id, **whose)
    if not rows.exists():
        return None
    found: Opportunity = rows.select_related("unit", "customer", "receiver").get()
    return found


def taken(new: NewContact, taker: Taker, *, at: datetime) -> Opportunity:
    """Store a contact, decide about it, and ask whoever is to take it over."""
    version = number_in_force(on=localdate(at))
    body = kept_body(version.pk, version.digest)
    unit = new.customer.unit if new.customer else new.area or taker.unit
    facts, people = gathered(new, body, unit=unit, by=taker.staff, at=at)
    decision = owned_by_seller(decide(body, facts), facts, taker.staff)
    row = unsaved(new, taker, decision, facts, version, unit=unit, at=at)
    receiver = person(decision.receiver, people)
    row.receiver, row.watcher = receiver, person(decision.watcher, people)
    row.helper = person(decision.helper or decision.follow_up, people)
    is_own = receiver is not None and taker.staff is not None and receiver.pk == taker.staff.pk
    if is_own:
        row.state, row.claimed_at, row.offered_at = State.CLAIMED, at, at
        row.stage, row.stage_at = SalesStage.DIGGING, at
    create_record(row, by=taker.staff, at=at)
    steps = list(steps_of(decision, facts))
    if receiver is not None and is_own:
        steps += [Step(Move.OFFER, to=receiver), Step(Move.CLAIM)]
    elif receiver is not None:
        steps += offer(row, [receiver], decision.limit, by=taker.staff, at=at)
    if decision.follow_up is not None and row.helper is not None:
        ask_to_follow_up(row, row.helper, at=at)
    write_hops(row, chained(steps), by=taker.staff, at=at)
    return row


def person(candidate: Candidate | None, people: "dict[int, Staff]") -> "Staff | None":
    """Return the person whom a candidate stands for."""
    return people[candidate.key] if candidate else None


def owned_by_seller(decision: Decision, facts: Facts, by: "Staff | None") -> Decision:
    """
    Return a decision by which whoever sells and serves keeps what they may complete.

    A channel that both sells and serves (OP3) follows an opening through; in the spot it completes
    no more than changes of what the customer has.
    """
    is_opening = any(each.activity == Activity.OPEN for each in facts.named)
    is_own = facts.channel in SELLING and is_opening
    if decision.outcome != Outcome.COMPLETED or not is_own or by is None:
        return decision
    return Decision(
        decision.kind,
        Outcome.OFFERED,
        decision.rule,
        receiver=Candidate(by.pk, by.name, authorities=facts.authorities),
        direct=decision.direct,
    )


FIRST_STATES = {
    Outcome.KEPT: State.KEPT,
    Outcome.COMPLETED: State.COMPLETED,
    Outcome.OFFERED: State.OFFERED,
    Outcome.QUEUED: State.ROUTED,
}


def unsaved(  # noqa: PLR0913 - all that is known at the first contact
    new: NewContact,
    taker: Taker,
    decision: Decision,
    facts: Facts,
    version: "MatrixVersion",
    *,
    unit: "Unit",
    at: datetime,
) -> Opportunity:
    """Return an opportunity that is not stored yet."""
    told = new.elements
    lacking = missing(told, is_named=bool(new.named), is_customer=new.customer is not None)
    state = FIRST_STATES[decision.outcome]
    is_over = state in {State.KEPT, State.COMPLETED}
    codes = dict.fromkeys(each.product for each in new.named)
    return Opportunity(
        kind=Kind(decision.kind).value,
        channel=Channel(new.channel).value,
        state=state.value,
        since_at=at,
        text=new.text,
        named=named_to_data(new.named),
        products=f" {' '.join(codes)} " if codes else "",
        has_specifics=new.has_specifics,
        plans=new.plans,
        is_willing=new.is_willing,
        in_person=new.in_person,
        customer=new.customer,
        customer_class=facts.customer_class.value,
        unit=unit,
        city_code=new.customer.city_code if new.customer else city_of(unit),
        known=len(Element) - len(lacking),
        matrix=version,
        rule=decision.rule,
        captured_by=taker.staff,
        captured_at=at,
        offered_at=at if state == State.OFFERED else None,
        closed_at=at if is_over else None,
        client=taker.client,
        request_id=new.request_id,
        digest=taker.digest,
        **asdict(told),
    )


UNKNOWN_CITY = "00"


def city_of(unit: "Unit") -> str:
    """Return the code of the city of a unit; units above the cities have none."""
    code = unit.code[:2]
    return code if code.isdigit() else UNKNOWN_CITY


def steps_of(decision: Decision, facts: Facts) -> Iterator[Step]:
    """Yield the moves of a first contact up to the decision."""
    yield Step(Move.CAPTURE)
    if decision.outcome == Outcome.KEPT:
        yield Step(Move.KEEP, facts=facts_to_data(facts))
        return
    yield Step(Move.QUALIFY, facts={"kind": Kind(decision.kind).value})
    move = Move.COMPLETE if decision.outcome == Outcome.COMPLETED else Move.ROUTE
    yield Step(move, rule=decision.rule, facts=facts_to_data(facts))


def chained(steps: list[Step]) -> Iterator[tuple[str, str, Step]]:
    """Yield moves with the states before and after them, as the table of states has them."""
    state: str = ""
    for step in steps:
        then = State.CAPTURED if step.move == Move.CAPTURE else after(state, step.move)
        if then is None:
            # Several are offered the same at once: the second changes no state any more.
            then = State(state)
        yield state, then, step
        state = then


def ask_to_follow_up(row: Opportunity, partner: "Staff", *, at: datetime) -> None:
    """Tell a core partner of what a hall completed, for later service and more sales (OP11)."""
    ask = Ask(
        source_id=row.pk,
        facts={"number": row.number},
        customer_id=row.customer_id,
        owner_id=partner.pk,
        unit_id=partner.unit_id,
        urgency=Urgency.LOW,
        due_date=None,
    )
    ask_now(source=FOLLOW_UP, ask=ask, at=at)
