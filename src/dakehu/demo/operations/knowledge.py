"""Let the people of the demonstration write articles, publish, read and judge them (G4)."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localdate

from dakehu.demo.rules import knowledge
from dakehu.demo.rules.knowledge import Paper
from dakehu.demo.values import DemoBook
from dakehu.messaging import operations
from dakehu.messaging.queries import kept_versions, readable_by
from dakehu.people.queries import staff_who_may

if TYPE_CHECKING:
    from dakehu.people.models import Staff

READERS = 40
A_MORNING = timedelta(hours=3)


def furnish_knowledge(*, book: DemoBook, administrator: "Staff", at: datetime) -> None:
    """Let one person write and another publish articles, and others read them, once."""
    if kept_versions(administrator).exists():
        return
    second = [one for one in staff_who_may("knowledge.publish") if one.pk != administrator.pk]
    author = second[0] if second else None
    if author is None:
        return
    readers = list(staff_who_may("knowledge.view").exclude(pk=author.pk)[:READERS])
    for place, paper in enumerate(knowledge.PAPERS):
        version = write(paper, author=author, publisher=administrator, at=at)
        if paper.end == knowledge.PUBLISHED:
            read(version, paper, readers, place, at=at)


def write(paper: Paper, *, author: "Staff", publisher: "Staff", at: datetime) -> Any:
    """Let an article be written, and published as far as it got; returns its last version."""
    began = at - timedelta(days=paper.days_ago)
    lasts = timedelta(days=paper.lasts) if paper.lasts else None
    version = operations.draft_article(
        version=operations.unsaved_version(
            title=paper.title,
            topic=paper.topic,
            keywords=paper.keywords,
            body=paper.body,
            product_code=paper.product,
            channels=paper.channels,
            valid_until=localdate(began) + lasts if lasts else None,
        ),
        by=author,
        at=began,
    )
    if paper.end == knowledge.DRAFT:
        return version
    proposed = operations.propose_version(draft=version, by=author, at=began + A_MORNING)
    if paper.end == knowledge.PROPOSED:
        return proposed
    version = publish(proposed, publisher, at=began + 2 * A_MORNING)
    if paper.end == knowledge.WITHDRAWN:
        reason = "活动结束"
        return operations.withdraw_version(kept=version, by=author, at=at, reason=reason)
    return renew(version, paper, author, publisher, at=at) if paper.news else version


def renew(version: Any, paper: Paper, author: "Staff", publisher: "Staff", *, at: datetime) -> Any:
    """Let the second version of an article be written and published."""
    began = at - timedelta(days=paper.days_ago // 3)
    draft = operations.revise_article(article=version.article, by=author, at=began)
    draft.body, draft.reason = paper.news or ("", "")
    operations.save_draft(draft=draft, version=draft.version, by=author, at=began)
    proposed = operations.propose_version(draft=draft, by=author, at=began + A_MORNING)
    return publish(proposed, publisher, at=began + 2 * A_MORNING)


def publish(proposed: Any, publisher: "Staff", *, at: datetime) -> Any:
    """Let the second person publish what was proposed."""
    return operations.publish_version(
        proposed=proposed, version=proposed.version, by=publisher, at=at
    )


def read(version: Any, paper: Paper, readers: "list[Staff]", place: int, *, at: datetime) -> None:
    """Let some people read an article since it was published, and a few of them judge it."""
    days = max(1, (at - version.published_at).days)
    for step, reader in enumerate(readers):
        if (step * 7 + place * 3) % 5 > 2 - place % 3:
            continue
        moment = at - timedelta(days=(step * 3 + place) % days)
        if not readable_by(reader, on=localdate(moment)).filter(pk=version.pk).exists():
            continue
        operations.count_reading(article=version.article, by=reader, at=moment)
        if step % 3 == 0:
            misses = bool(paper.missed) and step % 2 == 1
            note = paper.missed if misses else ""
            operations.vote_on(
                article=version.article, did_help=not misses, note=note, by=reader, at=moment
            )
