"""What is said of cases in words: their to-dos, and why one stands where it stands."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from dakehu.cases.choices import CaseKind, Priority
from dakehu.cases.models import Case
from dakehu.cases.rules.order import decider
from dakehu.cases.rules.wording import without_numbers
from dakehu.cases.values import Place


def case_words(facts: Mapping[str, Any]) -> str:
    """Return the words of a to-do about a case."""
    kind = CaseKind(facts["kind"]).label
    return _("%(kind)s %(number)s: %(subject)s") % {**facts, "kind": kind}


def case_url(pk: int) -> str:
    """Return where a case is worked on."""
    return reverse("cases:detail", args=[pk])


def place_of(case: Case) -> Place:
    """Return where a case stands in the working order, and by what."""
    return Place(case.priority, case.due_at, case.opened_at)


def why_next(first: Case, second: Case | None) -> str:
    """Say why a case is to be worked on before the one behind it."""
    priority = Priority(first.priority).label
    if second is None:
        return _("It is the only one.")
    by = decider(place_of(first), place_of(second))
    if by == "priority":
        return _("No other one has the priority “%(priority)s”.") % {"priority": priority}
    if by == "clock":
        return _("Of those of equal priority its deadline is the nearest.")
    return _("Of those of equal priority and deadline it has waited longest.")


def case_names(ids: Iterable[int]) -> dict[int, str]:
    """Return what cases are called where their clocks are told of; no numbers of people."""
    found = Case.objects.in_bulk(list(ids))
    return {
        pk: f"{case.get_kind_display()} {case.number} {without_numbers(case.subject)}"
        for pk, case in found.items()
    }
