"""The numbers of the warnings: versions, the editor, proposing and publishing (promise 2)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dakehu.alerts import operations, queries
from dakehu.alerts.choices import SetState
from dakehu.alerts.errors import UnableToSetNumbers
from dakehu.alerts.forms import BacktestForm, NumbersForm, PlaceForm, ProposeForm
from dakehu.alerts.pages import numbers as pages
from dakehu.alerts.pages import trials
from dakehu.alerts.queries.versions import place_from
from dakehu.alerts.values import PROVINCE, SHIPPED, Place
from dakehu.audit.errors import EditedMeanwhile
from dakehu.people.policies import may, require
from dakehu.ui.lists.addresses import whole_number

PERMISSION = "alerts.rules"


@require_GET
def number_list(request: HttpRequest) -> HttpResponse:
    """The numbers in force as a grid, and all versions."""
    require(request.user, "alerts.view")
    today = timezone.localdate()
    book = queries.book_on(today)
    context = {
        "grid": pages.grid_of(book),
        "version": book.version,
        "versions": pages.version_lines(on=today),
        "may_set": may(request.user, PERMISSION),
    }
    return render(request, "alerts/number_list.html", context)


@require_POST
def number_draft(request: HttpRequest) -> HttpResponse:
    """Begin a draft with the numbers of a version."""
    require(request.user, PERMISSION)
    based_on = whole_number(request.POST.get("based_on", "")) or SHIPPED
    words = _("Based on version %(number)s") % {"number": based_on}
    draft = operations.draft_numbers(
        based_on=based_on, reason=words, by=request.user, at=timezone.now()
    )
    return redirect("alerts:number_edit", draft.number)


@require_GET
def number_detail(request: HttpRequest, number: int) -> HttpResponse:
    """One version: its numbers, where it stands, and what differs from those in force."""
    require(request.user, "alerts.view")
    return show_version(request, number, ProposeForm())


def show_version(
    request: HttpRequest, number: int, form: ProposeForm, *, status: int = 200
) -> HttpResponse:
    """Show a version with what the person can do about it."""
    today, may_set = timezone.localdate(), may(request.user, PERMISSION)
    kept = None if number == SHIPPED else queries.get_set(number)
    state = queries.state_of(kept, on=today) if kept else None
    book, holding = queries.book_of_version(number), queries.book_on(today)
    context = {
        "number": number,
        "kept": kept,
        "line": pages.version_line(kept, on=today) if kept else None,
        "grid": pages.grid_of(book),
        "holding": holding.version,
        "differences": pages.differences(holding, book) if holding.version != number else None,
        "form": form,
        "may_set": may_set,
        "may_edit": may_set and state == SetState.DRAFT,
        "may_publish": may_set
        and state == SetState.PROPOSED
        and kept.proposed_by_id != request.user.pk,
        "is_mine": state == SetState.PROPOSED and kept.proposed_by_id == request.user.pk,
        "may_withdraw": may_set and state in {SetState.DRAFT, SetState.PROPOSED, SetState.COMING},
        **trials_of(request, number),
    }
    return render(request, "alerts/number_detail.html", context, status=status)


def trials_of(request: HttpRequest, number: int) -> dict[str, Any]:
    """Return the trials of a version, and the form of another, for those who may try numbers."""
    if not may(request.user, "alerts.try"):
        return {"may_try": False}
    found = queries.trials_known(request.user).filter(number=number)[:10]
    newest = queries.newest_judged_day() or timezone.localdate()
    return {
        "may_try": True,
        "trials": [trials.trial_line(trial) for trial in found],
        "backtest": BacktestForm(initial=trials.trial_days(newest), auto_id="backtest_%s"),
    }


@require_http_methods(["GET", "POST"])
def number_edit(request: HttpRequest, number: int) -> HttpResponse:
    """The grid of a draft as fields; further places are added as columns."""
    require(request.user, PERMISSION)
    kept = queries.get_set(number)
    if queries.state_of(kept, on=timezone.localdate()) != SetState.DRAFT:
        raise Http404(number)
    book = queries.book_of(kept)
    places = places_of(request, book)
    initial = {"version": kept.version, "reason": kept.reason}
    if request.method == "GET":
        form = NumbersForm(book=book, places=places, initial=initial)
        return show_editor(request, kept, form)
    if "add" in request.POST:
        return with_place(request, kept, book, places)
    form = NumbersForm(request.POST, book=book, places=places)
    if form.is_valid():
        try:
            operations.save_numbers(
                draft=kept,
                book=form.book,
                reason=form.cleaned_data["reason"],
                version=form.cleaned_data["version"],
                by=request.user,
                at=timezone.now(),
            )
        except UnableToSetNumbers as refusal:
            form.add_error(None, str(refusal))
        except EditedMeanwhile:
            form.add_error(
                None,
                _("Somebody else changed this draft. Open it again to see their numbers."),
            )
        else:
            messages.success(request, _("The draft is kept."))
            return redirect("alerts:number", number)
    return show_editor(request, kept, form, status=422)


def with_place(request: HttpRequest, kept: Any, book: Any, places: list[Place]) -> HttpResponse:
    """Show the editor as it was typed, with one more column."""
    asked = PlaceForm(request.POST, known=places)
    if asked.is_valid():
        places = [*places, asked.cleaned_data["place"]]
        asked = PlaceForm(known=places)
    # Bound, so that what was typed stays; its errors belong to saving, not to adding a column.
    form = NumbersForm(request.POST, book=book, places=places)
    return show_editor(request, kept, form, asked=asked, status=422 if asked.errors else 200)


def places_of(request: HttpRequest, book: Any) -> list[Place]:
    """Return the places that have a column: those of the draft, and those added on screen."""
    named = [place_from(key) for key in request.POST.getlist("place")[:60]]
    kept = sorted(override.place for override in book.overrides)
    return [place for place in dict.fromkeys([*kept, *named]) if place != PROVINCE]


def show_editor(
    request: HttpRequest,
    kept: Any,
    form: NumbersForm,
    *,
    asked: PlaceForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show the grid as fields."""
    context = {
        "kept": kept,
        "form": form,
        "grid": pages.grid_of_form(form),
        "places": [place.key for place in form.places if place != PROVINCE],
        "asked": asked or PlaceForm(known=form.places),
    }
    return render(request, "alerts/number_edit.html", context, status=status)


