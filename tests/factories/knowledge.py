"""Articles of the knowledge of all channels."""

from datetime import UTC, datetime
from typing import Any

from dakehu.messaging import operations
from dakehu.messaging.models import ArticleVersion

AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)


def unsaved_version(**options: Any) -> ArticleVersion:
    """Return a first draft that nobody has kept yet."""
    values = {
        "title": "专线中断时如何答复客户",
        "topic": "故障受理",
        "keywords": "断网 抢修",
        "body": "先问清专线编号。\n\n不要承诺恢复时刻。",
        **options,
    }
    return ArticleVersion(**values)


def make_draft(people: Any, *, at: datetime = AT, **options: Any) -> ArticleVersion:
    """Return the draft of a new article, by the supervisor."""
    version = unsaved_version(**options)
    return operations.draft_article(version=version, by=people.supervisor, at=at)


def make_proposed(people: Any, *, at: datetime = AT, **options: Any) -> ArticleVersion:
    """Return an article that the supervisor proposed."""
    draft = make_draft(people, at=at, **options)
    return operations.propose_version(draft=draft, by=people.supervisor, at=at)


def make_article(people: Any, *, at: datetime = AT, **options: Any) -> ArticleVersion:
    """Return an article that the operations center published."""
    proposed = make_proposed(people, at=at, **options)
    return publish(proposed, people, at=at)


def publish(proposed: ArticleVersion, people: Any, *, at: datetime = AT) -> ArticleVersion:
    """Publish what the supervisor proposed."""
    return operations.publish_version(
        proposed=proposed, version=proposed.version, by=people.operations_center, at=at
    )
