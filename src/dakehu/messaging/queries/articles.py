"""Articles and their versions, within what an actor may read."""

from datetime import date
from typing import TYPE_CHECKING

from django.http import Http404

from dakehu.messaging.choices import ArticleState
from dakehu.messaging.models import Article, ArticleVersion, ArticleVote
from dakehu.messaging.policies import VIEW, WRITE, channel_of
from dakehu.messaging.querysets import VersionQuerySet
from dakehu.messaging.rules import points_of, sought
from dakehu.people.policies import may

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from dakehu.people.models import Staff

PEOPLE = ("article", "drafted_by", "proposed_by", "published_by")


def readable_by(actor: "Staff", *, on: date) -> VersionQuerySet:
    """Return the published versions that an actor may read and say on a day."""
    rows: VersionQuerySet = ArticleVersion.objects.valid(on)
    channel = channel_of(actor)
    if not may(actor, VIEW):
        rows = rows.none()
    elif channel is not None:
        rows = rows.given_to(channel)
    return rows.select_related("article", "published_by")


def found_articles(
    actor: "Staff", typed: str, *, on: date, limit: int
) -> tuple[list[ArticleVersion], bool]:
    """Return the first articles that a search finds, by title, and whether there are more."""
    if not sought(typed):
        return [], False
    rows = readable_by(actor, on=on).found(typed).defer("body", "search")
    found = list(rows.order_by("title", "pk")[: limit + 1])
    return found[:limit], len(found) > limit


def suggested_articles(
    actor: "Staff", text: str, *, on: date, limit: int = 3
) -> list[ArticleVersion]:
    """
    Return the articles that a typed text is likely about, the likeliest first (G4).

    For whoever speaks to a customer while typing: what is said is at hand with each.
    """
    if not text.strip():
        return []
    rows = readable_by(actor, on=on).defer("body", "search")
    points = {
        row.pk: points_of(text, title=row.title, topic=row.topic, keywords=row.keywords)
        for row in rows.select_related(None).only("title", "topic", "keywords")
    }
    best = sorted((pk for pk, count in points.items() if count), key=lambda pk: (-points[pk], pk))
    found = readable_by(actor, on=on).defer("search").in_bulk(best[:limit])
    return [found[pk] for pk in best[:limit] if pk in found]


def kept_versions(actor: "Staff") -> VersionQuerySet:
    """Return the versions that those who keep articles work with: all but the replaced."""
    rows: VersionQuerySet = ArticleVersion.objects.exclude(state=ArticleState.REPLACED)
    return (rows if may(actor, WRITE) else rows.none()).select_related(*PEOPLE)


def get_article(actor: "Staff", pk: int, *, on: date) -> Article:
    """
    Return an article that an actor may read; those who keep articles read all.

    :raises Http404: otherwise.
    """
    rows = ArticleVersion.objects.filter(article=pk)
    if not may(actor, WRITE):
        rows = readable_by(actor, on=on).filter(article=pk)
    found = rows.select_related("article").first()
    if found is None:
        raise Http404
    article: Article = found.article
    return article


def shown_version(article: Article) -> ArticleVersion:
    """Return what an article says: its published version, else the newest one."""
    rows = list(article.versions.select_related(*PEOPLE).order_by("-number"))
    shown: ArticleVersion = next(
        (row for row in rows if row.state == ArticleState.PUBLISHED), rows[0]
    )
    return shown


def versions_of(article: Article) -> list[ArticleVersion]:
    """Return all versions of an article, the newest first."""
    return list(article.versions.select_related(*PEOPLE).defer("search").order_by("-number"))


def get_version(actor: "Staff", pk: int) -> ArticleVersion:
    """
    Return one version of an article to those who keep articles.

    :raises Http404: if there is none.
    """
    found = ArticleVersion.objects.filter(pk=pk).select_related(*PEOPLE).first()
    if found is None or not may(actor, WRITE):
        raise Http404
    version: ArticleVersion = found
    return version


def vote_of(actor: "Staff", article: Article) -> ArticleVote | None:
    """Return an actor's own vote on an article."""
    return article.votes.filter(staff=actor).first()


def missed_in(article: Article) -> "QuerySet[ArticleVote]":
    """Return what people missed in an article, the newest first."""
    return article.votes.filter(did_help=False).exclude(note="").select_related("staff")


def topics() -> list[str]:
    """Return the topics that articles have, in order."""
    rows = ArticleVersion.objects.exclude(state=ArticleState.WITHDRAWN).order_by("topic")
    return list(rows.values_list("topic", flat=True).distinct())
