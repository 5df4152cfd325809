"""What readers leave behind: that they read an article, and whether it helped them (G4)."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Count, F, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dakehu.audit.operations import create_record, save_record
from dakehu.messaging.errors import UnableToKeepArticle
from dakehu.messaging.models import Article, ArticleReading, ArticleVote
from dakehu.messaging.policies import VIEW
from dakehu.messaging.queries import readable_by
from dakehu.people.policies import require

if TYPE_CHECKING:
    from dakehu.people.models import Staff


@transaction.atomic
def count_reading(*, article: Article, by: "Staff", at: datetime) -> bool:
    """
    Count that somebody read an article, once a day; returns whether it counted.

    :raises PermissionDenied: if the role may not read articles.
    """
    require(by, VIEW)
    _reading, is_first = ArticleReading.objects.get_or_create(
        article=article, staff=by, on=localdate(at)
    )
    if is_first:
        Article.objects.filter(pk=article.pk).update(readings=F("readings") + 1)
    return is_first


@transaction.atomic
def vote_on(
    *, article: Article, did_help: bool, note: str, by: "Staff", at: datetime
) -> ArticleVote:
    """
    Keep whether an article helped somebody; a later vote takes the place of an earlier one.

    :raises PermissionDenied: if the role may not read articles.
    :raises UnableToKeepArticle: if the person cannot read this one now.
    """
    require(by, VIEW)
    held = Article.objects.select_for_update().get(pk=article.pk)
    if not readable_by(by, on=localdate(at)).filter(article=held).exists():
        raise UnableToKeepArticle(_("This article cannot be read at present."))
    vote = held.votes.filter(staff=by).first() or ArticleVote(article=held, staff=by)
    vote.did_help, vote.note, vote.at = did_help, "" if did_help else note, at
    if vote.pk:
        save_record(vote, by=by, at=at)
    else:
        create_record(vote, by=by, at=at)
    counts = held.votes.aggregate(
        helped=Count("pk", filter=Q(did_help=True)), failed=Count("pk", filter=Q(did_help=False))
    )
    Article.objects.filter(pk=held.pk).update(**counts)
    return vote
