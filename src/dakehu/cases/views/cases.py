"""One case: its page, and what is done with it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dakehu.cases import operations, queries
from dakehu.cases.choices import ActKind
from dakehu.cases.errors import UnableToKeepCase
from dakehu.cases.forms.acting import CloseForm, GiveForm, ReasonForm, TalkForm
from dakehu.cases.pages import cases as pages
from dakehu.cases.policies import HANDLE, VIEW
from dakehu.cases.values import Passing, Talk
from dakehu.clocks.choices import ClockKind
from dakehu.people.policies import require
from dakehu.ui import panels
from dakehu.ui.forms import sent
from dakehu.ui.lists.addresses import whole_number
from dakehu.ui.responses import back, render_page

UNPROCESSABLE = 422


@require_GET
def case_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One case: where it stands, what was done, what can be done."""
    require(request.user, VIEW)
    case = queries.get_case(request.user, pk)
    return shown(request, case, TalkForm())


def shown(request: HttpRequest, case: Any, form: TalkForm, *, status: int = 200) -> HttpResponse:
    """Show a case with the form for the next talk."""
    page = pages.case_page(request.user, case, at=timezone.now())
    held = panels.panels_for("case", request.user, case.kind)
    context = {"page": page, "form": form, "panels": held}
    return render(request, "cases/case.html", context, status=status)


@require_POST
def case_talk(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what was said to the customer, or note something within."""
    require(request.user, HANDLE)
    case = queries.get_case(request.user, pk)
    form = TalkForm(request.POST)
    if form.is_valid():
        typed = form.cleaned_data
        try:
            keep_talk(request, case, typed)
        except UnableToKeepCase as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Recorded."))
            return redirect("cases:detail", pk)
    return shown(request, case, form, status=UNPROCESSABLE)


def keep_talk(request: HttpRequest, case: Any, typed: dict[str, Any]) -> None:
    """Keep a talk, or a note that no customer hears of."""
    if typed["kind"] == ActKind.NOTE:
        operations.note_on(case=case, text=typed["text"], by=request.user, at=timezone.now())
        return
    answers = (ClockKind.INITIAL_ANSWER.value,) if typed["is_initial"] else ()
    talk = Talk(typed["kind"], typed["text"], answers)
    operations.talk_to_customer(case=case, talk=talk, by=request.user, at=timezone.now())


Act = Callable[..., Any]


def act_at_once(request: HttpRequest, pk: int, act: Act, words: str) -> HttpResponse:
    """Do something with a case that needs no more than a click; a refusal is told in words."""
    require(request.user, HANDLE)
    case = queries.get_case(request.user, pk)
    version = whole_number(request.POST.get("version", "")) or case.version
    try:
        act(case=case, version=version, by=request.user, at=timezone.now())
    except UnableToKeepCase as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, words)
    return back(request, "cases:detail", pk)


@require_POST
def case_take(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a case."""
    return act_at_once(request, pk, operations.take_case, _("The case is yours."))


@require_POST
def case_go_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the clocks run again."""
    return act_at_once(request, pk, operations.go_on, _("The clocks run again."))


def act_with(
    request: HttpRequest, case: Any, form: Any, *, sheet: pages.Sheet, act: Callable[[Any], Any]
) -> HttpResponse:
    """Ask what an act needs, in the drawer or as a page; do it once that is answered."""
    if form.is_bound and form.is_valid():
        try:
            act(form)
        except UnableToKeepCase as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            messages.success(request, sheet.words)
            return back(request, "cases:detail", case.pk)
    context = {"case": case, "form": form, "sheet": sheet}
    status = UNPROCESSABLE if form.errors else 200
    return render_page(request, "cases/sheet.html", "cases/_sheet.html", context, status=status)


@require_http_methods(["GET", "POST"])
def case_give(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand a case over to somebody, or to another team."""
    require(request.user, HANDLE)
    case = queries.get_case(request.user, pk)
    begun = {"version": case.version}
    form = GiveForm(sent(request), actor=request.user, case=case, initial=begun)
    return act_with(
        request,
        case,
        form,
        sheet=pages.Sheet(_("Hand over"), _("Hand over"), _("Handed over.")),
        act=lambda form: operations.give_case(
            case=case,
            version=form.known_version,
            to=Passing(**{name: form.cleaned_data[name] for name in ("owner", "unit", "reason")}),
            by=request.user,
            at=timezone.now(),
        ),
    )


def with_reason(request: HttpRequest, pk: int, act: Act, sheet: pages.Sheet) -> HttpResponse:
    """Do something with a case for a reason."""
    require(request.user, HANDLE)
    case = queries.get_case(request.user, pk)
    form = ReasonForm(sent(request), initial={"version": case.version})
    return act_with(
        request,
        case,
        form,
        sheet=sheet,
        act=lambda form: act(
            case=case,
            version=form.known_version,
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=timezone.now(),
        ),
    )


@require_http_methods(["GET", "POST"])
def case_wait(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the clocks stand still while the customer has to do something."""
    title = _("Wait for the customer")
    about = _("The clocks stand still until you go on. Say what the customer has to do.")
    sheet = pages.Sheet(title, title, _("The clocks stand still."), about)
    return with_reason(request, pk, operations.wait_for_customer, sheet)


@require_http_methods(["GET", "POST"])
def case_put_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a case back into the queue."""
    title = _("Back into the queue")
    sheet = pages.Sheet(title, title, _("The case waits in the queue."))
    return with_reason(request, pk, operations.put_back, sheet)


@require_http_methods(["GET", "POST"])
def case_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a closed case again."""
    title = _("Open again")
    sheet = pages.Sheet(title, title, _("The case is open again; its clocks begin anew."))
    return with_reason(request, pk, operations.reopen_case, sheet)


@require_http_methods(["GET", "POST"])
def case_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a case with what came of it."""
    require(request.user, HANDLE)
    case = queries.get_case(request.user, pk)
    form = CloseForm(sent(request), initial={"version": case.version})
    return act_with(
        request,
        case,
        form,
        sheet=pages.Sheet(
            _("Close the case"), pgettext("of a case", "Close"), _("The case is closed.")
        ),
        act=lambda form: operations.close_case(
            case=case,
            version=form.known_version,
            ending=operations.Ending(
                form.cleaned_data["result"],
                form.cleaned_data["cause"],
                form.cleaned_data["answer"],
            ),
            by=request.user,
            at=timezone.now(),
        ),
    )
