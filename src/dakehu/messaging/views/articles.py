"""Articles as they are read, and whether they helped (G4)."""

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

from dakehu.messaging import operations, pages, queries
from dakehu.messaging.errors import UnableToKeepArticle
from dakehu.messaging.filters import ArticleFilter
from dakehu.messaging.forms import VoteForm
from dakehu.messaging.policies import EXPORT, VIEW, WRITE
from dakehu.messaging.tables import ArticleTable
from dakehu.people.policies import require
from dakehu.ui import lists
from dakehu.ui.responses import render_page, wants_fragment

ARTICLES = lists.ListScreen(
    name="messaging:article_list",
    title=gettext_lazy("Knowledge"),
    permission=VIEW,
    rows=lambda actor: queries.readable_by(actor, on=timezone.localdate()),
    table=ArticleTable,
    filterset=ArticleFilter,
    sorts={
        "title": ("title",),
        "published": ("published_at",),
        "helped": ("article__helped",),
        "readings": ("article__readings",),
    },
    default_sort="-published",
    icon="book-2",
    help_text=gettext_lazy("What is known of our services, in one wording for all channels."),
    empty_title=gettext_lazy("No article"),
    empty_text=gettext_lazy("Nothing that you may read is published, or the filter is narrow."),
    row_url=lambda version: reverse("messaging:article", args=[version.article_id]),
    row_drawer=True,
    actions=(
        lists.Action(
            gettext_lazy("Write an article"), "plus", "messaging:article_add", WRITE, primary=True
        ),
        lists.Action(gettext_lazy("Keep articles"), "edit", "messaging:version_list", WRITE),
    ),
    export_permission=EXPORT,
)


@require_GET
def article_list(request: HttpRequest) -> HttpResponseBase:
    """The articles that the person may read."""
    return lists.show(request, ARTICLES)


@require_GET
def article(request: HttpRequest, pk: int) -> HttpResponse:
    """One article; that it was read is counted."""
    require(request.user, VIEW)
    today = timezone.localdate()
    found: Any = queries.get_article(request.user, pk, on=today)
    page = pages.article_page(request.user, found, on=today)
    if page.votes.may_vote:
        operations.count_reading(article=found, by=request.user, at=timezone.now())
    return render_page(
        request, "messaging/article.html", "messaging/_article.html", {"page": page}
    )


@require_POST
def article_vote(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep whether the article helped the person."""
    require(request.user, VIEW)
    today = timezone.localdate()
    found = queries.get_article(request.user, pk, on=today)
    form = VoteForm(request.POST)
    status = 200
    if form.is_valid():
        try:
            operations.vote_on(
                article=found, by=request.user, at=timezone.now(), **form.cleaned_data
            )
        except UnableToKeepArticle as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Thank you. Your vote is kept."))
    if form.errors:
        status = 422
    if not wants_fragment(request) and status == 200:
        return redirect("messaging:article", pk)
    found = queries.get_article(request.user, pk, on=today)
    votes = pages.votes_of(request.user, found, queries.shown_version(found), on=today)
    context = {"votes": votes, "form": form}
    return render(request, "messaging/_votes.html", context, status=status)
