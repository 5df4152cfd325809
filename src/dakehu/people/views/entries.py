"""The lines of a person's file: shown, added, changed, removed, restored (M1, M4)."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dakehu.audit.errors import EditedMeanwhile
from dakehu.people import operations, policies, queries
from dakehu.people.choices import ENTRY_KINDS
from dakehu.people.errors import UnableToKeepEntry
from dakehu.people.forms import ENTRY_FORMS
from dakehu.people.pages import files
from dakehu.people.pages.forms import FormPage, one_section
from dakehu.people.views.forms import refuse, show_form
from dakehu.ui import conflicts
from dakehu.ui.forms import sent
from dakehu.ui.responses import back, wants_fragment


@require_GET
def panel(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The lines of one kind in a person's file."""
    policies.require_file(request.user, pk)
    found = files.entries_panel(request.user, pk, kind)
    return render(request, "people/_entries_panel.html", {"panel": found})


def kept_file(request: HttpRequest, pk: int) -> Any:
    """Return the person whose file the actor keeps.

    :raises PermissionDenied: if the actor does not keep it.
    """
    policies.require(request.user, "people.files")
    staff = queries.get_staff(request.user, pk)
    if not policies.may_keep_file(request.user, staff):
        raise PermissionDenied("people.files")
    return staff


@require_http_methods(["GET", "POST"])
def entry_add(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Add a line to a person's file."""
    staff = kept_file(request, pk)
    form = ENTRY_FORMS[kind](sent(request), actor=request.user)
    if form.is_valid():
        try:
            operations.add_entry(
                staff, kind=kind, values=form.values, by=request.user, at=timezone.now()
            )
        except UnableToKeepEntry as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Added to the file."))
            return back(request, "people:staff_file", pk)
    return show_form(request, form, entry_page(form, staff, kind, submit=_("Add")))


@require_http_methods(["GET", "POST"])
def entry_change(request: HttpRequest, pk: int, kind: str, entry_pk: int) -> HttpResponse:
    """Change a line of a person's file."""
    staff = kept_file(request, pk)
    entry = queries.get_entry(staff, kind, entry_pk)
    form = ENTRY_FORMS[kind](sent(request), actor=request.user, entry=entry)
    if form.is_valid():
        try:
            operations.change_entry(
                entry,
                values=form.values,
                version=form.known_version,
                by=request.user,
                at=timezone.now(),
            )
        except EditedMeanwhile as clash:
            return conflicts.show(request, form, clash)
        except UnableToKeepEntry as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return back(request, "people:staff_file", pk)
    return show_form(request, form, entry_page(form, staff, kind, submit=_("Save")))


def entry_page(form: Any, staff: Any, kind: str, *, submit: str) -> FormPage:
    """Return the frame of the form of a line."""
    return FormPage(
        title=f"{ENTRY_KINDS[kind].title} · {staff.name}",
        submit=submit,
        back=reverse("people:staff_file", args=[staff.pk]),
        sections=one_section(form),
    )


@require_POST
def entry_remove(request: HttpRequest, pk: int, kind: str, entry_pk: int) -> HttpResponse:
    """Take a line out of a person's file; the panel keeps the way to bring it back."""
    staff = kept_file(request, pk)
    entry = queries.get_entry(staff, kind, entry_pk)
    operations.remove_entry(entry, by=request.user, at=timezone.now())
    return answer(request, pk, kind)


@require_POST
def entry_restore(request: HttpRequest, pk: int, kind: str, entry_pk: int) -> HttpResponse:
    """Bring a line back that was taken out."""
    staff = kept_file(request, pk)
    entry = queries.get_entry(staff, kind, entry_pk)
    try:
        operations.restore_entry(entry, by=request.user, at=timezone.now())
    except UnableToKeepEntry as refusal:
        return answer(request, pk, kind, refusal=str(refusal))
    return answer(request, pk, kind)


def answer(request: HttpRequest, pk: int, kind: str, *, refusal: str = "") -> HttpResponse:
    """Return the panel as it is now; without scripts, the page."""
    if not wants_fragment(request):
        if refusal:
            messages.error(request, refusal)
        return back(request, "people:staff_file", pk)
    found = files.entries_panel(request.user, pk, kind)
    return render(request, "people/_entries_panel.html", {"panel": found, "refusal": refusal})
