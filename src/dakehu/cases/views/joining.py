"""Cases brought together, and taken apart."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dakehu.cases import operations, queries
from dakehu.cases.choices import CaseKind
from dakehu.cases.forms.acting import WhoseForm
from dakehu.cases.forms.joining import How, JoinForm, SplitForm
from dakehu.cases.pages import cases as pages
from dakehu.cases.policies import CREATE, HANDLE
from dakehu.cases.queries import callers
from dakehu.cases.views.cases import act_with
from dakehu.people.policies import require
from dakehu.ui.forms import sent


@require_http_methods(["GET", "POST"])
def case_join(request: HttpRequest, pk: int) -> HttpResponse:
    """Link a case to another, report its fault, or merge it."""
    require(request.user, HANDLE)
    case = queries.get_case(request.user, pk)
    form = JoinForm(sent(request), actor=request.user, initial={"how": How.LINK})

    def join(form: JoinForm) -> None:
        who = {"case": case, "by": request.user, "at": timezone.now()}
        other, how = form.cleaned_data["other"], form.cleaned_data["how"]
        if how == How.MERGE:
            operations.merge_case(into=other, **who)
        elif how == How.REPORT:
            operations.join_fault(parent=other, **who)
        else:
            operations.link_cases(other=other, note=form.cleaned_data["note"], **who)

    sheet = pages.Sheet(_("Bring together"), _("Bring together"), _("Brought together."))
    return act_with(request, case, form, sheet=sheet, act=join)


@require_http_methods(["GET", "POST"])
def case_split(request: HttpRequest, pk: int) -> HttpResponse:
    """Split something off a case, or order support for it."""
    require(request.user, CREATE)
    case = queries.get_case(request.user, pk)
    form = SplitForm(sent(request))

    def split(form: SplitForm) -> None:
        who = {"case": case, "by": request.user, "at": timezone.now()}
        kind, text = form.cleaned_data["kind"], form.cleaned_data["text"]
        if kind == CaseKind.SUPPORT:
            operations.ask_for_support(text=text, **who)
        else:
            operations.split_case(kind=kind, text=text, **who)

    title = _("Support, or something split off")
    about = _("This case cannot be closed before what is split off here is done.")
    sheet = pages.Sheet(title, _("Open it"), _("It waits in the queue of its team."), about)
    return act_with(request, case, form, sheet=sheet, act=split)


@require_http_methods(["GET", "POST"])
def case_whose(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whose a case is: an unknown caller, or a customer who was named wrongly."""
    require(request.user, HANDLE)
    case = queries.get_case(request.user, pk)
    known = callers.caller_words(case.customer) if case.customer else ""
    begun = {"version": case.version, "who": known}
    form = WhoseForm(sent(request), actor=request.user, initial=begun)
    about = _(
        "Level, priority, manager and promised times follow from the customer as if the case had "
        "been theirs from the first word. Whoever works on it keeps it, and its number stays."
    )
    sheet = pages.Sheet(_("Whose case it is"), _("Save"), _("The case is theirs now."), about)
    return act_with(
        request,
        case,
        form,
        sheet=sheet,
        act=lambda form: operations.name_customer(
            case=case,
            version=form.known_version,
            customer=form.customer,
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=timezone.now(),
        ),
    )
