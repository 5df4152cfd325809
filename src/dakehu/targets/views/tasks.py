"""Screens of tasks: their list, one task with its result, the panel of a customer (T23)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from dakehu.customers.queries import get_customer
from dakehu.people.policies import require
from dakehu.targets.errors import UnableToRecord
from dakehu.targets.filters import TaskFilter
from dakehu.targets.forms import ResultForm
from dakehu.targets.operations import handing
from dakehu.targets.pages import groups as group_pages
from dakehu.targets.pages import tasks as pages
from dakehu.targets.policies import HANDLE, VIEW
from dakehu.targets.queries import tasks as queries
from dakehu.targets.tables import TaskTable
from dakehu.ui import lists
from dakehu.ui.responses import back, render_page

TASKS = lists.ListScreen(
    name="targets:task_list",
    title=gettext_lazy("Tasks of target groups"),
    permission=VIEW,
    rows=queries.tasks_visible_to,
    table=TaskTable,
    filterset=TaskFilter,
    sorts={"rank": ("rank",), "recorded": ("recorded_at",)},
    default_sort="rank",
    icon="subtask",
    help_text=gettext_lazy("What was handed out about customers, and what came of it."),
    empty_title=gettext_lazy("No tasks"),
    empty_text=gettext_lazy("Hand out a locked target group, or ask for less."),
    row_url=lambda row: reverse("targets:task", args=[row.pk]),
    row_drawer=True,
    export_permission="customers.export",
    personal=True,
)


@require_GET
def task_list(request: HttpRequest) -> HttpResponseBase:
    """The tasks within reach."""
    return lists.show(request, TASKS)


@require_GET
def task_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One task, and what came of it."""
    require(request.user, VIEW)
    task = queries.get_task(request.user, pk)
    begun = {"result": task.result, "note": task.note}
    return shown(request, task, ResultForm(initial=begun, auto_id="result_%s"))


@require_POST
def task_record(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what came of a task."""
    require(request.user, HANDLE)
    task = queries.get_task(request.user, pk)
    form = ResultForm(request.POST, auto_id="result_%s")
    if form.is_valid():
        try:
            handing.record_result(
                task=task, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except UnableToRecord as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Recorded."))
            return back(request, "targets:task", pk)
    return shown(request, task, form)


def shown(request: HttpRequest, task: Any, form: ResultForm) -> HttpResponse:
    """Show one task with the form for its result."""
    page = pages.task_page(task, may_handle=request.user.may(HANDLE))
    return render_page(
        request,
        "targets/task.html",
        "targets/_task.html",
        {"page": page, "form": form},
        status=422 if form.errors else 200,
    )


@require_GET
def customer_panel(request: HttpRequest, customer_id: int) -> HttpResponse:
    """The target groups of a customer and the tasks about it, for the customer's page."""
    require(request.user, VIEW)
    customer = get_customer(request.user, customer_id)
    panel = group_pages.customer_panel(request.user, customer.pk)
    return render(request, "targets/_customer_panel.html", {"panel": panel})
