"""Asking what is to change: assign, recall, swap, leave cover. The answer is a draft (M3)."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from dakehu.customers.queries import customers_visible_to
from dakehu.ownership import operations
from dakehu.ownership.errors import UnableToMove
from dakehu.ownership.forms import AssignForm, CoverForm, RecallForm, SwapForm, TermsForm
from dakehu.people.policies import require
from dakehu.ui import lists

INSTEAD = "instead"

# Lists from which customers are chosen for a change.
CUSTOMER_LISTS = (
    "customers:list",
    "customers:group_list",
    "customers:individual_list",
    "customers:prospect_list",
)


@dataclass(frozen=True)
class Question:
    """One kind of change: its words, its form, and what drafts it from a form that holds."""

    url_name: str
    title: str | Promise
    text: str | Promise
    icon: str
    permission: str
    form: type[TermsForm]
    draft: Callable[..., Any]
    about_all: bool = False
    screen: str = "customers:list"


def draft_assignment(form: Any, customers: Any, *, chosen: str, by: Any, at: datetime) -> Any:
    """Draft what an assignment form says."""
    return operations.draft_assignment(
        customers=customers, to=form.cleaned_data["to"], terms=form.terms(chosen), by=by, at=at
    )


def draft_recall(form: Any, customers: Any, *, chosen: str, by: Any, at: datetime) -> Any:
    """Draft what a recall form says."""
    return operations.draft_recall(customers=customers, terms=form.terms(chosen), by=by, at=at)


def draft_swap(form: Any, customers: Any, *, chosen: str, by: Any, at: datetime) -> Any:
    """Draft what a swap form says."""
    pair = (form.cleaned_data["one"], form.cleaned_data["other"])
    return operations.draft_swap(
        customers=customers, pair=pair, terms=form.terms(chosen), by=by, at=at
    )


def draft_cover(form: Any, customers: Any, *, chosen: str, by: Any, at: datetime) -> Any:
    """Draft what a cover form says."""
    return operations.draft_cover(
        customers=customers,
        absent=form.cleaned_data["absent"],
        deputy=form.cleaned_data["deputy"],
        terms=form.terms(chosen),
        by=by,
        at=at,
    )


ASSIGN = Question(
    "ownership:assign",
    _("Assign customers"),
    _("The chosen customers go to one person. You see everything before anything changes."),
    "user-check",
    "ownership.move",
    AssignForm,
    draft_assignment,
)
ASSIGN_POOL = replace(ASSIGN, url_name="ownership:assign_pool", screen="ownership:pool")
RECALL = Question(
    "ownership:recall",
    _("Recall customers"),
    _("The chosen customers go into the pool of their unit, from which others may claim them."),
    "user-minus",
    "ownership.recall",
    RecallForm,
    draft_recall,
)
SWAP = Question(
    "ownership:swap",
    _("Swap customers"),
    _("Two managers exchange their customers. What they have not of these stays as it is."),
    "arrows-exchange",
    "ownership.move",
    SwapForm,
    draft_swap,
    about_all=True,
)
COVER = Question(
    "ownership:cover",
    _("Leave cover"),
    _("A deputy looks after all customers of somebody who is away; they come back by themselves."),
    "beach",
    "ownership.move",
    CoverForm,
    draft_cover,
    about_all=True,
)


@require_POST
def assign(request: HttpRequest) -> HttpResponse:
    """Ask to whom the chosen customers go."""
    return ask(request, ASSIGN)


@require_POST
def assign_pool(request: HttpRequest) -> HttpResponse:
    """Ask to whom the chosen customers of the pool go."""
    return ask(request, ASSIGN_POOL)


@require_POST
def recall(request: HttpRequest) -> HttpResponse:
    """Ask why the chosen customers are recalled."""
    return ask(request, RECALL)


@require_http_methods(["GET", "POST"])
def swap(request: HttpRequest) -> HttpResponse:
    """Ask who exchanges customers with whom: all of theirs, or those chosen."""
    return ask(request, SWAP)


@require_http_methods(["GET", "POST"])
def cover(request: HttpRequest) -> HttpResponse:
    """Ask who stands in for whom, and how long."""
    return ask(request, COVER)


def ask(request: HttpRequest, question: Question) -> HttpResponse:
    """Show the form of a kind of change; once it holds, draft the change and show that."""
    require(request.user, question.permission)
    customers, chosen = customers_of(request, question)
    is_answered = "reason" in request.POST
    form = question.form(
        answered(request, question) if is_answered else None,
        actor=request.user,
        today=timezone.localdate(),
        initial=request.GET.dict(),
    )
    deputy = None
    if is_answered and form.is_valid():
        try:
            draft = question.draft(
                form, customers, chosen=chosen, by=request.user, at=timezone.now()
            )
        except UnableToMove as refusal:
            form.add_error(None, str(refusal))
            deputy = refusal.deputy_id
        else:
            return redirect("ownership:detail", draft.pk)
    context = {
        "question": question,
        "form": form,
        "count": None if customers_are_all(request, question) else customers.count(),
        "chosen": chosen,
        "posted": lists.posted_choice(request),
        "deputy": deputy,
    }
    return render(request, "ownership/move_ask.html", context, status=422 if is_answered else 200)


def customers_are_all(request: HttpRequest, question: Question) -> bool:
    """Tell whether a change is about all customers of somebody instead of chosen ones."""
    return question.about_all and "chosen" not in request.POST


def customers_of(request: HttpRequest, question: Question) -> tuple[Any, str]:
    """Return the customers that a change is about, and in words how they were chosen."""
    if customers_are_all(request, question):
        return customers_visible_to(request.user), ""
    others = CUSTOMER_LISTS if question.screen in CUSTOMER_LISTS else ()
    screen = lists.posted_screen(request, question.screen, *others)
    rows = lists.chosen(request, screen)
    numbers = rows.order_by().values("pk")
    customers = customers_visible_to(request.user).filter(pk__in=numbers)
    return customers, lists.choice_words(request, screen)


def answered(request: HttpRequest, question: Question) -> Any:
    """Return what was typed; a deputy who was chosen instead takes the successor's place."""
    typed = request.POST.copy()
    if instead := typed.get(INSTEAD):
        typed[question.form.successor] = instead
    return typed
