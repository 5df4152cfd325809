"""Screens of the logs: who saw what, who changed what, and one's own log (P8, P10, promise 3)."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from dakehu.people import queries
from dakehu.people.filters import AccessFilter, ChangeFilter, OwnLogFilter
from dakehu.people.pages import trails as pages
from dakehu.people.policies import require
from dakehu.people.tables import AccessTable, ChangeTable, OwnLogTable
from dakehu.people.views.shares import shareable_of
from dakehu.ui import lists

PERMISSION = "audit.view"

ACCESSES = lists.ListScreen(
    name="people:access_list",
    title=_("Access log"),
    permission=PERMISSION,
    rows=queries.accesses_visible_to,
    table=AccessTable,
    filterset=AccessFilter,
    sorts={"at": ("pk",)},
    default_sort="-at",
    icon="eye-search",
    help_text=_(
        "Who of your units saw, searched, revealed and took away what. Only ever added to, and "
        "sealed every night."
    ),
    empty_text=_("Nobody has looked at anything yet."),
    row_url=pages.subject_url,
    export_permission=PERMISSION,
    personal=True,
)
CHANGES = lists.ListScreen(
    name="people:change_list",
    title=_("Change log"),
    permission=PERMISSION,
    rows=queries.changes_visible_to,
    table=ChangeTable,
    filterset=ChangeFilter,
    sorts={"at": ("pk",)},
    default_sort="-at",
    icon="history",
    help_text=_(
        "Who of your units changed what, from which value to which, and why. Only ever added to, "
        "and sealed every night."
    ),
    empty_text=_("Nothing has been changed yet."),
    row_url=pages.subject_url,
    export_permission=PERMISSION,
    personal=True,
)
OWN_LOG = lists.ListScreen(
    name="people:own_log",
    title=_("My log"),
    permission="desk.view",
    rows=queries.own_changes,
    table=OwnLogTable,
    filterset=OwnLogFilter,
    sorts={"at": ("at",)},
    default_sort="-at",
    icon="notebook",
    help_text=_("What you did, written down by itself; narrow it by period and class."),
    empty_text=_("What you add, change and remove is written down here by itself."),
    row_url=pages.subject_url,
)


@require_GET
def access_list(request: HttpRequest) -> HttpResponseBase:
    """Who saw, searched, revealed and exported what."""
    return lists.show(request, ACCESSES)


@require_GET
def change_list(request: HttpRequest) -> HttpResponseBase:
    """Who changed what."""
    return lists.show(request, CHANGES)


@require_GET
def own_log(request: HttpRequest) -> HttpResponseBase:
    """What the person did, with a count by class of work."""
    require(request.user, "desk.view")
    found = OwnLogFilter(request.GET, queries.own_changes(request.user), request=request)
    counts = pages.class_counts(found.qs) if found.is_valid() else []
    return lists.show(request, OWN_LOG, template="people/own_log.html", counts=counts)


@require_GET
def looks_panel(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Who looked at a record."""
    require(request.user, PERMISSION)
    subject = shareable_of(kind).find(request.user, pk)
    return render(request, "people/_looks_panel.html", {"panel": pages.looks_panel(subject)})
