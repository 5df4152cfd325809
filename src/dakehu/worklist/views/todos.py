"""The to-do centre: list, badge, closing, passing on, and the customer's panel (P7)."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from dakehu.common.events import announce
from dakehu.people.policies import require
from dakehu.ui import lists
from dakehu.ui.queries import default_view
from dakehu.ui.responses import back
from dakehu.worklist import operations, pages, queries
from dakehu.worklist.errors import UnableToHandOver
from dakehu.worklist.events import TodosLookedAt
from dakehu.worklist.filters import TodoFilter
from dakehu.worklist.forms import HandOverForm
from dakehu.worklist.tables import TodoTable, todo_url

TODOS = lists.ListScreen(
    name="worklist:list",
    title=gettext_lazy("To-dos"),
    permission="worklist.view",
    rows=queries.todos_visible_to,
    table=TodoTable,
    filterset=TodoFilter,
    sorts={
        "urgency": ("urgency", "due_date"),
        "due": ("due_date",),
        "created": ("created_at",),
        "closed": ("closed_at",),
    },
    default_sort="urgency",
    icon="checklist",
    help_text=gettext_lazy("What is asked of you and your unit, the most urgent first."),
    empty_text=gettext_lazy("Nothing is asked of you. The next night may change that."),
    row_url=todo_url,
    row_drawer=True,
    bulk=(
        lists.BulkAction(
            gettext_lazy("Mark as done"),
            "worklist:close",
            "worklist.act",
            confirm=gettext_lazy(
                "Mark as done? What the to-dos stand for stays as it is; to record an outcome, "
                "open them instead."
            ),
        ),
        lists.BulkAction(
            gettext_lazy("Pass on"),
            "worklist:hand_over",
            "worklist.act",
            icon="user-share",
            drawer=True,
        ),
    ),
    export_permission="worklist.export",
    is_live=True,
)
MINE_FIRST = "?owner=me&state=OPEN"


@require_GET
def todo_list(request: HttpRequest) -> HttpResponseBase:
    """The to-dos within reach; at first one's own that are open, or the person's own view."""
    if not request.GET and not default_view(request.user, TODOS.name):
        require(request.user, TODOS.permission)
        return redirect(reverse(TODOS.name) + MINE_FIRST)
    announce(TodosLookedAt(timezone.now()))
    return lists.show(request, TODOS)


@require_GET
def badge(request: HttpRequest) -> HttpResponse:
    """How many open to-dos the person has, for the top bar."""
    require(request.user, "worklist.view")
    counts = queries.todo_counts(request.user, on=timezone.localdate())
    return render(request, "worklist/_badge.html", {"counts": counts})


@require_POST
def todo_close(request: HttpRequest) -> HttpResponse:
    """Mark the chosen to-dos as done."""
    require(request.user, "worklist.act")
    closed = operations.close_todos(
        todos=lists.chosen(request, TODOS), by=request.user, at=timezone.now()
    )
    words = ngettext("%(count)s to-do is done.", "%(count)s to-dos are done.", closed)
    messages.success(request, words % {"count": closed})
    return back(request, "worklist:list")


@require_POST
def todo_hand_over(request: HttpRequest) -> HttpResponse:
    """Ask to whom the chosen to-dos are passed on; pass them on once that is answered."""
    require(request.user, "worklist.act")
    todos = lists.chosen(request, TODOS)
    answered = "owner" in request.POST
    form = HandOverForm(request.POST if answered else None, actor=request.user)
    if not answered or not form.is_valid():
        context = {"form": form, "count": todos.count(), "posted": lists.posted_choice(request)}
        status = 422 if answered else 200
        return render(request, "worklist/_hand_over.html", context, status=status)
    owner = form.cleaned_data["owner"]
    try:
        moved = operations.hand_over(todos=todos, owner=owner, by=request.user, at=timezone.now())
    except UnableToHandOver as refused:
        raise BadRequest("To-dos are passed on within one's own units.") from refused
    words = ngettext(
        "%(count)s to-do passed on to %(owner)s.",
        "%(count)s to-dos passed on to %(owner)s.",
        moved,
    )
    messages.success(request, words % {"count": moved, "owner": owner})
    return back(request, "worklist:list")


@require_GET
def customer_panel(request: HttpRequest, customer_id: int) -> HttpResponse:
    """The open to-dos of one customer, for the customer's page."""
    require(request.user, "worklist.view")
    lines: list[Any] = pages.customer_todos(request.user, customer_id, on=timezone.localdate())
    return render(request, "worklist/_customer_panel.html", {"lines": lines})
