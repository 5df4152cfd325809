"""Reply templates, what stands for their places, and how far customers may follow a case."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dakehu.cases.choices import (
    CASE,
    STATE_TONES,
    ActKind,
    CaseState,
)
from dakehu.cases.models import Case, CaseAct, ReplyTemplate
from dakehu.cases.policies import VIEW
from dakehu.cases.rules.wording import without_numbers
from dakehu.outbox.choices import Way
from dakehu.outbox.queries import addresses_of, link_for
from dakehu.people.policies import may
from dakehu.ui.progress import Progress, Stop, Told

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from dakehu.people.models import Staff

CALLER = "caller"
TOLD = (ActKind.MESSAGE, ActKind.CLOSED)


def templates_visible_to(actor: "Staff") -> "QuerySet[ReplyTemplate]":
    """Return the reply templates; whoever sees cases sees all of them."""
    if not may(actor, VIEW):
        return ReplyTemplate.objects.none()
    return ReplyTemplate.objects.filter(removed_at__isnull=True)


def get_template(actor: "Staff", pk: int) -> ReplyTemplate:
    """
    Return one reply template.

    :raises Http404: if there is none.
    """
    found = templates_visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def templates_for(actor: "Staff", case: Case) -> list[ReplyTemplate]:
    """Return the templates that fit a case: those of its kind first, then those of any."""
    rows = templates_visible_to(actor).filter(kind__in=(case.kind, ""))
    return list(rows.order_by("-kind", "name"))


def values_for(case: Case, *, at: datetime) -> dict[str, str]:
    """Return what stands for the places of a template; what is not known is empty."""
    due = f"{localtime(case.due_at):%Y-%m-%d %H:%M}" if case.due_at else ""
    return {
        "customer": str(case.customer) if case.customer else "",
        "caller": case.caller_name,
        "number": case.number,
        "subject": without_numbers(case.subject),
        "team": str(case.unit),
        "due": due,
        "link": link_for(CASE, case.pk, on=localdate(at)),
    }


def addresses_for(case: Case) -> list[tuple[str, str, Any, str]]:
    """Return where whoever asked can be written to; the number called from first."""
    found = addresses_of(case.customer) if case.customer else []
    if not case.caller_phone:
        return found
    caller = (CALLER, Way.SMS.value, case.caller_phone, case.caller_name or str(_("Caller")))
    return [caller, *found]


def progress_of_case(pk: int) -> Progress | None:
    """
    Return what customers may see of a case by a link: steps, what they were told, the deadline.

    A merged case shows the one it went into. Long numbers are starred, and nobody is named.
    """
    case = Case.objects.select_related("merged_into").filter(pk=pk, removed_at=None).first()
    if case is not None and case.merged_into is not None:
        case = case.merged_into
    if case is None:
        return None
    acts = case.acts.filter(kind__in=TOLD, is_internal=False).order_by("-pk")
    is_open = case.is_open
    return Progress(
        kind=case.get_kind_display(),
        number=case.number,
        subject=without_numbers(case.subject),
        state=case.get_state_display(),
        tone=STATE_TONES[case.state],
        stops=stops_of(case),
        told=tuple(Told(act.at, without_numbers(act.text)) for act in acts if act.text),
        due_at=case.due_at if is_open and case.state != CaseState.WAITING else None,
    )


def times_given_away(pk: int) -> int:
    """
    Return how often a case was taken from a customer who was named wrongly (CH3).

    An unknown caller who is named later is the same person, whose link stays good.
    """
    acts = CaseAct.objects.filter(case=pk, kind=ActKind.CHANGED, facts__has_key="customer")
    return sum(bool(facts["was"]) for facts in acts.values_list("facts", flat=True))


def stops_of(case: Case) -> tuple[Stop, ...]:
    """Return the steps of a case as customers know them."""
    begun = case.acts.filter(kind=ActKind.TAKEN).order_by("pk").first()
    taken_at = begun.at if begun else case.answered_at
    return (
        Stop(_("We have your request"), case.opened_at),
        Stop(_("Somebody works on it"), taken_at or case.closed_at),
        Stop(_("Our answer"), case.answered_at),
        Stop(pgettext_lazy("step of a case", "Closed"), case.closed_at),
    )
