"""What other systems ask on customers' behalf: open a case, read one, list them (CH3, CH7)."""

from datetime import datetime
from enum import Enum
from typing import Annotated, Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Query, Router, Schema, Status
from pydantic import ConfigDict, Field, StringConstraints

from dakehu.cases.choices import ASKED_KINDS, CaseChannel, CaseKind, CaseState
from dakehu.cases.errors import UnableToTakeRequest
from dakehu.cases.operations.receiving import NewRequest, receive_request
from dakehu.cases.queries.served import case_served_to, cases_served_to
from dakehu.signin.choices import ApiRight
from dakehu.ui.api import READING, REFUSALS, Problem, described, needs, newest_of, problem, tagged
from dakehu.ui.api import text as words_of

router = Router(tags=["Service requests"])

OPENABLE = [kind for kind in ASKED_KINDS if kind is not CaseKind.BATCH]
RequestKind = Enum("RequestKind", {kind.name: kind.value for kind in OPENABLE}, type=str)  # type: ignore[misc]
RequestChannel = Enum("RequestChannel", {each.name: each.value for each in CaseChannel}, type=str)  # type: ignore[misc]
RequestState = Enum("RequestState", {each.name: each.value for each in CaseState}, type=str)  # type: ignore[misc]
Caller = Annotated[str, StringConstraints(pattern=r"^\+?[0-9]{5,19}$")]

WORDS = {
    "request_id": gettext_noop("The sender's own number; sent again it is the same request."),
    "kind": gettext_noop("What the customer asks for."),
    "channel": gettext_noop("Where the customer asked."),
    "text": gettext_noop("What the customer says."),
    "subject": gettext_noop("A few words; left out it is the first sentence of the text."),
    "customer": gettext_noop("The number of the customer, as in the daily files."),
    "msisdn": gettext_noop("The telephone number of whoever asks; it finds the customer as well."),
    "caller_name": gettext_noop("Who speaks for the customer."),
    "product": gettext_noop("The code of the product that it is about."),
}
OPENING = gettext_noop(
    "Opens a case: finds the customer, starts the clocks that the customer's level is owed, and "
    "puts it into the queue of the team that leads the service. 201: opened. 200: this request "
    "was known, nothing has changed. 404: no customer within the system's reach has the number. "
    "409: several customers have the telephone number (send customer), or request_id was used "
    "for another request. Batch business needs its list and is opened by people."
)


class ServiceRequest(Schema):
    """What a customer asks for, sent by another system."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "description": gettext_noop("What a customer asks for, sent by another system.")
        },
    )

    request_id: words_of(80) = Field(description=WORDS["request_id"])  # type: ignore[valid-type]
    kind: RequestKind = Field(description=WORDS["kind"])
    channel: RequestChannel = Field(description=WORDS["channel"])
    text: words_of(4000) = Field(description=WORDS["text"])  # type: ignore[valid-type]
    subject: words_of(120, 0) = Field(default="", description=WORDS["subject"])  # type: ignore[valid-type]
    customer: words_of(64, 0) = Field(default="", description=WORDS["customer"])  # type: ignore[valid-type]
    msisdn: Caller = Field(default="", description=WORDS["msisdn"])
    caller_name: words_of(60, 0) = Field(default="", description=WORDS["caller_name"])  # type: ignore[valid-type]
    product: words_of(40, 0) = Field(default="", description=WORDS["product"])  # type: ignore[valid-type]

    @property
    def new(self) -> NewRequest:
        """The request as the operation takes it."""
        given = self.model_dump(mode="json")
        return NewRequest(**given)


class CaseAnswer(Schema):
    """A case as other systems read it; no names and numbers of people."""

    model_config = described(gettext_noop("A case, without names and numbers of people."))

    number: str
    kind: str
    state: str
    priority: int
    queue: str
    opened_at: datetime
    due_at: datetime | None
    closed_at: datetime | None
    result: str


def answer_of(case: Any) -> CaseAnswer:
    """Return a case as other systems read it."""
    return CaseAnswer(
        number=case.number,
        kind=case.kind,
        state=case.state,
        priority=case.priority,
        queue=case.unit.code,
        opened_at=case.opened_at,
        due_at=case.due_at,
        closed_at=case.closed_at,
        result=case.result,
    )


@router.post(
    "/cases",
    response={200: CaseAnswer, 201: CaseAnswer, **REFUSALS, 404: Problem, 409: Problem},
    summary=gettext_noop("Open a service request"),
    description=OPENING,
    url_name="open_case",
    operation_id="open_case",
)
@needs(ApiRight.OPEN_REQUESTS)
def open_case(request: Any, asked: ServiceRequest) -> Any:
    """Open a case for a customer."""
    try:
        received = receive_request(asked.new, client=request.auth, at=timezone.now())
    except UnableToTakeRequest as refused:
        return answer_refused(refused)
    return Status(201 if received.is_new else 200, answer_of(received.case))


def answer_refused(refused: UnableToTakeRequest) -> Any:
    """Answer a request that cannot become a case."""
    if refused.code == "unknown_customer":
        return problem(404, refused.code, _("No customer of yours has it."))
    if refused.code == "several_customers":
        words = _("Several customers have this telephone number. Send customer.")
        return problem(409, refused.code, words)
    words = _("Another request had this request_id. Every request needs a number of its own.")
    return problem(409, refused.code, words)


@router.get(
    "/cases/{number}",
    response={200: CaseAnswer, **READING, 404: Problem},
    summary=gettext_noop("Read a service request"),
    description=gettext_noop("Where a case stands, by its number."),
    url_name="read_case",
    operation_id="read_case",
)
@needs(ApiRight.READ_REQUESTS)
def read_case(request: Any, response: HttpResponse, number: words_of(30)) -> Any:  # type: ignore[valid-type]
    """Read one case."""
    found = case_served_to(request.auth, number)
    if found is None:
        return problem(404, "not_found", _("No case of yours has this number."))
    return tagged(answer_of(found), response)


class Wanted(Schema):
    """Which cases are listed."""

    state: RequestState | None = None
    customer: words_of(64) | None = None  # type: ignore[valid-type]
    after: words_of(30) | None = None  # type: ignore[valid-type]


class CaseList(Schema):
    """Cases, the newest first; ``next`` is the number to go on after, if there are more."""

    model_config = described(gettext_noop("Cases, the newest first, a hundred at most."))

    cases: list[CaseAnswer]
    next: str | None


@router.get(
    "/cases",
    response={200: CaseList, **READING, 404: Problem},
    summary=gettext_noop("List service requests"),
    description=gettext_noop(
        "The newest first, a hundred at a time; after names the last one of the page before."
    ),
    url_name="list_cases",
    operation_id="list_cases",
)
@needs(ApiRight.READ_REQUESTS)
def list_cases(request: Any, wanted: Query[Wanted]) -> Any:
    """List cases, the newest first."""
    rows = cases_served_to(request.auth)
    if wanted.state is not None:
        rows = rows.filter(state=wanted.state.value)
    if wanted.customer is not None:
        rows = rows.filter(customer__number=wanted.customer)
    last = None
    if wanted.after is not None:
        last = case_served_to(request.auth, wanted.after)
        if last is None:
            return problem(404, "not_found", _("No case of yours has this number."))
    found, has_more = newest_of(rows, before=last)
    shown = [answer_of(case) for case in found]
    return CaseList(cases=shown, next=shown[-1].number if has_more else None)
