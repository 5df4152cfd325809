"""What the network department answered about coverage needs, from a spreadsheet (C1)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from dakehu.cases.choices import CaseKind, CoverageStep
from dakehu.cases.errors import UnableToKeepCase
from dakehu.cases.models import Case
from dakehu.cases.operations.coverage import reply_on_coverage
from dakehu.cases.policies import HANDLE
from dakehu.cases.queries.reading import cases_visible_to
from dakehu.cases.rules.coverage import may_follow
from dakehu.cases.rules.numbers import key_in
from dakehu.common.spreadsheets import CellKind
from dakehu.customers.operations.importing.columns import locked_field
from dakehu.ui.imports import Act, Draft, Found, ImportField, ImportScreen, refusing

if TYPE_CHECKING:
    from dakehu.people.models import Staff

CAN, CANNOT = "CAN", "CANNOT"
TOLD = _("is recorded on the page of the request. Leave this cell as it was")


def bare(number: str) -> str:
    """Return the number of a case without its hyphens, as people may leave them out."""
    return number.replace("-", "")


FIELDS = (
    ImportField(
        "number",
        pgettext_lazy("of a case", "Case number"),
        key=True,
        required=True,
        longest=20,
        tidied=bare,
        help_text=_("It stands in the list of requests."),
    ),
    ImportField(
        "answer",
        _("Answer of the network department"),
        CellKind.CHOICE,
        required=True,
        choices=((CAN, _("Can be solved")), (CANNOT, _("Cannot be solved"))),
    ),
    ImportField(
        "measures",
        _("Measures, or why not"),
        required=True,
        longest=1000,
        example="地下车库增设室分天线两副",
    ),
    ImportField(
        "expected_on",
        _("Expected on"),
        CellKind.DATE,
        help_text=_("Empty where it cannot be solved."),
        example="2099-12-31",
    ),
    locked_field("subject", _("Subject"), TOLD),
    locked_field("customer_name", _("Customer"), TOLD),
)


def needs_of(actor: "Staff") -> Any:
    """Return the coverage needs within reach that are open, with how far they are."""
    rows = cases_visible_to(actor).open().filter(kind=CaseKind.COVERAGE)
    return rows.select_related("coverage", "customer")


def find(actor: "Staff", drafts: Sequence[Draft]) -> list[int | None]:
    """Return the open coverage needs that rows mean, by their numbers."""
    keys = [key_in(draft.values.get("number") or "") for draft in drafts]
    rows = needs_of(actor).filter(pk__in=[key for key in keys if key])
    known = {bare(case.number): case.pk for case in rows}
    return [known.get(bare(draft.values.get("number") or "")) for draft in drafts]


def current(actor: "Staff", numbers: Collection[int]) -> Mapping[int, Found]:
    """Return coverage needs as they stand."""
    return {case.pk: found_of(case) for case in needs_of(actor).filter(pk__in=numbers)}


def found_of(case: Case) -> Found:
    """Return one coverage need as it stands; one without a reply has no answer yet."""
    stage = case.coverage
    answered = bool(stage.measures)
    values = {
        "number": bare(case.number),
        "answer": (CANNOT if stage.is_refused else CAN) if answered else "",
        "measures": stage.measures,
        "expected_on": stage.expected_on,
    }
    locked = {}
    if not may_follow(stage.step, CoverageStep.REPLIED):
        now = CoverageStep(stage.step).label
        words = gettext("It stands at “%(now)s”: a reply is given after a manager was assigned")
        locked = {"measures": words % {"now": now}}
    shown = {
        "number": case.number,
        "subject": case.subject,
        "customer_name": str(case.customer or ""),
    }
    return Found(
        case.pk, values, name=case.number, version=case.version, shown=shown, locked=locked
    )


def check(actor: "Staff", drafts: Sequence[Draft], at: datetime) -> None:
    """Refuse measures without a day, and days that have passed."""
    today = localdate(at)
    for draft in drafts:
        day = draft.values.get("expected_on")
        if draft.values.get("answer") == CAN and not day:
            draft.refuse("expected_on", gettext("Name the day by which it is solved."))
        elif day and day < today:
            draft.refuse("expected_on", gettext("This day has passed already."))


def save(draft: Draft, act: Act) -> int:
    """
    Give the preliminary reply that the network department answered.

    :raises UnableToImport: if the operation refuses it.
    """
    assert draft.found is not None
    values = {**draft.found.values, **draft.values}
    with refusing(UnableToKeepCase):
        reply_on_coverage(
            case=Case.objects.get(pk=draft.found.pk),
            measures=values["measures"],
            expected_on=values["expected_on"] or None,
            is_refused=values["answer"] == CANNOT,
            by=act.by,
            at=act.at,
        )
    return int(draft.found.pk)


ANSWERS = ImportScreen(
    name="coverage-answers",
    title=_("Answers of the network department"),
    permission=HANDLE,
    fields=FIELDS,
    find=find,
    current=current,
    save=save,
    check=check,
    may_create=False,
    list_name="cases:list",
    help_text=_(
        "For coverage needs whose manager is assigned: what can be solved by which measures and "
        "when, and what cannot, with the reason. Each row is the preliminary reply of its request."
    ),
    record_url=lambda pk: reverse("cases:detail", args=[pk]),
)
