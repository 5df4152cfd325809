"""What other systems report of customers: that one wants to leave (W14)."""

from datetime import datetime
from enum import Enum
from typing import Annotated, Any, Self

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop
from ninja import Router, Schema, Status
from pydantic import AwareDatetime, ConfigDict, Field, StringConstraints, model_validator

from dakehu.alerts import operations
from dakehu.alerts.choices import LeavingKind, Verdict
from dakehu.alerts.errors import UnableToTakeReport
from dakehu.alerts.values import NewReport
from dakehu.signin.choices import ApiRight
from dakehu.ui.api import REFUSALS, Place, Problem, described, needs, problem, refusal, text

router = Router(tags=["Warnings"])

Kind = Enum("Kind", {kind.name: kind.value for kind in LeavingKind}, type=str)  # type: ignore[misc]
Phone = Annotated[str, StringConstraints(pattern=r"^\+?[0-9]{5,19}$")]


WORDS = {
    "event_id": gettext_noop("The sender's own number of the event; again it is the same event."),
    "sub_id": gettext_noop("The subscriber, as in the daily files; this or msisdn."),
    "msisdn": gettext_noop("The telephone number, with or without +86."),
    "kind": gettext_noop("What the customer asked for."),
    "at": gettext_noop("When, with time zone; at most 30 days ago, and not to come."),
    "source": gettext_noop("The system or channel that noticed."),
    "reason": gettext_noop("What the customer said, in a sentence."),
}
REPORTING = gettext_noop(
    "Alerts whoever looks after the customer within seconds, at their open page. 201: an "
    "alert was raised, or goes on with this event. 200: the event was known, nothing has "
    "changed. 404: no customer within the system's reach has the number; the event is kept, "
    "and looked at anew when it is sent again. 409: several customers have the telephone "
    "number (send sub_id), or event_id was used for another event."
)


class LeavingEvent(Schema):
    """A customer asked another system for something by which they leave."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "description": gettext_noop(
                "A customer asked another system for something by which they leave."
            ),
            "anyOf": [{"required": ["sub_id"]}, {"required": ["msisdn"]}],
        },
    )

    event_id: text(80) = Field(description=WORDS["event_id"])  # type: ignore[valid-type]
    sub_id: text(64) = Field(default="", description=WORDS["sub_id"])  # type: ignore[valid-type]
    msisdn: Phone = Field(default="", description=WORDS["msisdn"])
    kind: Kind = Field(description=WORDS["kind"])
    at: AwareDatetime = Field(description=WORDS["at"])
    source: text(40) = Field(description=WORDS["source"])  # type: ignore[valid-type]
    reason: text(200, 0) = Field(  # type: ignore[valid-type]
        default="", description=WORDS["reason"]
    )

    @model_validator(mode="after")
    def names_somebody(self) -> Self:
        """Refuse an event of nobody."""
        if not self.sub_id and not self.msisdn:
            raise ValueError(_("Name the customer: sub_id or msisdn."))
        return self

    @property
    def report(self) -> NewReport:
        """The event as the operation takes it."""
        return NewReport(
            event_id=self.event_id,
            sub_id=self.sub_id,
            phone=self.msisdn,
            kind=self.kind.value,
            happened_at=self.at,
            source=self.source,
            reason=self.reason,
        )


class Receipt(Schema):
    """The event is kept: the number of its alert, and since when."""

    model_config = described(gettext_noop("The event is kept; the number of its alert."))

    event_id: str
    alert: int
    received_at: datetime


NOT_FOUND = {
    Verdict.UNKNOWN: "unknown_customer",
    # Whether somebody else's customer exists is not told.
    Verdict.OUTSIDE: "unknown_customer",
}
UNTIMELY = gettext_lazy("is more than 30 days ago, or to come")


@router.post(
    "/leaving-events",
    response={200: Receipt, 201: Receipt, **REFUSALS, 404: Problem, 409: Problem},
    summary=gettext_noop("Report that a customer wants to leave"),
    description=REPORTING,
    url_name="report_leaving",
    operation_id="report_leaving",
)
@needs(ApiRight.REPORT_LEAVING)
def report_leaving(request: Any, event: LeavingEvent) -> Any:
    """Alert whoever looks after a customer who wants to leave."""
    try:
        taken = operations.take_report(event.report, client=request.auth, at=timezone.now())
    except UnableToTakeReport as refused:
        return answer_refused(refused)
    kept = taken.report
    if kept.verdict in NOT_FOUND:
        return problem(404, NOT_FOUND[Verdict(kept.verdict)], _("No customer of yours has it."))
    if kept.verdict == Verdict.SEVERAL:
        words = _("Several customers have this telephone number. Send sub_id.")
        return problem(409, "several_customers", words)
    receipt = Receipt(event_id=kept.event_id, alert=kept.alert_id, received_at=kept.received_at)
    return Status(201 if taken.is_new else 200, receipt)


def answer_refused(refused: UnableToTakeReport) -> Any:
    """Answer an event that cannot be kept."""
    if refused.code == "event_id_reused":
        words = _("Another event had this event_id. Every event needs a number of its own.")
        return problem(409, refused.code, words)
    return refusal(422, places=[Place(place=refused.place, words=str(UNTIMELY))])
