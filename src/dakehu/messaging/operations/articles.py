"""
Articles are drafted, proposed, and published by a second person (G4, four eyes).

Of an article one version is published and one at most is worked on. A published version is never
changed: to say something else is to publish another one, and the former stays readable for those
who keep articles. What turns out to be wrong is withdrawn at once, by one person alone.
"""

from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dakehu.audit.operations import create_record, save_record
from dakehu.common import events
from dakehu.messaging.choices import TO_PUBLISH_ARTICLE, WORKING, ArticleState
from dakehu.messaging.errors import UnableToKeepArticle
from dakehu.messaging.models import Article, ArticleVersion
from dakehu.messaging.policies import PUBLISH, WRITE
from dakehu.messaging.rules import search_text
from dakehu.people.events import ApprovalAsked, ApprovalEnded
from dakehu.people.policies import require
from dakehu.people.queries import decider_for

if TYPE_CHECKING:
    from dakehu.people.models import Staff

TEXTS = ("title", "topic", "keywords", "product_code", "channels", "body", "valid_until")


def unsaved_version(**values: Any) -> ArticleVersion:
    """Return a first draft that is not kept yet, for callers who do not know the models."""
    return ArticleVersion(**values)


@transaction.atomic
def draft_article(
    *, version: ArticleVersion, by: "Staff", at: datetime, reason: str = ""
) -> ArticleVersion:
    """
    Begin an article with a first draft, which is not stored yet.

    :raises PermissionDenied: if the role may not.
    """
    require(by, WRITE)
    version.article = Article.objects.create(created_at=at)
    version.drafted_by, version.drafted_at = by, at
    version.search = told(version)
    return create_record(version, by=by, at=at, reason=reason)


@transaction.atomic
def revise_article(
    *, article: Article, by: "Staff", at: datetime, reason: str = ""
) -> ArticleVersion:
    """
    Begin another version from what an article says; a version being worked on is returned.

    :raises PermissionDenied: if the role may not.
    """
    require(by, WRITE)
    Article.objects.select_for_update().get(pk=article.pk)
    versions: list[ArticleVersion] = list(article.versions.order_by("-number"))
    for version in versions:
        if version.state in WORKING:
            return version
    said = next((each for each in versions if each.state == ArticleState.PUBLISHED), versions[0])
    draft = ArticleVersion(
        article=article,
        number=versions[0].number + 1,
        drafted_by=by,
        drafted_at=at,
        **{name: getattr(said, name) for name in TEXTS},
    )
    draft.search = told(draft)
    return create_record(draft, by=by, at=at, reason=reason)


@transaction.atomic
def save_draft(
    *, draft: ArticleVersion, version: int, by: "Staff", at: datetime, reason: str = ""
) -> bool:
    """
    Store what changed in a draft; returns whether anything did.

    :raises PermissionDenied: if the role may not.
    :raises UnableToKeepArticle: if it is no draft any more.
    :raises EditedMeanwhile: if somebody else changed the same since ``version``.
    """
    require(by, WRITE)
    held(draft, ArticleState.DRAFT)
    draft.search = told(draft)
    return save_record(draft, version=version, by=by, at=at, reason=reason)


@transaction.atomic
def propose_version(*, draft: ArticleVersion, by: "Staff", at: datetime) -> ArticleVersion:
    """
    Ask a second person to publish a draft.

    :raises PermissionDenied: if the role may not.
    :raises UnableToKeepArticle: if it is no draft any more, or its validity is over.
    """
    require(by, WRITE)
    version = held(draft, ArticleState.DRAFT)
    refuse_past(version, on=localdate(at))
    version.state, version.decision_note = ArticleState.PROPOSED, ""
    version.proposed_by, version.proposed_at = by, at
    save_record(version, by=by, at=at)
    asked = ApprovalAsked(
        source=TO_PUBLISH_ARTICLE,
        source_id=version.pk,
        owner_id=decider_for(by, PUBLISH),
        unit_id=by.unit_id,
        at=at,
        facts={"title": version.title, "by": by.name},
    )
    transaction.on_commit(partial(events.announce, asked))
    return version


