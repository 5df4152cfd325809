"""Screens of festivals and of what greetings say (C9)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dakehu.audit.errors import EditedMeanwhile
from dakehu.care.errors import UnableToGreet
from dakehu.care.filters import FestivalFilter, WordingFilter
from dakehu.care.forms.greetings import FestivalForm, WordingForm
from dakehu.care.operations import greetings as operations
from dakehu.care.pages.visits import Sheet
from dakehu.care.policies import RULES
from dakehu.care.queries import greetings as queries
from dakehu.care.tables import FestivalTable, WordingTable
from dakehu.care.views.visits import refuse, show
from dakehu.people.policies import require
from dakehu.ui import conflicts, lists
from dakehu.ui.forms import sent

FESTIVALS = lists.ListScreen(
    name="care:festival_list",
    title=gettext_lazy("Festivals"),
    permission=RULES,
    rows=lambda actor: queries.all_festivals(),
    table=FestivalTable,
    filterset=FestivalFilter,
    sorts={"name": ("pk",)},
    default_sort="name",
    icon="confetti",
    help_text=gettext_lazy("On which days customers are greeted; lunar ones move by themselves."),
    empty_title=gettext_lazy("No festivals"),
    row_url=lambda row: reverse("care:festival_edit", args=[row.pk]),
    actions=(
        lists.Action(
            gettext_lazy("Add a festival"), "plus", "care:festival_add", RULES, primary=True
        ),
    ),
)
WORDINGS = lists.ListScreen(
    name="care:wording_list",
    title=gettext_lazy("Wordings"),
    permission=RULES,
    rows=lambda actor: queries.wordings(),
    table=WordingTable,
    filterset=WordingFilter,
    sorts={"kind": ("kind",)},
    default_sort="kind",
    icon="quote",
    help_text=gettext_lazy("What greetings say until somebody words one anew."),
    empty_title=gettext_lazy("No wordings"),
    row_url=lambda row: reverse("care:wording_edit", args=[row.pk]),
    actions=(
        lists.Action(
            gettext_lazy("Add a wording"), "plus", "care:wording_add", RULES, primary=True
        ),
    ),
)


@require_GET
def festival_list(request: HttpRequest) -> HttpResponseBase:
    """Every festival."""
    return lists.show(request, FESTIVALS)


@require_GET
def wording_list(request: HttpRequest) -> HttpResponseBase:
    """What greetings say."""
    return lists.show(request, WORDINGS)


@require_http_methods(["GET", "POST"])
def festival_add(request: HttpRequest) -> HttpResponse:
    """Add a festival."""
    return keep_festival(request, FestivalForm(sent(request)), _("Add a festival"))


@require_http_methods(["GET", "POST"])
def festival_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a festival."""
    require(request.user, RULES)
    form = FestivalForm(sent(request), instance=queries.get_festival(pk))
    return keep_festival(request, form, _("Edit the festival"))


def keep_festival(request: HttpRequest, form: Any, title: str) -> HttpResponse:
    """Store a festival, or show its form with what is wrong."""
    return keep(request, form, title, FESTIVALS.name, operations.keep_festival, "festival")


@require_POST
def festival_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a festival no more, or again."""
    require(request.user, RULES)
    operations.drop_festival(festival=queries.get_festival(pk), by=request.user, at=timezone.now())
    messages.success(request, _("Saved."))
    return redirect(FESTIVALS.name)


@require_http_methods(["GET", "POST"])
def wording_add(request: HttpRequest) -> HttpResponse:
    """Add a wording."""
    form = WordingForm(sent(request))
    return keep(
        request, form, _("Add a wording"), WORDINGS.name, operations.keep_wording, "wording"
    )


@require_http_methods(["GET", "POST"])
def wording_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a wording."""
    require(request.user, RULES)
    form = WordingForm(sent(request), instance=queries.get_wording(pk))
    title = _("Edit the wording")
    return keep(request, form, title, WORDINGS.name, operations.keep_wording, "wording")


def keep(
    request: HttpRequest, form: Any, title: str, name: str, operation: Any, record: str
) -> HttpResponse:
    """Store a record of the rules by its operation, or show its form with what is wrong."""
    require(request.user, RULES)
    if form.is_bound and form.is_valid():
        try:
            operation(
                **{record: form.instance},
                version=form.known_version,
                by=request.user,
                at=timezone.now(),
            )
        except EditedMeanwhile as clash:
            return conflicts.show(request, form, clash)
        except UnableToGreet as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect(name)
    dropped = form.instance if record == "festival" and form.instance.pk else None
    return show(request, Sheet(title, form, reverse(name), festival=dropped))
