"""The ladder of a case, and support ordered for it (R5, CH11)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from dakehu.cases import operations, queries
from dakehu.cases.forms.orders import ProgressForm, RaiseForm, SupportForm
from dakehu.cases.pages import cases as case_pages
from dakehu.cases.pages import orders as pages
from dakehu.cases.policies import CREATE, HANDLE, VIEW
from dakehu.cases.queries.ladder import rung_of, support_of
from dakehu.cases.views.cases import act_with
from dakehu.people.policies import require
from dakehu.ui.forms import sent


@require_GET
def ladder_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """The ladder of a case with its work orders, for the case's page."""
    require(request.user, VIEW)
    case = queries.get_case(request.user, pk)
    panel = pages.ladder_of(request.user, case)
    return render(request, "cases/_ladder_panel.html", {"panel": panel})


@require_http_methods(["GET", "POST"])
def case_raise(request: HttpRequest, pk: int) -> HttpResponse:
    """Raise a case to a higher rung."""
    require(request.user, HANDLE)
    case = queries.get_case(request.user, pk)
    begun = {"version": case.version}
    form = RaiseForm(sent(request), actor=request.user, now=rung_of(case), initial=begun)
    title = _("Raise the case")
    about = _("A case raised to the rung on site needs a work order before it can be closed.")
    return act_with(
        request,
        case,
        form,
        sheet=case_pages.Sheet(title, title, _("The case is raised."), about),
        act=lambda form: operations.raise_case(
            case=case,
            version=form.known_version,
            rung=form.cleaned_data["rung"],
            record=form.cleaned_data["record"],
            reason=form.cleaned_data["reason"],
            unit=form.cleaned_data["unit"],
            by=request.user,
            at=timezone.now(),
        ),
    )


@require_http_methods(["GET", "POST"])
def case_support(request: HttpRequest, pk: int) -> HttpResponse:
    """Order support from the operations centre."""
    require(request.user, CREATE)
    case = queries.get_case(request.user, pk)
    form = SupportForm(sent(request))
    title = _("Order support")
    about = _("The order waits at the team that leads support; its answer comes back here.")
    return act_with(
        request,
        case,
        form,
        sheet=case_pages.Sheet(title, _("Order"), _("Support is ordered."), about),
        act=lambda form: operations.order_support(
            case=case, **form.cleaned_data, by=request.user, at=timezone.now()
        ),
    )


@require_http_methods(["GET", "POST"])
def case_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """Report how far a support order is."""
    require(request.user, HANDLE)
    case = queries.get_case(request.user, pk)
    if support_of(case) is None:
        raise Http404
    title = _("Report progress")
    return act_with(
        request,
        case,
        ProgressForm(sent(request)),
        sheet=case_pages.Sheet(title, _("Report"), _("Reported.")),
        act=lambda form: operations.report_progress(
            case=case, text=form.cleaned_data["text"], by=request.user, at=timezone.now()
        ),
    )
