"""The page of a person, and what is done with a whole file (M1)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dakehu.audit.errors import EditedMeanwhile
from dakehu.common.events import announce
from dakehu.people import operations, queries
from dakehu.people.errors import (
    UnableToCreateStaff,
    UnableToKeepStaff,
    UnableToRelease,
    UnableToRemoveOneself,
)
from dakehu.people.forms import NewStaffForm, ReasonForm, StaffForm, field_labels
from dakehu.people.pages import files
from dakehu.people.pages.forms import FormPage, one_section
from dakehu.people.policies import require, require_file
from dakehu.people.values import NewStaff
from dakehu.people.views.forms import refuse, show_form
from dakehu.ui import conflicts
from dakehu.ui.events import RecordOpened
from dakehu.ui.forms import sent

NAMED = ("username", "name", "role", "staff_no")


@require_GET
def my_file(request: HttpRequest) -> HttpResponse:
    """One's own file."""
    return redirect("people:staff_file", request.user.pk)


@require_GET
def staff_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one person."""
    require_file(request.user, pk)
    staff = queries.get_staff(request.user, pk)
    if staff.pk != request.user.pk:
        announce(RecordOpened(actor=request.user, subject=staff, at=timezone.now()))
    page = files.staff_page(request.user, staff)
    return render(request, "people/staff_file.html", {"page": page})


@require_GET
def basics_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """Who a person is: basics, communication, personal."""
    require_file(request.user, pk)
    staff = queries.get_staff(request.user, pk)
    return render(request, "people/_basics_panel.html", {"staff": staff})


@require_GET
def staff_changes_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """What was changed about a person, when and by whom."""
    require_file(request.user, pk)
    lines = files.change_lines(queries.get_staff(request.user, pk), field_labels())
    return render(request, "people/_changes_panel.html", {"lines": lines})


@require_http_methods(["GET", "POST"])
def staff_add(request: HttpRequest) -> HttpResponse:
    """Add a person."""
    require(request.user, "people.manage")
    at = timezone.now()
    form = NewStaffForm(sent(request), actor=request.user, on=timezone.localdate(at))
    if form.is_valid():
        entered = form.cleaned_data
        try:
            made = operations.create_staff(
                NewStaff(**{name: entered[name] for name in NAMED}),
                unit=entered["unit"],
                by=request.user,
                at=at,
                details=entered,
            )
        except (UnableToCreateStaff, UnableToKeepStaff) as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("%(name)s was added.") % {"name": made.name})
            return redirect("people:staff_file", made.pk)
    page = FormPage(
        title=_("Add a person"),
        submit=_("Add"),
        icon="user-plus",
        back=reverse("people:staff_list"),
        sections=form.sections(),
        hint=_("Without a password the person cannot log in yet."),
    )
    return show_form(request, form, page)


@require_http_methods(["GET", "POST"])
def staff_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Complete or correct what the file says of a person."""
    require(request.user, "people.manage")
    staff = queries.get_staff(request.user, pk)
    at = timezone.now()
    form = StaffForm(sent(request), staff=staff, actor=request.user, on=timezone.localdate(at))
    if form.is_valid():
        try:
            operations.change_staff(
                staff,
                values=form.cleaned_data,
                version=form.known_version,
                by=request.user,
                at=at,
            )
        except EditedMeanwhile as clash:
            return conflicts.show(request, form, clash)
        except UnableToKeepStaff as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("people:staff_file", pk)
    page = FormPage(
        title=_("Change the file of %(name)s") % {"name": staff.name},
        submit=_("Save"),
        back=reverse("people:staff_file", args=[pk]),
        sections=form.sections(),
    )
    return show_form(request, form, page)


@require_http_methods(["GET", "POST"])
def staff_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a person on whom nothing hangs; ask first, and say what does."""
    return release(request, pk, is_removal=True)


@require_http_methods(["GET", "POST"])
def staff_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a person's account; ask first, and say what hangs on the person."""
    return release(request, pk, is_removal=False)


def release(request: HttpRequest, pk: int, *, is_removal: bool) -> HttpResponse:
    """Remove a person or close the account, once nothing hangs on the person any more."""
    require(request.user, "people.manage")
    staff = queries.get_staff(request.user, pk)
    form = ReasonForm(sent(request))
    held = queries.held_by("staff", staff)
    if form.is_valid():
        act = operations.remove_staff if is_removal else operations.close_account
        try:
            act(staff, by=request.user, at=timezone.now(), reason=form.cleaned_data["reason"])
        except (UnableToRelease, UnableToRemoveOneself) as refusal:
            refuse(form, refusal)
        else:
            words = _("%(name)s was removed.") if is_removal else _("The account is closed.")
            messages.success(request, words % {"name": staff.name})
            return redirect("people:staff_list" if is_removal else staff_url(pk))
    return show_form(request, form, release_page(staff, form, held=held, is_removal=is_removal))


def release_page(staff: object, form: ReasonForm, *, held: list, is_removal: bool) -> FormPage:  # type: ignore[type-arg]
    """Return the frame of the question whether somebody shall go."""
    words = {"name": staff}
    return FormPage(
        title=(_("Remove %(name)s") if is_removal else _("Close the account of %(name)s")) % words,
        submit=_("Remove") if is_removal else _("Close the account"),
        icon="user-minus" if is_removal else "lock",
        back=staff_url(staff.pk),  # type: ignore[attr-defined]
        sections=one_section(form),
        hint=_("The file is kept and can be restored.")
        if is_removal
        else _("The file stays as it is; the person can no longer log in."),
        held=held,
        is_final=True,
    )


def staff_url(pk: int) -> str:
    """Return the address of a person's page."""
    return reverse("people:staff_file", args=[pk])


@require_POST
def staff_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a closed account again."""
    require(request.user, "people.manage")
    staff = queries.get_staff(request.user, pk)
    operations.open_account(staff, by=request.user, at=timezone.now())
    messages.success(request, _("The account is open again."))
    return redirect("people:staff_file", pk)


@require_POST
def staff_restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring a removed person back."""
    require(request.user, "people.manage")
    staff = queries.get_staff(request.user, pk)
    operations.restore_staff(staff, by=request.user, at=timezone.now())
    messages.success(request, _("Restored. The account stays closed until you open it."))
    return redirect("people:staff_file", pk)
