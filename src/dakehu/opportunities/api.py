"""What other systems hear and do for customers: take contacts in, tell the state, claim."""

from datetime import datetime
from enum import Enum
from typing import Annotated, Any, Literal

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Query, Router, Schema, Status
from pydantic import ConfigDict, Field, StringConstraints

from dakehu.channels.choices import Activity, Channel
from dakehu.opportunities.choices import NeedKind, OrderState, State
from dakehu.opportunities.errors import UnableToKeepOpportunity, UnableToTakeContact
from dakehu.opportunities.operations import Answerer, answer_order
from dakehu.opportunities.operations.receiving import (
    ReportedContact,
    receive_claim,
    receive_contact,
)
from dakehu.opportunities.queries import order_served_to, orders_served_to
from dakehu.opportunities.queries.served import opportunities_served_to, opportunity_served_to
from dakehu.opportunities.values import Elements
from dakehu.signin.choices import ApiRight
from dakehu.ui.api import (
    READING,
    REFUSALS,
    Problem,
    described,
    is_as_seen,
    needs,
    newest_of,
    problem,
    refusal,
    tagged,
)
from dakehu.ui.api import text as words_of

router = Router(tags=["Opportunities"])

ContactChannel = Enum("ContactChannel", {each.name: each.value for each in Channel}, type=str)  # type: ignore[misc]
NamedActivity = Enum("NamedActivity", {each.name: each.value for each in Activity}, type=str)  # type: ignore[misc]
KindOfNeed = Enum("KindOfNeed", {each.name: each.value for each in NeedKind}, type=str)  # type: ignore[misc]
OpportunityState = Enum("OpportunityState", {each.name: each.value for each in State}, type=str)  # type: ignore[misc]
Phone = Annotated[str, StringConstraints(pattern=r"^(\+?[0-9]{5,19})?$")]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9_]{1,40}$")]
MOST_FEN = 10**14
MOST_NAMED = 12

WORDS = {
    "request_id": gettext_noop("The sender's own number; sent again it is the same contact."),
    "channel": gettext_noop("The channel that heard of it."),
    "text": gettext_noop("What was said."),
    "named": gettext_noop("The products named, each with what is to be done; none for a lead."),
    "customer": gettext_noop("The number of the customer, as in the daily files."),
    "msisdn": gettext_noop("A telephone number that finds the customer."),
    "area": gettext_noop("The code of the unit where a prospect is."),
    "expected_fen": gettext_noop("The expected value in fen."),
    "person": gettext_noop("Manager number or user name of whoever claims."),
}
TAKING = gettext_noop(
    "Takes a contact in: qualifies it, routes it by the matrix in force and offers it, in one "
    "act. 201: taken in. 200: this contact was known, nothing has changed. 404: no customer "
    "within the system's reach has the number, or no unit the code of the area. 409: several "
    "customers have the telephone number, or request_id was used for another contact. 422: "
    "nothing says whose it is."
)


