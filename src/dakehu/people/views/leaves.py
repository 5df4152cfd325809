"""Leave: who is away and who stands in, entered by oneself or by the leader (M1, M7)."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dakehu.audit.errors import EditedMeanwhile
from dakehu.people import operations, policies, queries
from dakehu.people.errors import UnableToPlanLeave
from dakehu.people.filters import LeaveFilter
from dakehu.people.forms import LeaveForm
from dakehu.people.pages import files
from dakehu.people.pages.forms import FormPage, one_section
from dakehu.people.tables import LeaveTable
from dakehu.people.views.forms import refuse, show_form
from dakehu.ui import conflicts, lists
from dakehu.ui.forms import sent
from dakehu.ui.responses import back


def file_url(leave: Any) -> str:
    """Return the address of the file of the person who is away."""
    return reverse("people:staff_file", args=[leave.staff_id])


LEAVES = lists.ListScreen(
    name="people:leave_list",
    title=gettext_lazy("Leave and deputies"),
    permission="people.view",
    rows=queries.leaves_visible_to,
    table=LeaveTable,
    filterset=LeaveFilter,
    sorts={"starts_at": ("starts_at",), "ends_at": ("ends_at",)},
    default_sort="-starts_at",
    icon="beach",
    help_text=gettext_lazy("Who is away when, and who sees their customers meanwhile."),
    empty_title=gettext_lazy("Nobody is away"),
    empty_text=gettext_lazy("Leave is entered on a person's page, by themselves or their leader."),
    row_url=file_url,
)


@require_GET
def leave_list(request: HttpRequest) -> HttpResponseBase:
    """The leaves of the people within reach."""
    return lists.show(request, LEAVES)


@require_GET
def leave_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """The leaves of one person."""
    policies.require_file(request.user, pk)
    staff = queries.get_staff(request.user, pk)
    context = {
        "staff": staff,
        "lines": files.leave_lines(staff, at=timezone.now()),
        "may_plan": policies.may_plan_leave(request.user, staff),
    }
    return render(request, "people/_leave_panel.html", context)


def person_to_plan_for(request: HttpRequest, pk: int) -> Any:
    """Return the person for whom the actor may enter leave.

    :raises PermissionDenied: if the actor may not.
    """
    policies.require_file(request.user, pk)
    staff = queries.get_staff(request.user, pk)
    if not policies.may_plan_leave(request.user, staff):
        raise PermissionDenied("people.files")
    return staff


@require_http_methods(["GET", "POST"])
def leave_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter a leave."""
    staff = person_to_plan_for(request, pk)
    form = LeaveForm(sent(request), staff=staff)
    if form.is_valid():
        at = timezone.now()
        try:
            leave = operations.plan_leave(staff, absence=form.absence, by=request.user, at=at)
        except UnableToPlanLeave as refusal:
            refuse(form, refusal)
        else:
            return planned(request, staff, leave)
    return show_form(request, form, leave_page(form, staff, submit=_("Enter the leave")))


@require_http_methods(["GET", "POST"])
def leave_change(request: HttpRequest, pk: int, leave_pk: int) -> HttpResponse:
    """Change a leave that is not over."""
    staff = person_to_plan_for(request, pk)
    leave = queries.get_leave(staff, leave_pk)
    form = LeaveForm(sent(request), staff=staff, leave=leave)
    if form.is_valid():
        try:
            operations.change_leave(
                leave,
                absence=form.absence,
                version=form.known_version,
                by=request.user,
                at=timezone.now(),
            )
        except EditedMeanwhile as clash:
            return conflicts.show(request, form, clash)
        except UnableToPlanLeave as refusal:
            refuse(form, refusal)
        else:
            return planned(request, staff, leave)
    return show_form(request, form, leave_page(form, staff, submit=_("Save")))


def planned(request: HttpRequest, staff: Any, leave: Any) -> HttpResponse:
    """Report what was entered, and warn of whom the person should stand in for meanwhile."""
    messages.success(request, _("The leave is entered."))
    if leave.deputy is None:
        messages.warning(request, _("Nobody stands in: the customers wait until the end."))
    period = {"starts_at": leave.starts_at, "ends_at": leave.ends_at}
    covered = queries.covered_by(staff, **period)
    if covered:
        words = ngettext(
            "In those days %(name)s is to stand in for %(others)s. Name another deputy there.",
            "In those days %(name)s is to stand in for %(others)s. Name other deputies there.",
            len(covered),
        )
        others = _(", ").join(each.staff.name for each in covered)
        messages.warning(request, words % {"name": staff.name, "others": others})
    return back(request, "people:staff_file", staff.pk)


def leave_page(form: LeaveForm, staff: Any, *, submit: str) -> FormPage:
    """Return the frame of the form of a leave."""
    return FormPage(
        title=_("Leave of %(name)s") % {"name": staff.name},
        submit=submit,
        icon="beach",
        back=reverse("people:staff_file", args=[staff.pk]),
        sections=one_section(form),
    )


@require_POST
def leave_end(request: HttpRequest, pk: int, leave_pk: int) -> HttpResponse:
    """End a leave now, or cancel one that has not begun."""
    staff = person_to_plan_for(request, pk)
    leave = queries.get_leave(staff, leave_pk)
    try:
        operations.end_leave(leave, by=request.user, at=timezone.now())
    except UnableToPlanLeave as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The leave has ended."))
    return back(request, "people:staff_file", pk)
