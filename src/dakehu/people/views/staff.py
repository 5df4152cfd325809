"""Screens of staff: the list (M1)."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from dakehu.people import queries
from dakehu.people.filters import StaffFilter
from dakehu.people.policies import require
from dakehu.people.tables import StaffTable
from dakehu.ui import lists
from dakehu.ui.picking import words_of

STAFF = lists.ListScreen(
    name="people:staff_list",
    title=_("Staff"),
    permission="people.view",
    rows=queries.staff_visible_to,
    table=StaffTable,
    filterset=StaffFilter,
    sorts={
        "name": ("name",),
        "username": ("username",),
        "staff_no": ("staff_no",),
        "role": ("role",),
        "last_login": ("last_login",),
    },
    default_sort="username",
    icon="id-badge-2",
    help_text=_("People whom only the city files know cannot log in until they get a password."),
    empty_text=_("Managers appear here as soon as a city's files name them."),
)


@require_GET
def staff_list(request: HttpRequest) -> HttpResponseBase:
    """The staff of the units that concern the person."""
    return lists.show(request, STAFF)


@require_GET
def staff_options(request: HttpRequest) -> HttpResponse:
    """Suggestions for a box in which a person is picked."""
    require(request.user, "desk.view")
    typed = request.GET.get(request.GET.get("box", ""), "")
    found = queries.people_suggested(request.user, typed)
    options = [words_of(person) for person in found]
    return render(request, "ui/widgets/_pick_options.html", {"options": options})