class NamedProduct(Schema):
    """A product and what is to be done with it."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"description": gettext_noop("A product, and what is wanted of it.")},
    )

    product: Code
    activity: NamedActivity = NamedActivity.OPEN


class Contact(Schema):
    """What a customer or a prospect wants, sent by another system."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"description": gettext_noop("What a customer or a prospect wants.")},
    )

    request_id: words_of(80) = Field(description=WORDS["request_id"])  # type: ignore[valid-type]
    channel: ContactChannel = Field(description=WORDS["channel"])
    text: words_of(4000, 0) = Field(default="", description=WORDS["text"])  # type: ignore[valid-type]
    named: list[NamedProduct] = Field(
        default=[], max_length=MOST_NAMED, description=WORDS["named"]
    )
    has_specifics: bool = False
    plans: bool = False
    is_willing: bool = False
    in_person: bool = False
    customer: words_of(64, 0) = Field(default="", description=WORDS["customer"])  # type: ignore[valid-type]
    msisdn: Phone = Field(default="", description=WORDS["msisdn"])
    area: words_of(64, 0) = Field(default="", description=WORDS["area"])  # type: ignore[valid-type]
    company: words_of(120, 0) = ""  # type: ignore[valid-type]
    contact_name: words_of(60, 0) = ""  # type: ignore[valid-type]
    contact_phone: Phone = ""
    key_person: words_of(120, 0) = ""  # type: ignore[valid-type]
    need_kind: KindOfNeed | None = None
    present: words_of(1000, 0) = ""  # type: ignore[valid-type]
    expected_fen: int | None = Field(
        default=None, ge=0, le=MOST_FEN, description=WORDS["expected_fen"]
    )

    @property
    def new(self) -> ReportedContact:
        """The contact as the operation takes it."""
        given = self.model_dump(mode="json")
        pairs = tuple((each["product"], each["activity"]) for each in given.pop("named"))
        told = {
            name: given.pop(name)
            for name in ("company", "contact_name", "contact_phone", "key_person", "present")
        }
        elements = Elements(
            **told,
            need_kind=given.pop("need_kind") or "",
            expected_fen=given.pop("expected_fen"),
        )
        return ReportedContact(**given, named=pairs, elements=elements)


class OpportunityAnswer(Schema):
    """An opportunity as other systems read it; no names and numbers of customers."""

    model_config = described(
        gettext_noop("An opportunity, without names and numbers of customers.")
    )

    number: str
    kind: str
    state: str
    rule: int
    customer_class: str
    with_whom: str
    missing: list[str]
    captured_at: datetime
    due_at: datetime | None
    claimed_at: datetime | None
    closed_at: datetime | None


def answer_of(found: Any) -> OpportunityAnswer:
    """Return an opportunity as other systems read it."""
    return OpportunityAnswer(
        number=found.number,
        kind=found.kind,
        state=found.state,
        rule=found.rule,
        customer_class=found.customer_class,
        with_whom=str(found.receiver) if found.receiver else "",
        missing=[str(getattr(each, "value", each)) for each in found.missing],
        captured_at=found.captured_at,
        due_at=found.due_at,
        claimed_at=found.claimed_at,
        closed_at=found.closed_at,
    )


@router.post(
    "/opportunities",
    response={
        200: OpportunityAnswer, 201: OpportunityAnswer, **REFUSALS, 404: Problem, 409: Problem
    },
    summary=gettext_noop("Take an opportunity in"),
    description=TAKING,
    url_name="take_contact",
    operation_id="take_contact",
)  # fmt: skip
@needs(ApiRight.TAKE_CONTACTS)
def take_contact(request: Any, contact: Contact) -> Any:
    """Take a contact in for a customer or a prospect."""
    try:
        taken = receive_contact(new=contact.new, client=request.auth, at=timezone.now())
    except UnableToTakeContact as refused:
        return answer_refused(refused)
    return Status(201 if taken.is_new else 200, answer_of(taken.opportunity))


REFUSED = {
    "unknown_customer": (404, gettext_noop("No customer of yours has it.")),
    "unknown_area": (404, gettext_noop("No unit of yours has this code.")),
    "unknown_person": (404, gettext_noop("Nobody of yours has this number.")),
    "several_customers": (
        409, gettext_noop("Several customers have this telephone number. Send customer."),
    ),
    "request_id_reused": (
        409,
        gettext_noop(
            "Another request had this request_id. Every request needs a number of its own."
        ),
    ),
    "nobody_named": (
        422, gettext_noop("Say whose it is: customer, company, contact_name or contact_phone."),
    ),
}  # fmt: skip


def answer_refused(refused: UnableToTakeContact) -> Any:
    """Answer what cannot be taken in or claimed."""
    status, words = REFUSED[refused.code]
    return problem(status, refused.code, _(words))


