"""Articles as they are kept: drafted, proposed, published, withdrawn (G4)."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dakehu.audit.errors import EditedMeanwhile
from dakehu.messaging import operations, pages, queries
from dakehu.messaging.choices import ArticleState
from dakehu.messaging.errors import UnableToKeepArticle
from dakehu.messaging.filters import VersionFilter
from dakehu.messaging.forms import ArticleForm, NoteForm
from dakehu.messaging.policies import PUBLISH, WRITE
from dakehu.messaging.tables import VersionTable
from dakehu.people.policies import require
from dakehu.ui import conflicts, lists
from dakehu.ui.forms import sent
from dakehu.ui.lists.addresses import whole_number
from dakehu.ui.responses import back

UNPROCESSABLE = 422

VERSIONS = lists.ListScreen(
    name="messaging:version_list",
    title=gettext_lazy("Keep articles"),
    permission=WRITE,
    rows=queries.kept_versions,
    table=VersionTable,
    filterset=VersionFilter,
    sorts={"title": ("title",), "drafted": ("drafted_at",), "failed": ("article__failed",)},
    default_sort="-drafted",
    icon="edit",
    help_text=gettext_lazy("Drafts, what waits for a second person, what holds, what was taken."),
    empty_title=gettext_lazy("No version"),
    row_url=lambda version: reverse("messaging:version", args=[version.pk]),
    actions=(
        lists.Action(
            gettext_lazy("Write an article"), "plus", "messaging:article_add", WRITE, primary=True
        ),
    ),
    bulk=(
        lists.BulkAction(
            gettext_lazy("Propose"),
            "messaging:versions_propose",
            WRITE,
            confirm=gettext_lazy("Ask a second person to publish the chosen drafts?"),
            icon="send",
        ),
        lists.BulkAction(
            gettext_lazy("Withdraw"),
            "messaging:versions_withdraw",
            WRITE,
            confirm=gettext_lazy("Withdraw the chosen versions? Nobody reads them any more."),
            icon="eye-off",
        ),
        lists.BulkAction(
            gettext_lazy("Restore"),
            "messaging:versions_restore",
            WRITE,
            confirm=gettext_lazy("Restore the chosen versions? What was published is read again."),
            icon="arrow-back-up",
        ),
    ),
)


@require_GET
def version_list(request: HttpRequest) -> HttpResponseBase:
    """Every version but the replaced."""
    return lists.show(request, VERSIONS)


@require_http_methods(["GET", "POST"])
def article_add(request: HttpRequest) -> HttpResponse:
    """Begin an article."""
    require(request.user, WRITE)
    form = ArticleForm(sent(request))
    if form.is_bound and form.is_valid():
        made = operations.draft_article(version=form.instance, by=request.user, at=timezone.now())
        messages.success(request, _("The draft is kept. Propose it when it is ready."))
        return redirect("messaging:version", made.pk)
    address = reverse("messaging:article_list")
    return show_form(request, pages.Sheet(_("Write an article"), form, address))


@require_POST
def article_revise(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin another version of an article, or go on with the one being worked on."""
    require(request.user, WRITE)
    article = queries.get_article(request.user, pk, on=timezone.localdate())
    draft = operations.revise_article(article=article, by=request.user, at=timezone.now())
    name = "version_edit" if draft.state == ArticleState.DRAFT else "version"
    return redirect(f"messaging:{name}", draft.pk)


@require_GET
def version(request: HttpRequest, pk: int) -> HttpResponse:
    """One version: where it stands, what it changes, what can be done with it."""
    require(request.user, WRITE)
    return show_version(request, queries.get_version(request.user, pk), NoteForm())


@require_http_methods(["GET", "POST"])
def version_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a draft."""
    require(request.user, WRITE)
    draft: Any = queries.get_version(request.user, pk)
    if draft.state != ArticleState.DRAFT:
        messages.error(request, _("This version is no draft any more."))
        return redirect("messaging:version", pk)
    form = ArticleForm(sent(request), instance=draft)
    if form.is_bound and form.is_valid():
        try:
            operations.save_draft(
                draft=form.instance,
                version=form.known_version,
                by=request.user,
                at=timezone.now(),
            )
        except EditedMeanwhile as clash:
            return conflicts.show(request, form, clash)
        except UnableToKeepArticle as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            messages.success(request, _("The draft is kept. Propose it when it is ready."))
            return redirect("messaging:version", pk)
    address = reverse("messaging:version", args=[pk])
    return show_form(request, pages.Sheet(_("Edit the draft"), form, address))


@require_POST
def version_propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask a second person to publish a draft."""
    require(request.user, WRITE)
    words = _("Proposed. It is read once somebody else publishes it.")
    return done(request, pk, words, operations.propose_version, name="draft")


