"""Screens of staff: the list (M1)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from dakehu.people import queries
from dakehu.people.filters import RemovedStaffFilter, StaffFilter
from dakehu.people.policies import require
from dakehu.people.tables import RemovedStaffTable, StaffTable
from dakehu.ui import lists
from dakehu.ui.picking import words_of


def file_url(staff: Any) -> str:
    """Return the address of a person's page."""
    return reverse("people:staff_file", args=[staff.pk])


STAFF = lists.ListScreen(
    name="people:staff_list",
    title=_("Staff"),
    permission="people.view",
    rows=queries.staff_listed,
    table=StaffTable,
    filterset=StaffFilter,
    sorts={
        "name": ("name",),
        "username": ("username",),
        "staff_no": ("staff_no",),
        "role": ("role",),
        "unit": ("unit__path", "name"),
        "joined_on": ("joined_on",),
        "capacity": ("capacity",),
        "last_login": ("last_login",),
    },
    default_sort="unit",
    icon="id-badge-2",
    help_text=_("People whom only the city files know cannot log in until they get a password."),
    empty_text=_("Managers appear here as soon as a city's files name them."),
    row_url=file_url,
    actions=(
        lists.Action(_("Removed people"), "trash", "people:staff_removed", "people.manage"),
        lists.Action(
            _("Add a person"), "user-plus", "people:staff_add", "people.manage", primary=True
        ),
    ),
    export_permission="people.view",
    personal=True,
)
REMOVED = lists.ListScreen(
    name="people:staff_removed",
    title=_("Removed people"),
    permission="people.manage",
    rows=queries.removed_staff,
    table=RemovedStaffTable,
    filterset=RemovedStaffFilter,
    sorts={"removed_at": ("removed_at",), "name": ("name",)},
    default_sort="-removed_at",
    icon="trash",
    help_text=_("Open a file to bring the person back."),
    empty_title=_("Nobody was removed"),
    row_url=file_url,
)


@require_GET
def staff_list(request: HttpRequest) -> HttpResponseBase:
    """The staff of the units that concern the person."""
    return lists.show(request, STAFF)


@require_GET
def staff_removed(request: HttpRequest) -> HttpResponseBase:
    """The people who were removed."""
    return lists.show(request, REMOVED)


@require_GET
def staff_options(request: HttpRequest) -> HttpResponse:
    """Suggestions for a box in which a person is picked."""
    require(request.user, "desk.view")
    typed = request.GET.get(request.GET.get("box", ""), "")
    found = queries.people_suggested(request.user, typed)
    options = [words_of(person) for person in found]
    return render(request, "ui/widgets/_pick_options.html", {"options": options})
