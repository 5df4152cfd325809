"""Asking customers: the draw, the list of who was asked, and calls (G2)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dakehu.people.policies import require
from dakehu.surveys import operations, queries
from dakehu.surveys.errors import UnableToSurvey
from dakehu.surveys.filters import InvitationFilter
from dakehu.surveys.forms import AnswerForm, DeclineForm, SampleForm
from dakehu.surveys.pages import customer_url, invitation_page
from dakehu.surveys.policies import EXPORT, HANDLE, PUBLISH, VIEW
from dakehu.surveys.tables import InvitationTable
from dakehu.surveys.views.surveys import UNPROCESSABLE, refuse
from dakehu.ui import lists
from dakehu.ui.forms import sent

SEED_LENGTH = 8
SORTS = {"asked": ("asked_at",)}

INVITATIONS = lists.ListScreen(
    name="surveys:invitations",
    title=gettext_lazy("Who was asked"),
    permission=VIEW,
    rows=queries.invitations_visible_to,
    table=InvitationTable,
    filterset=InvitationFilter,
    sorts=SORTS,
    default_sort="-asked",
    icon="users",
    help_text=gettext_lazy("Every customer who was asked, and what they scored."),
    empty_title=gettext_lazy("Nobody was asked yet"),
    row_url=lambda row: reverse("surveys:invitation", args=[row.pk]),
    export_permission=EXPORT,
    personal=True,
)
CALLS = lists.ListScreen(
    name="surveys:calls",
    title=gettext_lazy("To be called"),
    permission=HANDLE,
    rows=queries.calls_waiting_for,
    table=InvitationTable,
    filterset=InvitationFilter,
    sorts=SORTS,
    default_sort="asked",
    icon="phone",
    help_text=gettext_lazy("Customers whom a survey asks on the telephone."),
    empty_title=gettext_lazy("Nobody is to be called"),
    row_url=lambda row: reverse("surveys:call", args=[row.pk]),
)


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Draw a sample: first as a trial that tells how many, then in earnest."""
    require(request.user, PUBLISH)
    survey = queries.get_survey(request.user, pk)
    begun = {"seed": get_random_string(SEED_LENGTH), "known": survey.invitations.count()}
    form = SampleForm(sent(request), actor=request.user, initial=begun)
    tried = None
    if form.is_bound and form.is_valid():
        is_trial = "try" in request.POST
        try:
            tried = operations.ask_customers(
                survey=survey,
                sample=form.sample,
                by=request.user,
                at=timezone.now(),
                known=form.cleaned_data["known"],
                is_trial=is_trial,
            )
        except UnableToSurvey as refusal:
            refuse(form, refusal)
        else:
            if not is_trial:
                words = _("%(count)s customers are asked.") % {"count": tried.asked}
                messages.success(request, words)
                return redirect("surveys:survey", pk)
    context = {"survey": survey, "form": form, "tried": tried}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "surveys/ask.html", context, status=status)


@require_GET
def invitation_list(request: HttpRequest) -> HttpResponseBase:
    """Who was asked, within reach."""
    return lists.show(request, INVITATIONS)


@require_GET
def call_list(request: HttpRequest) -> HttpResponseBase:
    """Who is to be called, within reach."""
    return lists.show(request, CALLS)


@require_GET
def invitation_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What one customer was asked and answered."""
    require(request.user, VIEW)
    page = invitation_page(queries.get_invitation(request.user, pk))
    return render(request, "surveys/invitation.html", {"page": page})


@require_http_methods(["GET", "POST"])
def call(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask a customer on the telephone, and write down what they say."""
    require(request.user, HANDLE)
    invitation = queries.get_invitation(request.user, pk)
    form = AnswerForm(sent(request), questions=queries.questions_of(invitation.survey))
    if form.is_bound and form.is_valid():
        try:
            operations.take_answers(
                invitation=invitation, given=form.given, by=request.user, at=timezone.now()
            )
        except UnableToSurvey as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Recorded."))
            return redirect(CALLS.name)
    context = {
        "invitation": invitation,
        "form": form,
        "decline": DeclineForm(),
        "customer_url": customer_url(invitation),
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "surveys/call.html", context, status=status)


@require_POST
def call_decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that a customer did not want to answer, or could not be reached."""
    require(request.user, HANDLE)
    invitation = queries.get_invitation(request.user, pk)
    form = DeclineForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say what became of the call."))
        return redirect("surveys:call", pk)
    try:
        operations.decline(
            invitation=invitation,
            state=form.cleaned_data["state"],
            by=request.user,
            at=timezone.now(),
        )
    except UnableToSurvey as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Recorded."))
    return redirect(CALLS.name)
