"""Planned days: a month of them, and moving one by hand or with the mouse."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dakehu.obligations import operations
from dakehu.obligations.forms import MoveForm, WhoseForm
from dakehu.obligations.pages.calendar import plan_page
from dakehu.obligations.pages.details import obligation_facts
from dakehu.obligations.policies import EDIT, VIEW
from dakehu.obligations.queries import boards
from dakehu.obligations.views.acts import opened, show, tried
from dakehu.people.policies import require
from dakehu.ui.forms import sent
from dakehu.ui.responses import back


@require_GET
def calendar(request: HttpRequest) -> HttpResponse:
    """A month of planned days: one's own, or those of somebody within reach."""
    require(request.user, VIEW)
    form = WhoseForm(request.GET or None, actor=request.user)
    person = (form.cleaned_data["staff"] if form.is_valid() else None) or request.user
    on = timezone.localdate()
    page = plan_page(request.user, person, month_in(request, on), on=on)
    return render(request, "obligations/calendar.html", {"page": page, "form": form})


def month_in(request: HttpRequest, on: date) -> date:
    """Return the first day of the month that the address names, else of this one."""
    try:
        return date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        return on.replace(day=1)


@require_POST
def obligation_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan what is owed for another day."""
    require(request.user, EDIT)
    obligation = boards.get_obligation(request.user, pk)
    form = MoveForm(sent(request), planned=obligation.planned[obligation.done :])

    def move() -> Any:
        return operations.move_day(
            obligation=obligation, **form.cleaned_data, by=request.user, at=timezone.now()
        )

    if tried(form, move):
        messages.success(request, _("Planned for %(day)s.") % {"day": form.cleaned_data["day"]})
        return back(request, "obligations:calendar")
    facts = obligation_facts(obligation)
    entries = opened(request.user, facts, obligation, move=form)
    address = reverse("obligations:detail", args=[pk])
    return show(request, facts.title, None, facts=facts, entries=entries, address=address)
