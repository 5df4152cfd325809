"""Screens of invitations: the guest list, inviting, answers, attendance, what follows."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dakehu.care.choices import INVITING_LISTS
from dakehu.care.errors import UnableToInvite
from dakehu.care.filters import InvitationFilter
from dakehu.care.forms.events import AnswerForm, EventFollowUpForm, GuestForm, InviteForm
from dakehu.care.operations import invitations as operations
from dakehu.care.pages import events as pages
from dakehu.care.pages.visits import Sheet
from dakehu.care.policies import EXPORT, VIEW, WRITE
from dakehu.care.queries import events as queries
from dakehu.care.tables import InvitationTable
from dakehu.care.values import Invited
from dakehu.care.views.visits import refuse, show
from dakehu.customers.queries import customers_visible_to
from dakehu.people.policies import require
from dakehu.ui import lists
from dakehu.ui.forms import sent
from dakehu.ui.responses import back

UNPROCESSABLE = 422
INVITATIONS = lists.ListScreen(
    name="care:invitation_list",
    title=gettext_lazy("Guests"),
    permission=VIEW,
    rows=queries.invitations_visible_to,
    table=InvitationTable,
    filterset=InvitationFilter,
    sorts={"day": ("event__day",), "customer": ("customer__number",)},
    default_sort="-day",
    icon="users-group",
    help_text=gettext_lazy("Who is invited to which event, what they said, who was there."),
    empty_title=gettext_lazy("Nobody is invited yet"),
    empty_text=gettext_lazy(
        "Choose customers in a list of customers or in a target group, and invite them."
    ),
    row_url=lambda row: reverse("care:invitation", args=[row.pk]),
    actions=(lists.Action(gettext_lazy("Events"), "calendar-star", "care:event_list", VIEW),),
    bulk=(
        lists.BulkAction(
            gettext_lazy("Was there"),
            "care:invitation_came",
            WRITE,
            confirm=gettext_lazy("Record that the chosen guests were there?"),
            icon="user-check",
        ),
        lists.BulkAction(
            gettext_lazy("Stayed away"),
            "care:invitation_absent",
            WRITE,
            confirm=gettext_lazy("Record that the chosen guests stayed away?"),
            icon="user-x",
        ),
    ),
    export_permission=EXPORT,
    personal=True,
)


@require_GET
def invitation_list(request: HttpRequest) -> HttpResponseBase:
    """The guests of events within reach."""
    return lists.show(request, INVITATIONS)


@require_POST
def invite(request: HttpRequest) -> HttpResponse:
    """Ask to which event the customers chosen in a list are invited; then invite them."""
    require(request.user, WRITE)
    screen = lists.posted_screen(request, *INVITING_LISTS)
    require(request.user, screen.permission)
    rows = lists.chosen(request, screen)
    form = InviteForm(request.POST if "event" in request.POST else None, actor=request.user)
    if form.is_bound and form.is_valid():
        keys = rows.order_by().values(INVITING_LISTS[screen.name])
        try:
            done = operations.invite(
                event=form.cleaned_data["event"],
                customers=customers_visible_to(request.user).filter(pk__in=keys),
                guests=form.cleaned_data["guests"],
                by=request.user,
                at=timezone.now(),
            )
        except UnableToInvite as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, told(done))
            return redirect("care:event", form.cleaned_data["event"].pk)
    context = {"form": form, "count": rows.count(), "chosen": lists.posted_choice(request)}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "care/invite.html", context, status=status)


def told(done: Invited) -> str:
    """Return in words what inviting did."""
    words = ngettext("%(new)s guest was invited.", "%(new)s guests were invited.", done.new)
    said = [words % {"new": done.new}]
    if done.known:
        said.append(_("%(known)s were invited already.") % {"known": done.known})
    if done.gone:
        said.append(_("%(gone)s have left and are not invited.") % {"gone": done.gone})
    if done.refused:
        words = _("%(refused)s want no such messages and are not invited.")
        said.append(words % {"refused": done.refused})
    return " ".join(said)


@require_http_methods(["GET", "POST"])
def guest_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Invite one more customer by number."""
    require(request.user, WRITE)
    event = queries.get_event(request.user, pk)
    form = GuestForm(sent(request), actor=request.user)
    sheet = Sheet(
        _("Invite a customer"),
        form,
        reverse("care:event", args=[pk]),
        about=f"{event.title} · {event.day:%Y-%m-%d}",
        submit=_("Invite"),
        icon="user-plus",
    )
    if form.is_bound and form.is_valid():
        customer = form.cleaned_data["number"]
        try:
            done = operations.invite(
                event=event,
                customers=customers_visible_to(request.user).filter(pk=customer.pk),
                guests=form.cleaned_data["guests"],
                by=request.user,
                at=timezone.now(),
            )
        except UnableToInvite as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, told(done))
            return redirect("care:event", pk)
    return show(request, sheet)