@require_POST
def version_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Let everybody read a proposed version."""
    require(request.user, PUBLISH)
    known = whole_number(request.POST.get("version", "")) or 0
    words = _("Published.")
    return done(request, pk, words, operations.publish_version, name="proposed", version=known)


@require_POST
def version_decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a proposed version back to be changed."""
    require(request.user, PUBLISH)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return show_version(request, queries.get_version(request.user, pk), form)
    return done(
        request,
        pk,
        _("Given back as a draft."),
        operations.decline_version,
        name="proposed",
        note=form.cleaned_data["note"],
        version=whole_number(request.POST.get("version", "")) or 0,
    )


@require_POST
def version_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a version away from readers."""
    require(request.user, WRITE)
    return done(request, pk, _("Withdrawn."), operations.withdraw_version, name="kept")


@require_POST
def version_restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring a withdrawn version back."""
    require(request.user, WRITE)
    return done(request, pk, _("Restored."), operations.restore_version, name="withdrawn")


@require_POST
def versions_propose(request: HttpRequest) -> HttpResponse:
    """Ask a second person to publish the chosen drafts; what is no draft is left."""
    require(request.user, WRITE)
    count = each_chosen(request, operations.propose_version, name="draft")
    words = ngettext("%(count)s draft proposed.", "%(count)s drafts proposed.", count)
    messages.success(request, words % {"count": count})
    return back(request, VERSIONS.name)


@require_POST
def versions_withdraw(request: HttpRequest) -> HttpResponse:
    """Withdraw the chosen versions; those that cannot be are left."""
    require(request.user, WRITE)
    count = each_chosen(request, operations.withdraw_version, name="kept")
    words = ngettext("%(count)s version withdrawn.", "%(count)s versions withdrawn.", count)
    messages.success(request, words % {"count": count})
    return back(request, VERSIONS.name)


@require_POST
def versions_restore(request: HttpRequest) -> HttpResponse:
    """Restore the chosen versions; those that cannot be are left."""
    require(request.user, WRITE)
    count = each_chosen(request, operations.restore_version, name="withdrawn")
    words = ngettext("%(count)s version restored.", "%(count)s versions restored.", count)
    messages.success(request, words % {"count": count})
    return back(request, VERSIONS.name)


def each_chosen(request: HttpRequest, act: Callable[..., Any], *, name: str) -> int:
    """Do something with each chosen version; say why of those it cannot be done with."""
    count = 0
    for chosen in lists.chosen(request, VERSIONS):
        try:
            act(**{name: chosen}, by=request.user, at=timezone.now())
        except UnableToKeepArticle as refusal:
            messages.warning(request, f"{chosen.title}: {refusal}")
        else:
            count += 1
    return count


def done(
    request: HttpRequest, pk: int, words: str, act: Callable[..., Any], *, name: str, **said: Any
) -> HttpResponse:
    """Do something with a version, report it or why it was refused, and go back to it."""
    found = queries.get_version(request.user, pk)
    try:
        act(**{name: found}, **said, by=request.user, at=timezone.now())
    except UnableToKeepArticle as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, words)
    return redirect("messaging:version", pk)


def show_form(request: HttpRequest, sheet: pages.Sheet) -> HttpResponse:
    """Show the form of an article; one that was refused with what is wrong."""
    status = UNPROCESSABLE if sheet.form.errors else 200
    return render(request, "messaging/article_form.html", {"sheet": sheet}, status=status)


def show_version(request: HttpRequest, found: Any, form: NoteForm) -> HttpResponse:
    """Show a version, with the form by which it is given back."""
    page = pages.version_page(request.user, found, on=timezone.localdate())
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "messaging/version.html", {"page": page, "form": form}, status=status)
