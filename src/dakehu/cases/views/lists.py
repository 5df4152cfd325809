"""Lists of cases: the queue in its working order, and all of them (K1, K2)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from dakehu.cases import operations, queries
from dakehu.cases.errors import UnableToKeepCase
from dakehu.cases.filters import CaseFilter
from dakehu.cases.pages import cases as pages
from dakehu.cases.policies import CREATE, EXPORT, HANDLE, VIEW
from dakehu.cases.tables import CaseTable, QueueTable
from dakehu.customers.queries import get_customer
from dakehu.people.policies import require
from dakehu.ui import lists

NEW = lists.Action(gettext_lazy("New request"), "plus", "cases:intake", CREATE, primary=True)


def case_url(case: Any) -> str:
    """Return the address of a case."""
    return reverse("cases:detail", args=[case.pk])


QUEUE = lists.ListScreen(
    name="cases:queue",
    title=gettext_lazy("Queue"),
    permission=VIEW,
    rows=queries.queue_visible_to,
    table=QueueTable,
    filterset=CaseFilter,
    sorts={
        "priority": ("turn",),
        "opened": ("opened_at",),
        "due": ("due_at",),
    },
    default_sort="priority",
    icon="list-check",
    help_text=gettext_lazy(
        "What is open, in the order of work: priority, then the nearest deadline, then age."
    ),
    empty_title=gettext_lazy("Nothing is open"),
    empty_text=gettext_lazy("Every request within your reach is done."),
    row_url=case_url,
    actions=(NEW,),
    export_permission=EXPORT,
    is_live=True,
)
CASES = lists.ListScreen(
    name="cases:list",
    title=gettext_lazy("All requests"),
    permission=VIEW,
    rows=queries.cases_visible_to,
    table=CaseTable,
    filterset=CaseFilter,
    sorts={"opened": ("opened_at",)},
    default_sort="-opened",
    icon="folders",
    help_text=gettext_lazy("Open and closed ones, by number, customer, period and kind."),
    empty_title=gettext_lazy("No requests yet"),
    row_url=case_url,
    actions=(NEW,),
    export_permission=EXPORT,
)


@require_GET
def queue(request: HttpRequest) -> HttpResponseBase:
    """What is open, in the order of work, and what is to be taken now."""
    require(request.user, VIEW)
    return lists.show(
        request, QUEUE, template="cases/queue.html", next=pages.next_case(request.user)
    )


@require_GET
def case_list(request: HttpRequest) -> HttpResponseBase:
    """All cases within reach."""
    return lists.show(request, CASES)


@require_POST
def take_next(request: HttpRequest) -> HttpResponse:
    """Take what the working order says is next; whoever is quicker gets it, the other the next."""
    require(request.user, HANDLE)
    for _attempt in range(3):
        found = pages.next_case(request.user).case
        if found is None:
            messages.info(request, _("Nobody waits: every open request has somebody."))
            return redirect("cases:queue")
        try:
            operations.take_case(
                case=found, version=found.version, by=request.user, at=timezone.now()
            )
        except UnableToKeepCase:
            continue
        return redirect("cases:detail", found.pk)
    messages.warning(request, _("Others were quicker. Try again."))
    return redirect("cases:queue")


@require_GET
def customer_panel(request: HttpRequest, customer_id: int) -> HttpResponse:
    """The cases of a customer, for the customer's page."""
    require(request.user, VIEW)
    customer = get_customer(request.user, customer_id)
    panel = pages.customer_panel(request.user, customer, at=timezone.now())
    return render(request, "cases/_customer_panel.html", {"panel": panel})