@require_GET
def invitation_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One invitation."""
    require(request.user, VIEW)
    invitation = queries.get_invitation(request.user, pk)
    page = pages.invitation_page(request.user, invitation, on=timezone.localdate())
    return render(request, "care/invitation.html", {"page": page})


@require_http_methods(["GET", "POST"])
def invitation_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what a guest said."""
    require(request.user, WRITE)
    invitation: Any = queries.get_invitation(request.user, pk)
    initial = {"seats": invitation.seats, "state": invitation.state, "note": invitation.note}
    form = AnswerForm(sent(request), initial=initial, auto_id="answer_%s")
    sheet = Sheet(
        _("Answer"),
        form,
        reverse("care:invitation", args=[pk]),
        about=f"{invitation.customer} · {invitation.event}",
    )
    if form.is_bound and form.is_valid():
        try:
            kept = operations.answer_invitation(
                invitation=invitation, answer=form.told, by=request.user, at=timezone.now()
            )
        except UnableToInvite as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, str(kept.get_state_display()))
            return redirect("care:invitation", pk)
    return show(request, sheet)


@require_POST
def came(request: HttpRequest) -> HttpResponse:
    """Record that the chosen guests were there."""
    return mark(request, came=True)


@require_POST
def stayed_away(request: HttpRequest) -> HttpResponse:
    """Record that the chosen guests stayed away."""
    return mark(request, came=False)


def mark(request: HttpRequest, *, came: bool) -> HttpResponse:
    """Record attendance of the chosen guests, all or none."""
    require(request.user, WRITE)
    rows = lists.chosen(request, INVITATIONS)
    try:
        count = operations.mark_attendance(
            invitations=rows, came=came, by=request.user, at=timezone.now()
        )
    except UnableToInvite as refusal:
        messages.error(request, str(refusal))
    else:
        words = ngettext("%(count)s guest recorded.", "%(count)s guests recorded.", count)
        messages.success(request, words % {"count": count})
    return back(request, INVITATIONS.name)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an invitation back."""
    require(request.user, WRITE)
    invitation = queries.get_invitation(request.user, pk)
    try:
        operations.withdraw_invitation(invitation=invitation, by=request.user, at=timezone.now())
    except UnableToInvite as refusal:
        messages.error(request, str(refusal))
        return redirect("care:invitation", pk)
    messages.success(request, _("The invitation was withdrawn."))
    return redirect("care:event", invitation.event_id)


@require_http_methods(["GET", "POST"])
def follow_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for what an event left to do at a guest."""
    require(request.user, WRITE)
    invitation: Any = queries.get_invitation(request.user, pk)
    form = EventFollowUpForm(sent(request))
    sheet = Sheet(
        _("What is to follow"),
        form,
        reverse("care:invitation", args=[pk]),
        about=f"{invitation.customer} · {invitation.event}",
    )
    if form.is_bound and form.is_valid():
        try:
            operations.ask_follow_up(
                invitation=invitation,
                text=form.cleaned_data["follow_up"],
                day=form.cleaned_data["follow_up_day"],
                by=request.user,
                at=timezone.now(),
            )
        except UnableToInvite as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Whoever looks after the customer is asked."))
            return redirect("care:invitation", pk)
    return show(request, sheet)