@router.get(
    "/opportunities/{number}",
    response={200: OpportunityAnswer, **READING, 404: Problem},
    summary=gettext_noop("Read an opportunity"),
    description=gettext_noop("Where an opportunity stands and who has it, by its number."),
    url_name="read_contact",
    operation_id="read_contact",
)
@needs(ApiRight.READ_CONTACTS)
def read_contact(request: Any, response: HttpResponse, number: words_of(30)) -> Any:  # type: ignore[valid-type]
    """Read one opportunity."""
    found = opportunity_served_to(request.auth, number)
    if found is None:
        return problem(404, "not_found", _("No opportunity of yours has this number."))
    return tagged(answer_of(found), response)


class ListWanted(Schema):
    """Which opportunities are listed."""

    state: OpportunityState | None = None
    customer: words_of(64) | None = None  # type: ignore[valid-type]
    after: words_of(30) | None = None  # type: ignore[valid-type]


class OpportunityList(Schema):
    """Opportunities, the newest first; ``next`` is the number to go on after."""

    model_config = described(gettext_noop("Opportunities, the newest first, a hundred at most."))

    opportunities: list[OpportunityAnswer]
    next: str | None


@router.get(
    "/opportunities",
    response={200: OpportunityList, **READING, 404: Problem},
    summary=gettext_noop("List opportunities"),
    description=gettext_noop(
        "The newest first, a hundred at a time; after names the last one of the page before."
    ),
    url_name="list_contacts",
    operation_id="list_contacts",
)
@needs(ApiRight.READ_CONTACTS)
def list_contacts(request: Any, wanted: Query[ListWanted]) -> Any:
    """List opportunities, the newest first."""
    rows = opportunities_served_to(request.auth)
    if wanted.state is not None:
        rows = rows.filter(state=wanted.state.value)
    if wanted.customer is not None:
        rows = rows.filter(customer__number=wanted.customer)
    last = None
    if wanted.after is not None:
        last = opportunity_served_to(request.auth, wanted.after)
        if last is None:
            return problem(404, "not_found", _("No opportunity of yours has this number."))
    found, has_more = newest_of(rows, before=last)
    shown = [answer_of(each) for each in found]
    return OpportunityList(opportunities=shown, next=shown[-1].number if has_more else None)


