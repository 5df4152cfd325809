"""Solutions, contracts and talks: written, released, signed, renewed (OP14, OP15)."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dakehu.files.errors import UnableToAttach
from dakehu.opportunities import operations, queries
from dakehu.opportunities.choices import PaperKind
from dakehu.opportunities.errors import UnableToKeepOpportunity
from dakehu.opportunities.filters import ContractFilter
from dakehu.opportunities.forms.papers import (
    ContractForm,
    MeetingForm,
    ReasonForm,
    SolutionForm,
    StampForm,
)
from dakehu.opportunities.pages import papers as pages
from dakehu.opportunities.policies import APPROVE, CREATE, EXPORT, HANDLE, VIEW
from dakehu.opportunities.queries.templates import templates_for, values_for
from dakehu.opportunities.rules.templates import filled
from dakehu.opportunities.tables import ContractTable
from dakehu.opportunities.values import Parts
from dakehu.opportunities.views.passports import Sheet, act_with
from dakehu.people.policies import require
from dakehu.ui import lists
from dakehu.ui.forms import sent

CONTRACTS = lists.ListScreen(
    name="opportunities:contract_list",
    title=gettext_lazy("Contracts"),
    permission=VIEW,
    rows=queries.contracts_visible_to,
    table=ContractTable,
    filterset=ContractFilter,
    sorts={"ends": ("ends_on",), "starts": ("starts_on",)},
    default_sort="ends",
    icon="file-certificate",
    help_text=gettext_lazy("Which contracts there are, when they end, and who renews them."),
    empty_title=gettext_lazy("No contracts"),
    empty_text=gettext_lazy("They are written on the page of a claimed opportunity."),
    row_url=pages.paper_url,
    export_permission=EXPORT,
)


@require_GET
def contract_list(request: HttpRequest) -> HttpResponseBase:
    """The contracts within reach, those that end first first."""
    return lists.show(request, CONTRACTS)


@require_GET
def papers_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """The solutions and contracts of an opportunity, for its page."""
    require(request.user, VIEW)
    found = queries.get_opportunity(request.user, pk)
    panel = pages.papers_panel(request.user, found, on=timezone.localdate())
    return render(request, "opportunities/_papers_panel.html", {"panel": panel})


def leads_to_paper(paper: Any) -> tuple[str, ...]:
    """Return where one goes on after something was done with a paper."""
    return ("opportunities:paper", queries.kind_of(paper).value, paper.pk)


def beginning_of(request: HttpRequest, found: Any) -> dict[str, Any]:
    """Return with what a solution begins: the words that were chosen, else the last version."""
    picked = request.GET.get("template", "")
    if not (picked.isascii() and picked.isdecimal()):
        return {"paper": queries.newest_solution(found)}
    template = next((each for each in templates_for(found) if str(each.pk) == picked), None)
    if template is None:
        raise Http404
    values = values_for(found, by=request.user, at=timezone.now())
    return {"parts": Parts(*(filled(each, values) for each in
                             (template.technical, template.commercial)))}  # fmt: skip


@require_http_methods(["GET", "POST"])
def solution_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the next version of a solution, beginning with the last one."""
    require(request.user, HANDLE)
    found = queries.get_own(request.user, pk)
    form = SolutionForm(sent(request), **beginning_of(request, found))
    sheet = Sheet(
        _("Write a solution"),
        _("Kept as a draft."),
        goal=leads_to_paper,
        links=pages.beginnings_of(found),
    )
    return act_with(
        request,
        found,
        form,
        sheet=sheet,
        act=lambda: operations.write_solution(
            opportunity=found, parts=form.told, by=request.user, at=timezone.now()
        ),
    )


@require_http_methods(["GET", "POST"])
def contract_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a contract."""
    require(request.user, HANDLE)
    found = queries.get_own(request.user, pk)
    form = ContractForm(sent(request), value_fen=found.expected_fen)
    about = _("A second person releases it; then both sides stamp it, and the paper is attached.")
    return act_with(
        request,
        found,
        form,
        sheet=Sheet(_("Write a contract"), _("Kept as a draft."), about, goal=leads_to_paper),
        act=lambda: operations.write_contract(
            opportunity=found, terms=form.told, by=request.user, at=timezone.now()
        ),
    )


@require_http_methods(["GET", "POST"])
def meeting_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a talk with the customer."""
    require(request.user, HANDLE)
    found = queries.get_own(request.user, pk)
    form = MeetingForm(sent(request), initial={"held_on": timezone.localdate()})
    return act_with(
        request,
        found,
        form,
        sheet=Sheet(_("Record a talk"), _("Recorded."), button=_("Record a talk")),
        act=lambda: operations.record_meeting(
            opportunity=found, **form.cleaned_data, by=request.user, at=timezone.now()
        ),
    )


