"""Words of solutions: written and kept by the operations center, released by two (OP14)."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dakehu.audit.errors import EditedMeanwhile
from dakehu.opportunities import operations
from dakehu.opportunities.choices import PLACE_WORDS, TEMPLATE_TONES, TemplateState
from dakehu.opportunities.errors import UnableToKeepOpportunity
from dakehu.opportunities.filters import TemplateFilter
from dakehu.opportunities.forms.templates import TemplateForm
from dakehu.opportunities.policies import APPROVE, ASSIGN, HANDLE
from dakehu.opportunities.queries.templates import (
    get_template,
    template_title,
    templates_visible_to,
)
from dakehu.opportunities.tables import TemplateTable
from dakehu.people.policies import may, require
from dakehu.ui import conflicts, lists
from dakehu.ui.forms import sent

UNPROCESSABLE = 422

TEMPLATES = lists.ListScreen(
    name="opportunities:template_list",
    title=gettext_lazy("Templates of solutions"),
    permission=HANDLE,
    rows=templates_visible_to,
    table=TemplateTable,
    filterset=TemplateFilter,
    sorts={"name": ("name", "-number")},
    default_sort="name",
    icon="template",
    help_text=gettext_lazy(
        "Words with which solutions begin, for each product, in versions released by two."
    ),
    empty_title=gettext_lazy("No templates of solutions yet"),
    empty_text=gettext_lazy("What every solution of a product says is written once here."),
    row_url=lambda row: reverse("opportunities:template", args=[row.pk]),
    actions=(
        lists.Action(
            gettext_lazy("Add a template"), "plus", "opportunities:template_new", ASSIGN, True
        ),
    ),
)


@require_GET
def template_list(request: HttpRequest) -> HttpResponseBase:
    """The words of solutions, every version."""
    return lists.show(request, TEMPLATES)


@require_GET
def template_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One version of the words of solutions."""
    require(request.user, HANDLE)
    found = get_template(request.user, pk)
    is_draft = found.state == TemplateState.DRAFT
    is_own = found.written_by_id == request.user.pk
    keeps = may(request.user, ASSIGN)
    context = {
        "template": found,
        "title": template_title(found),
        "tone": TEMPLATE_TONES[found.state],
        "may_change": keeps and is_draft,
        "may_release": is_draft and not is_own and may(request.user, APPROVE),
        "may_follow": keeps and not is_draft,
        "may_withdraw": keeps and found.state != TemplateState.WITHDRAWN,
        "waits": is_draft,
    }
    return render(request, "opportunities/template.html", context)


@require_http_methods(["GET", "POST"])
def template_new(request: HttpRequest) -> HttpResponse:
    """Write the first version of words."""
    require(request.user, ASSIGN)
    return written(request, TemplateForm(sent(request)), _("Add a template"))


@require_http_methods(["GET", "POST"])
def template_next(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the next version of words."""
    require(request.user, ASSIGN)
    form = TemplateForm(sent(request), template=get_template(request.user, pk))
    return written(request, form, _("Write the next version"))


def written(request: HttpRequest, form: TemplateForm, title: str) -> HttpResponse:
    """Keep a new version as a draft, or show its form with what is wrong."""
    if form.is_bound and form.is_valid():
        try:
            made = operations.write_template(wording=form.told, by=request.user, at=timezone.now())
        except UnableToKeepOpportunity as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Kept as a draft."))
            return redirect("opportunities:template", made.pk)
    return shown(request, form, title)


@require_http_methods(["GET", "POST"])
def template_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the words of a draft."""
    require(request.user, ASSIGN)
    found = get_template(request.user, pk)
    form = TemplateForm(sent(request), template=found, is_kept=True)
    if form.is_bound and form.is_valid():
        try:
            operations.change_template(
                template=found,
                wording=form.told,
                version=form.known_version,
                by=request.user,
                at=timezone.now(),
            )
        except EditedMeanwhile as clash:
            return conflicts.show(request, form, clash)
        except UnableToKeepOpportunity as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("opportunities:template", pk)
    return shown(request, form, _("Edit the template"))


def shown(request: HttpRequest, form: TemplateForm, title: str) -> HttpResponse:
    """Show the form of words, with what its places stand for."""
    status = UNPROCESSABLE if form.is_bound else 200
    places = [(f"{{{name}}}", words) for name, words in PLACE_WORDS.items()]
    context = {"form": form, "title": title, "places": places}
    return render(request, "opportunities/template_form.html", context, status=status)


@require_POST
def template_release(request: HttpRequest, pk: int) -> HttpResponse:
    """Let solutions begin with a draft, as a second person."""
    require(request.user, APPROVE)
    words = _("Released. Solutions may begin with it from now on.")
    return dealt(request, pk, operations.release_template, words)


@require_POST
def template_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Let nothing begin with words any more."""
    require(request.user, ASSIGN)
    return dealt(request, pk, operations.withdraw_template, _("Nothing begins with it any more."))


def dealt(request: HttpRequest, pk: int, act: Callable[..., Any], words: str) -> HttpResponse:
    """Do something with words of solutions, and tell what came of it."""
    found = get_template(request.user, pk)
    try:
        act(template=found, by=request.user, at=timezone.now())
    except UnableToKeepOpportunity as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, words)
    return redirect("opportunities:template", pk)