@require_POST
def number_propose(request: HttpRequest, number: int) -> HttpResponse:
    """Ask a second person to publish a draft."""
    require(request.user, PERMISSION)
    form = ProposeForm(request.POST)
    if form.is_valid():
        try:
            operations.propose_numbers(
                draft=queries.get_set(number),
                active_from=form.cleaned_data["active_from"],
                by=request.user,
                at=timezone.now(),
            )
        except UnableToSetNumbers as refusal:
            form.add_error("active_from", str(refusal))
        else:
            messages.success(request, _("Proposed. They hold once somebody else publishes them."))
            return redirect("alerts:number", number)
    return show_version(request, number, form, status=422)


@require_POST
def number_publish(request: HttpRequest, number: int) -> HttpResponse:
    """Let proposed numbers hold."""
    require(request.user, PERMISSION)
    version = whole_number(request.POST.get("version", "")) or 0
    try:
        operations.publish_numbers(
            proposed=queries.get_set(number), version=version, by=request.user, at=timezone.now()
        )
    except UnableToSetNumbers as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Published."))
    return redirect("alerts:number", number)


@require_POST
def number_withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Withdraw a version that does not hold yet."""
    require(request.user, PERMISSION)
    try:
        operations.withdraw_numbers(
            kept=queries.get_set(number), by=request.user, at=timezone.now()
        )
    except UnableToSetNumbers as refusal:
        messages.error(request, str(refusal))
        return redirect("alerts:number", number)
    messages.success(request, _("Withdrawn."))
    return redirect("alerts:numbers")


@require_GET
def number_compare(request: HttpRequest) -> HttpResponse:
    """Two versions beside each other: what differs."""
    require(request.user, "alerts.view")
    numbers = pages.version_numbers()
    left, right = (
        chosen(request, name, numbers, default)
        for name, default in (("left", numbers[-1]), ("right", numbers[0]))
    )
    context = {
        "numbers": numbers,
        "left": left,
        "right": right,
        "differences": pages.differences(
            queries.book_of_version(left), queries.book_of_version(right)
        ),
    }
    return render(request, "alerts/number_compare.html", context)


def chosen(request: HttpRequest, name: str, numbers: list[int], default: int) -> int:
    """Return the version that an address names, if there is such a one."""
    named = whole_number(request.GET.get(name, "")) or default
    return named if named in numbers else default