@transaction.atomic
def publish_version(
    *, proposed: ArticleVersion, version: int, by: "Staff", at: datetime
) -> ArticleVersion:
    """
    Let every channel read a proposed version from now on; the one before is replaced.

    :raises PermissionDenied: if the role may not.
    :raises UnableToKeepArticle: if ``by`` proposed it, its validity is over, or it was dealt with
        since ``version``.
    """
    require(by, PUBLISH)
    kept = held(proposed, ArticleState.PROPOSED, known=version)
    if kept.proposed_by_id == by.pk:
        raise UnableToKeepArticle(_("Somebody else must publish the article you proposed."))
    refuse_past(kept, on=localdate(at))
    for former in kept.article.versions.filter(state=ArticleState.PUBLISHED):
        former.state = ArticleState.REPLACED
        save_record(former, by=by, at=at)
    kept.state, kept.published_by, kept.published_at = ArticleState.PUBLISHED, by, at
    save_record(kept, by=by, at=at)
    tell_decided(kept, by, at)
    return kept


@transaction.atomic
def decline_version(
    *, proposed: ArticleVersion, note: str, version: int, by: "Staff", at: datetime
) -> ArticleVersion:
    """
    Give a proposed version back as a draft, with what is to be changed.

    :raises PermissionDenied: if the role may not.
    :raises UnableToKeepArticle: if it was dealt with since ``version``.
    """
    require(by, PUBLISH)
    kept = held(proposed, ArticleState.PROPOSED, known=version)
    kept.state, kept.decision_note = ArticleState.DRAFT, note
    kept.proposed_by = kept.proposed_at = None
    save_record(kept, by=by, at=at, reason=note)
    tell_decided(kept, by, at)
    return kept


@transaction.atomic
def withdraw_version(
    *, kept: ArticleVersion, by: "Staff", at: datetime, reason: str = ""
) -> ArticleVersion:
    """
    Take a version away from readers, or give a draft up; it can be restored.

    :raises PermissionDenied: if the role may not.
    :raises UnableToKeepArticle: if it is withdrawn or replaced.
    """
    require(by, WRITE)
    version = held(kept, *WORKING, ArticleState.PUBLISHED)
    was_asked = version.state == ArticleState.PROPOSED
    version.state = ArticleState.WITHDRAWN
    save_record(version, by=by, at=at, reason=reason)
    if was_asked:
        tell_decided(version, None, at)
    return version


@transaction.atomic
def restore_version(
    *, withdrawn: ArticleVersion, by: "Staff", at: datetime, reason: str = ""
) -> ArticleVersion:
    """
    Bring a withdrawn version back: one that was published is read again, another is a draft.

    :raises PermissionDenied: if the role may not.
    :raises UnableToKeepArticle: if another one took its place, or it is not withdrawn.
    """
    require(by, WRITE)
    version = held(withdrawn, ArticleState.WITHDRAWN)
    others = version.article.versions.exclude(pk=version.pk)
    if version.published_at:
        version.state, taken = ArticleState.PUBLISHED, others.filter(state=ArticleState.PUBLISHED)
    else:
        version.state, taken = ArticleState.DRAFT, others.filter(state__in=WORKING)
        version.proposed_by = version.proposed_at = None
    if other := taken.first():
        words = _("Version %(number)s of this article took its place. Withdraw that one first.")
        raise UnableToKeepArticle(words % {"number": other.number})
    save_record(version, by=by, at=at, reason=reason)
    return version


def held(
    version: ArticleVersion, *states: ArticleState, known: int | None = None
) -> ArticleVersion:
    """
    Return a version, locked with its article, that has to be in one of some states.

    :raises UnableToKeepArticle: if it is in another, or was changed since ``known``.
    """
    Article.objects.select_for_update().get(pk=version.article_id)
    rows = ArticleVersion.objects.select_for_update(of=("self",)).select_related("article")
    stored: ArticleVersion = rows.get(pk=version.pk)
    if stored.state not in states or known not in (None, stored.version):
        raise UnableToKeepArticle(_("This version was dealt with meanwhile. Look again."))
    return stored


def refuse_past(version: ArticleVersion, *, on: date) -> None:
    """Pass in silence if a version may still be said on a day.

    :raises UnableToKeepArticle: otherwise.
    """
    if version.valid_until and version.valid_until < on:
        raise UnableToKeepArticle(
            _("The last day of its validity is over. Name a later one, or none."), "valid_until"
        )


def told(version: ArticleVersion) -> str:
    """Return the words by which a version is found."""
    return search_text(version.article.number, version.title, version.topic, version.keywords)


def tell_decided(version: ArticleVersion, by: "Staff | None", at: datetime) -> None:
    """Tell, after commit, that nobody is asked about a version any more."""
    ended = ApprovalEnded(TO_PUBLISH_ARTICLE, version.pk, by, at)
    transaction.on_commit(partial(events.announce, ended))
