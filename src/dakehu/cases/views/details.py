"""Steps of a coverage need, rows of a batch, words on a serious fault, the return visit."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from dakehu.cases import operations, queries
from dakehu.cases.choices import CoverageStep
from dakehu.cases.errors import UnableToKeepCase
from dakehu.cases.forms import details as forms
from dakehu.cases.pages import cases as pages
from dakehu.cases.policies import HANDLE, PUBLISH
from dakehu.cases.views.cases import act_with
from dakehu.people.policies import require
from dakehu.ui.forms import sent


@require_http_methods(["GET", "POST"])
def case_step(request: HttpRequest, pk: int) -> HttpResponse:
    """The next step of a network-coverage need (C1)."""
    require(request.user, HANDLE)
    case = queries.get_case(request.user, pk)
    stage = queries.coverage_of(case)
    if stage is None:
        raise Http404
    step = CoverageStep(request.GET.get("step") or pages.next_step(stage.step))
    form, act = step_of(request, case, stage, step)
    title = str(step.label)
    sheet = pages.Sheet(title, _("Record"), _("The step is recorded."))
    return act_with(request, case, form, sheet=sheet, act=act)


def step_of(
    request: HttpRequest, case: Any, stage: Any, step: CoverageStep
) -> tuple[Any, Callable[[Any], Any]]:
    """Return the form of a step, and what it does."""
    who = {"case": case, "by": request.user, "at": timezone.now()}
    if step == CoverageStep.ASSIGNED:
        form: Any = forms.AssignForm(sent(request), actor=request.user, case=case)
        return form, lambda form: operations.assign_coverage(**form.cleaned_data, **who)
    if step == CoverageStep.REPLIED:
        begun = {"measures": stage.measures, "expected_on": stage.expected_on}
        form = forms.ReplyForm(sent(request), initial=begun)
        return form, lambda form: operations.reply_on_coverage(**form.cleaned_data, **who)
    form = forms.PlanForm(sent(request), initial={"plan": stage.plan})
    return form, lambda form: operations.plan_coverage(**form.cleaned_data, **who)


@require_POST
def case_rows(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what came of rows of a batch."""
    require(request.user, HANDLE)
    case = queries.get_case(request.user, pk)
    form = forms.RowsForm(request.POST, lines=queries.open_lines_of(case))
    if not form.is_valid():
        messages.error(request, _("Choose rows that are still open."))
        return redirect("cases:detail", pk)
    typed = form.cleaned_data
    try:
        count = operations.settle_rows(
            case=case,
            lines=typed["lines"],
            failed=typed["note"] if typed["failed"] else None,
            by=request.user,
            at=timezone.now(),
        )
    except UnableToKeepCase as refusal:
        messages.error(request, str(refusal))
    else:
        words = ngettext("%(count)s row is settled.", "%(count)s rows are settled.", count)
        messages.success(request, words % {"count": count})
    return redirect("cases:detail", pk)


@require_http_methods(["GET", "POST"])
def case_announce(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell every channel what to say of a serious fault."""
    require(request.user, PUBLISH)
    case = queries.get_case(request.user, pk)
    notice = queries.notice_of(case)
    begun = {"wording": notice.wording, "back_at": notice.back_at} if notice else {}
    form = forms.NoticeForm(sent(request), initial=begun)
    about = _("Whoever takes a fault sees these words, and joins the caller to this case.")
    sheet = pages.Sheet(
        _("Announce the fault"), _("Announce"), _("Every channel says this now."), about
    )
    return act_with(
        request,
        case,
        form,
        sheet=sheet,
        act=lambda form: operations.announce_fault(
            case=case, **form.cleaned_data, by=request.user, at=timezone.now()
        ),
    )


@require_POST
def case_notice_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop telling the channels what to say of a fault."""
    require(request.user, PUBLISH)
    case = queries.get_case(request.user, pk)
    operations.end_notice(case=case, by=request.user, at=timezone.now())
    messages.success(request, _("The channels say nothing of it any more."))
    return redirect("cases:detail", pk)


@require_http_methods(["GET", "POST"])
def case_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the fault analysis report."""
    require(request.user, PUBLISH)
    case = queries.get_case(request.user, pk)
    notice = queries.notice_of(case)
    form = forms.ReportForm(sent(request), initial={"report": notice.analysis if notice else ""})
    sheet = pages.Sheet(_("Fault analysis report"), _("Save"), _("The report is kept."))
    return act_with(
        request,
        case,
        form,
        sheet=sheet,
        act=lambda form: operations.report_fault(
            case=case, report=form.cleaned_data["report"], by=request.user, at=timezone.now()
        ),
    )


@require_http_methods(["GET", "POST"])
def case_visit(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what the customer said after closing (R10)."""
    require(request.user, HANDLE)
    case = queries.get_case(request.user, pk)
    form = forms.VisitForm(sent(request))
    answers = {forms.SOLVED: True, forms.UNSOLVED: False, forms.UNREACHED: None}
    sheet = pages.Sheet(_("Return visit"), _("Record"), _("The return visit is recorded."))
    return act_with(
        request,
        case,
        form,
        sheet=sheet,
        act=lambda form: operations.record_visit(
            case=case,
            said=operations.Said(
                answers[form.cleaned_data["is_solved"]],
                form.cleaned_data["satisfaction"],
                form.cleaned_data["note"],
            ),
            by=request.user,
            at=timezone.now(),
        ),
    )