@require_GET
def paper(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """One solution or contract."""
    require(request.user, VIEW)
    found = queries.get_paper(request.user, kind, pk)
    page = pages.paper_page(request.user, found, on=timezone.localdate())
    return render(request, "opportunities/paper.html", {"page": page})


@require_http_methods(["GET", "POST"])
def paper_change(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Change a draft."""
    require(request.user, HANDLE)
    found = own_paper(request, kind, pk)
    form_type: Any = ContractForm if kind == PaperKind.CONTRACT else SolutionForm
    form = form_type(sent(request), paper=found, version=found.version)
    return act_with(
        request,
        found.opportunity,
        form,
        sheet=Sheet(_("Change the draft"), _("Kept."), goal=leads_to_paper),
        act=lambda: operations.change_paper(
            paper=found,
            told=form.told,
            version=form.known_version,
            by=request.user,
            at=timezone.now(),
        ),
    )


def own_paper(request: HttpRequest, kind: str, pk: int) -> Any:
    """
    Return a paper of an opportunity that the person has, or hands out.

    :raises Http404: if there is none such.
    """
    found = queries.get_paper(request.user, kind, pk)
    queries.get_own(request.user, found.opportunity_id)
    return found


def done(request: HttpRequest, found: Any, act: Callable[[], Any], words: str) -> HttpResponse:
    """Do something with a paper at a click, and tell on its page what came of it."""
    try:
        act()
    except (UnableToKeepOpportunity, UnableToAttach) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, words)
    return redirect(*leads_to_paper(found))


@require_POST
def paper_propose(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Ask a second person to release a paper."""
    require(request.user, HANDLE)
    found = own_paper(request, kind, pk)
    act = lambda: operations.propose_paper(paper=found, by=request.user, at=timezone.now())  # noqa: E731
    return done(request, found, act, _("A second person is asked to release it."))


@require_POST
def paper_release(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Release a paper, as a second person."""
    require(request.user, APPROVE)
    found = queries.get_paper(request.user, kind, pk)
    act = lambda: operations.release_paper(paper=found, by=request.user, at=timezone.now())  # noqa: E731
    return done(request, found, act, pgettext("a paper", "Released."))


@require_POST
def paper_document(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Make a Word document of a paper and attach it."""
    require(request.user, "files.attach")
    found = queries.get_paper(request.user, kind, pk)
    act = lambda: operations.document_of(paper=found, by=request.user, at=timezone.now())  # noqa: E731
    return done(request, found, act, _("The document is among the files."))


def ask_why(
    request: HttpRequest, found: Any, sheet: Sheet, act: Callable[[str], Any]
) -> HttpResponse:
    """Ask for the reason of an act, and do it."""
    form = ReasonForm(sent(request))
    told = lambda: act(form.cleaned_data["text"])  # noqa: E731
    return act_with(request, found.opportunity, form, sheet=sheet, act=told)


@require_http_methods(["GET", "POST"])
def paper_send_back(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Send a paper back to whoever wrote it."""
    require(request.user, APPROVE)
    found = queries.get_paper(request.user, kind, pk)
    sheet = Sheet(
        _("Send it back"),
        _("Whoever wrote it can change it now."),
        goal=leads_to_paper,
        button=_("Send it back"),
    )
    return ask_why(
        request,
        found,
        sheet,
        lambda text: operations.send_back(
            paper=found, reason=text, by=request.user, at=timezone.now()
        ),
    )


@require_http_methods(["GET", "POST"])
def paper_withdraw(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Withdraw a paper that is not signed."""
    require(request.user, HANDLE)
    found = own_paper(request, kind, pk)
    about = _("It cannot be used any more; what it said stays readable.")
    sheet = Sheet(
        _("Withdraw the paper"),
        _("It is withdrawn."),
        about,
        goal=leads_to_paper,
        button=_("Withdraw the paper"),
    )
    return ask_why(
        request,
        found,
        sheet,
        lambda text: operations.withdraw_paper(
            paper=found, reason=text, by=request.user, at=timezone.now()
        ),
    )


@require_http_methods(["GET", "POST"])
def contract_sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that both sides stamped a contract."""
    require(request.user, HANDLE)
    found = own_paper(request, PaperKind.CONTRACT, pk)
    form = StampForm(sent(request))
    about = _("The opportunity is won by it. What is left is to hand over and to ask.")
    return act_with(
        request,
        found.opportunity,
        form,
        sheet=Sheet(
            _("Record both stamps"),
            _("Won."),
            about,
            goal=leads_to_paper,
            button=_("Record both stamps"),
        ),
        act=lambda: operations.sign_contract(
            contract=found, stamps=form.told, by=request.user, at=timezone.now()
        ),
    )


@require_POST
def contract_renew(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the renewal of a contract in as an opportunity, and go there."""
    require(request.user, CREATE)
    found = queries.seen_contract(request.user, pk)
    try:
        made = operations.renew_contract(contract=found, by=request.user, at=timezone.now())
    except UnableToKeepOpportunity as refusal:
        messages.error(request, str(refusal))
        return redirect(*leads_to_paper(found))
    messages.success(request, _("The renewal is an opportunity now: %(number)s") % {
        "number": made.number,
    })  # fmt: skip
    return redirect("opportunities:detail", made.pk)


@require_http_methods(["GET", "POST"])
def contract_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that a contract is not to be renewed."""
    require(request.user, HANDLE)
    found = own_paper(request, PaperKind.CONTRACT, pk)
    sheet = Sheet(_("Not to be renewed"), _("Nobody is asked about it any more."),
                  goal=leads_to_paper, button=_("Do not renew"))  # fmt: skip
    return ask_why(
        request,
        found,
        sheet,
        lambda text: operations.let_run_out(
            contract=found, reason=text, by=request.user, at=timezone.now()
        ),
    )
