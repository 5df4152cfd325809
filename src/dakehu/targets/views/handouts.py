"""Screens of hand-outs: preview and order, progress, taking one back (T23)."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dakehu.people.policies import require
from dakehu.targets import jobs
from dakehu.targets.errors import UnableToHandOut, UnableToLock
from dakehu.targets.forms import OrderForm
from dakehu.targets.operations import handing
from dakehu.targets.pages import tasks as pages
from dakehu.targets.policies import HAND_OUT, VIEW
from dakehu.targets.queries import groups as group_queries
from dakehu.targets.queries import tasks as queries
from dakehu.ui.responses import render_page

DAYS = 14


@require_http_methods(["GET", "HEAD", "POST"])
def hand_out_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what is to be done, look at who would be asked, and hand out."""
    require(request.user, HAND_OUT)
    group = group_queries.get_group(request.user, pk)
    due = timezone.localdate() + timedelta(days=DAYS)
    if request.method == "POST":
        form = OrderForm(request.POST, kind=group.kind)
    else:
        form = OrderForm(initial=OrderForm.beginning(group.kind, due=due), kind=group.kind)
    order = form.order() if form.is_bound and form.is_valid() else None
    if order and request.POST.get("act") == "hand-out":
        try:
            asked = jobs.hand_out(group, order=order, by=request.user, at=timezone.now())
        except (UnableToHandOut, UnableToLock) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The tasks are being handed out."))
            return redirect("targets:hand_out", asked.pk)
    context = {
        "group": group,
        "form": form,
        "preview": pages.preview_of(request.user, group, order),
        "is_previewed": order is not None,
    }
    return render(
        request, "targets/hand_out_new.html", context, status=422 if form.errors else 200
    )


@require_GET
def hand_out_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a hand-out is, and what came of it."""
    require(request.user, VIEW)
    page = pages.hand_out_page(request.user, queries.get_hand_out(request.user, pk))
    return render_page(
        request, "targets/hand_out.html", "targets/_hand_out_body.html", {"page": page}
    )


@require_POST
def hand_out_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a hand-out back that nobody has begun."""
    require(request.user, HAND_OUT)
    hand_out = queries.get_hand_out(request.user, pk)
    try:
        count = handing.undo_hand_out(hand_out=hand_out, by=request.user, at=timezone.now())
    except (UnableToHandOut, UnableToLock) as refusal:
        messages.error(request, str(refusal))
    else:
        said = ngettext(
            "Taken back: %(count)s task is needed no more.",
            "Taken back: %(count)s tasks are needed no more.",
            count,
        )
        messages.success(request, said % {"count": count})
    return redirect("targets:hand_out", pk)


@require_POST
def hand_out_go_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a hand-out that was broken off go on."""
    require(request.user, HAND_OUT)
    hand_out = queries.get_hand_out(request.user, pk)
    try:
        jobs.go_on(hand_out, by=request.user, at=timezone.now())
    except (UnableToHandOut, UnableToLock) as refusal:
        messages.error(request, str(refusal))
    return redirect("targets:hand_out", pk)
