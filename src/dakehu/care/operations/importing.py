"""Planned visits from a spreadsheet (G6)."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import time
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dakehu.care.choices import VisitPurpose, VisitState
from dakehu.care.errors import UnableToVisit
from dakehu.care.models import Visit
from dakehu.care.operations.visits import change_visit, plan_visit, remove_visit
from dakehu.care.policies import IMPORT
from dakehu.care.queries.visits import visits_visible_to
from dakehu.common.spreadsheets import CellKind
from dakehu.customers.operations.importing.columns import customer_field, locked_field
from dakehu.people.queries import staff_meant
from dakehu.ui.imports import (
    Act,
    Draft,
    Found,
    ImportField,
    ImportScreen,
    refusing,
)

if TYPE_CHECKING:
    from dakehu.people.models import Staff

WRITTEN = ("day", "minutes", "purpose", "about", "meeting_place", "afterwards")
TOLD = _("is recorded on the page of the visit. Leave this cell as it was")
ANY_TIME = _("any time")


def time_of(text: str | None) -> time | None:
    """Return a time of day that was written as 9:30; nothing where any time will do."""
    if not text or text == str(ANY_TIME):
        return None
    hour, _colon, minute = text.replace("：", ":").partition(":")
    return time(int(hour), int(minute))


def tidy_time(text: str) -> str:
    """Return a time of day as visits keep it: 9:30 and 09:30 are the same."""
    return f"{found:%H:%M}" if (found := time_of(text)) else ""


def time_check(text: str) -> str | None:
    """Say what is wrong with a time of day."""
    try:
        time_of(text)
    except ValueError:
        return gettext("This is no time of day. Write it like 09:30, or leave it empty.")
    return None


FIELDS = (
    customer_field(_("The number or the telephone number of the customer."), example="01G000001"),
    ImportField("day", _("Day"), CellKind.DATE, key=True, required=True, example="2026-12-01"),
    ImportField("time", _("Agreed time"), check=time_check, tidied=tidy_time, example="09:30"),
    ImportField(
        "purpose",
        _("Purpose of the visit"),
        CellKind.CHOICE,
        required=True,
        choices=tuple(VisitPurpose.choices),
    ),
    ImportField(
        "about", _("What it is about"), required=True, longest=120, example="专线扩容方案沟通"
    ),
    ImportField("minutes", _("Minutes planned"), CellKind.INTEGER, least=1, example="60"),
    ImportField("meeting_place", _("Meeting place"), longest=120, example="客户办公楼 3 楼会议室"),
    ImportField(
        "staff",
        _("Who"),
        CellKind.REFERENCE,
        lookup=staff_meant,
        help_text=_("Number, user name or name of whoever makes the visit; empty for yourself."),
        example="",
    ),
    ImportField(
        "afterwards",
        _("Entered afterwards"),
        longest=200,
        help_text=_("Why, if it has begun already; it is then marked. Empty otherwise."),
        example="",
    ),
    locked_field("customer_name", _("Customer"), TOLD),
    locked_field("state", _("State"), TOLD),
    locked_field("result", _("Result"), TOLD),
    locked_field("unit", _("Unit"), TOLD),
)


def find(actor: "Staff", drafts: Sequence[Draft]) -> list[int | None]:
    """Return the planned visits that rows mean: at that customer on that day."""
    customers = {pk for draft in drafts if (pk := draft.values.get("customer"))}
    rows = visits_visible_to(actor).filter(customer__in=customers, state=VisitState.PLANNED)
    known: dict[tuple[Any, Any], list[int]] = defaultdict(list)
    for pk, customer, day in rows.values_list("pk", "customer", "day"):
        known[customer, day].append(pk)
    found: list[int | None] = []
    for draft in drafts:
        alike = known.get((draft.values.get("customer"), draft.values.get("day")), [])
        if len(alike) > 1:
            draft.refuse("day", gettext("several visits are planned there on that day"))
        found.append(alike[0] if len(alike) == 1 else None)
    return found


def current(actor: "Staff", numbers: Collection[int]) -> Mapping[int, Found]:
    """Return visits as they stand, within reach."""
    return {row.pk: found_of(row) for row in visits_visible_to(actor).filter(pk__in=numbers)}


def found_of(visit: Visit) -> Found:
    """Return one visit as it stands."""
    values = {name: getattr(visit, name) for name in WRITTEN}
    values |= {
        "customer": visit.customer_id,
        "time": f"{visit.time:%H:%M}" if visit.time else "",
        "staff": visit.staff_id,
    }
    shown = {
        "customer": visit.customer.number,
        "customer_name": str(visit.customer),
        "state": visit.get_state_display(),
        "result": visit.get_result_display(),
        "unit": str(visit.unit),
        "staff": visit.staff.name,
        "time": f"{visit.time:%H:%M}" if visit.time else ANY_TIME,
    }
    return Found(visit.pk, values, name=str(visit), version=visit.version, shown=shown)


def save(draft: Draft, act: Act) -> int:
    """
    Plan a visit, or change one.

    :raises UnableToImport: if the operations refuse it.
    """
    visit = Visit() if draft.found is None else Visit.objects.get(pk=draft.found.pk)
    for name in WRITTEN:
        if draft.values.get(name) not in (None, ""):
            setattr(visit, name, draft.values[name])
    if "time" in draft.values:
        visit.time = time_of(draft.values["time"])
    if staff := draft.values.get("staff"):
        visit.staff_id = staff
    with refusing(UnableToVisit):
        if draft.found is None:
            visit.customer_id = draft.values["customer"]
            plan_visit(visit=visit, by=act.by, at=act.at, reason=act.reason)
        else:
            version = draft.found.version or visit.version
            change_visit(visit=visit, version=version, reason=act.reason, by=act.by, at=act.at)
    return int(visit.pk)


def remove(number: int, act: Act) -> None:
    """
    Take back a visit that an import planned.

    :raises UnableToImport: if it was recorded meanwhile.
    """
    with refusing(UnableToVisit):
        remove_visit(visit=Visit.objects.get(pk=number), by=act.by, at=act.at, reason=act.reason)


VISITS = ImportScreen(
    name="visits",
    title=_("Visits"),
    permission=IMPORT,
    fields=FIELDS,
    find=find,
    current=current,
    save=save,
    remove=remove,
    list_name="care:visit_list",
    help_text=_("Plans of visits; what came of them is recorded on their pages."),
    record_url=lambda pk: reverse("care:visit", args=[pk]),
)