class Claiming(Schema):
    """Who claims."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"description": gettext_noop("Who claims it.")}
    )

    person: words_of(60) = Field(description=WORDS["person"])  # type: ignore[valid-type]


@router.post(
    "/opportunities/{number}/claim",
    response={200: OpportunityAnswer, **REFUSALS, 404: Problem, 409: Problem, 412: Problem},
    summary=gettext_noop("Claim an opportunity"),
    description=gettext_noop(
        "Claims for a person to whom it is offered. 409: somebody else has it, the time is over, "
        "or it is not offered to them; the sentence says which. Sent again after a success it is "
        "the same claim. 412: with If-Match, it is no more what was read under that tag."
    ),
    url_name="claim_contact",
    operation_id="claim_contact",
)
@needs(ApiRight.CLAIM_CONTACTS)
def claim_contact(request: Any, number: words_of(30), claiming: Claiming) -> Any:  # type: ignore[valid-type]
    """Claim an opportunity for a person."""
    found = opportunity_served_to(request.auth, number)
    if found is None:
        return problem(404, "not_found", _("No opportunity of yours has this number."))
    if not is_as_seen(request, answer_of(found)):
        return refusal(412)
    try:
        claimed = receive_claim(
            opportunity=found, person=claiming.person, client=request.auth, at=timezone.now()
        )
    except UnableToTakeContact as refused:
        return answer_refused(refused)
    except UnableToKeepOpportunity as refused:
        return problem(409, "not_yours", str(refused))
    return answer_of(claimed)


class OrderRowAnswer(Schema):
    """One product of an order, and what was answered about it."""

    model_config = described(gettext_noop("One product of an order, and its answer."))

    row: int
    product: str
    activity: str
    state: str
    reason: str


class OrderAnswer(Schema):
    """An order of what was sold; no names and numbers of people."""

    model_config = described(gettext_noop("An order of what was sold, with its rows."))

    number: str
    opportunity: str
    customer: str
    contract: str
    state: str
    ordered_at: datetime
    rows: list[OrderRowAnswer]


def order_of(found: Any) -> OrderAnswer:
    """Return an order as other systems read it."""
    whose = found.opportunity
    names = ("product", "activity", "state", "reason")
    rows = sorted(found.rows.all(), key=lambda row: row.place)
    return OrderAnswer(
        number=found.number,
        opportunity=whose.number,
        customer=whose.customer.number if whose.customer else "",
        contract=whose.contract_no,
        state=found.state,
        ordered_at=found.ordered_at,
        rows=[
            OrderRowAnswer(row=row.place, **{name: getattr(row, name) for name in names})
            for row in rows
        ],
    )


class OrderList(Schema):
    """Orders that are not answered yet, the newest first, a hundred at most."""

    model_config = described(gettext_noop("Orders not answered yet, the newest first."))

    orders: list[OrderAnswer]


@router.get(
    "/orders",
    response={200: OrderList, **READING},
    summary=gettext_noop("List orders"),
    description=gettext_noop("The orders that wait for an answer, the newest first."),
    url_name="list_orders",
    operation_id="list_orders",
)
@needs(ApiRight.ANSWER_ORDERS)
def list_orders(request: Any) -> Any:
    """List the orders that wait for an answer."""
    rows = orders_served_to(request.auth).exclude(state=OrderState.ANSWERED)
    found, _has_more = newest_of(rows)
    return OrderList(orders=[order_of(each) for each in found])


@router.get(
    "/orders/{number}",
    response={200: OrderAnswer, **READING, 404: Problem},
    summary=gettext_noop("Read an order"),
    description=gettext_noop("What an order asks for, and what was answered, row by row."),
    url_name="read_order",
    operation_id="read_order",
)
@needs(ApiRight.ANSWER_ORDERS)
def read_order(request: Any, number: words_of(40)) -> Any:  # type: ignore[valid-type]
    """Read one order."""
    found = order_served_to(request.auth, number)
    if found is None:
        return problem(404, "not_found", _("No order of yours has this number."))
    return order_of(found)


class RowResult(Schema):
    """What is answered about one row."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"description": gettext_noop("The answer to a row.")}
    )

    row: int = Field(ge=1, le=99)
    state: Literal["DONE", "REFUSED"]
    reason: words_of(200, 0) = ""  # type: ignore[valid-type]


class OrderResult(Schema):
    """What is answered about an order: of all rows or some."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"description": gettext_noop("The answers to rows.")}
    )

    rows: list[RowResult] = Field(min_length=1, max_length=99)


@router.post(
    "/orders/{number}/answer",
    response={200: OrderAnswer, **REFUSALS, 404: Problem, 409: Problem},
    summary=gettext_noop("Answer an order"),
    description=gettext_noop(
        "Answers rows of an order: set up, or refused with the reason. The same answer again "
        "changes nothing. 409: there is no such row, a refusal has no reason, or the row was "
        "answered otherwise before; the sentence says which, and nothing of the request is kept."
    ),
    url_name="answer_order",
    operation_id="answer_order",
)
@needs(ApiRight.ANSWER_ORDERS)
def answer_an_order(request: Any, number: words_of(40), result: OrderResult) -> Any:  # type: ignore[valid-type]
    """Answer rows of an order."""
    found = order_served_to(request.auth, number)
    if found is None:
        return problem(404, "not_found", _("No order of yours has this number."))
    answers = {each.row: (each.state, each.reason) for each in result.rows}
    try:
        answer_order(
            order=found,
            answers=answers,
            who=Answerer(client=request.auth),
            at=timezone.now(),
        )
    except UnableToKeepOpportunity as refused:
        return problem(409, "not_answered", str(refused))
    return order_of(order_served_to(request.auth, number))
