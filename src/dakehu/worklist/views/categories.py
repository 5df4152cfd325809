"""The classes of work that the work log offers, named by the operator (P9)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dakehu.audit.errors import EditedMeanwhile
from dakehu.people.policies import require
from dakehu.ui import conflicts, lists
from dakehu.ui.forms import sent
from dakehu.ui.responses import back
from dakehu.worklist import operations, pages, queries
from dakehu.worklist.filters import CategoryListFilter
from dakehu.worklist.forms import CategoryForm
from dakehu.worklist.tables import CategoryTable
from dakehu.worklist.views.log import show

PERMISSION = "worklist.categories"

CATEGORIES = lists.ListScreen(
    name="worklist:category_list",
    title=gettext_lazy("Classes of work"),
    permission=PERMISSION,
    rows=lambda actor: queries.all_categories(),
    table=CategoryTable,
    filterset=CategoryListFilter,
    sorts={"name": ("position",)},
    default_sort="name",
    icon="category",
    help_text=gettext_lazy("By which the work log is kept and counted."),
    empty_title=gettext_lazy("No class of work"),
    row_url=lambda category: reverse("worklist:category_edit", args=[category.pk]),
    row_drawer=True,
    actions=(
        lists.Action(
            gettext_lazy("Add a class"),
            "plus",
            "worklist:category_add",
            PERMISSION,
            primary=True,
            drawer=True,
        ),
    ),
)


@require_GET
def category_list(request: HttpRequest) -> HttpResponseBase:
    """Every class of work."""
    return lists.show(request, CATEGORIES)


@require_http_methods(["GET", "POST"])
def category_add(request: HttpRequest) -> HttpResponse:
    """Add a class of work."""
    require(request.user, PERMISSION)
    form = CategoryForm(sent(request))
    if form.is_bound and form.is_valid():
        operations.add_category(category=form.instance, by=request.user, at=timezone.now())
        return done(request, _("Added."))
    return show(request, pages.Sheet(_("Add a class of work"), form, reverse(CATEGORIES.name)))


@require_http_methods(["GET", "POST"])
def category_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what a class of work is called."""
    require(request.user, PERMISSION)
    category: Any = queries.get_category(pk)
    form = CategoryForm(sent(request), instance=category)
    if form.is_bound and form.is_valid():
        try:
            operations.edit_category(
                category=form.instance,
                version=form.known_version,
                by=request.user,
                at=timezone.now(),
            )
        except EditedMeanwhile as clash:
            return conflicts.show(request, form, clash)
        return done(request, _("Saved."))
    title = _("Edit the class of work")
    sheet = pages.Sheet(title, form, reverse(CATEGORIES.name), category=category)
    return show(request, sheet)


@require_POST
def category_retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer a class of work no more."""
    require(request.user, PERMISSION)
    category = queries.get_category(pk)
    operations.retire_category(category=category, by=request.user, at=timezone.now())
    return done(request, _("No longer offered; what was recorded under it stays."))


@require_POST
def category_restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer a class of work again."""
    require(request.user, PERMISSION)
    category = queries.get_category(pk)
    operations.restore_category(category=category, by=request.user, at=timezone.now())
    return done(request, _("Offered again."))


def done(request: HttpRequest, words: str) -> HttpResponse:
    """Report what was done, and go back to the list."""
    messages.success(request, words)
    return back(request, CATEGORIES.name)
