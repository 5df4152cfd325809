"""What people write of articles."""

from collections.abc import Iterator
from typing import Any

from tests.db.change_log.scenarios import fresh, scenario
from tests.factories.knowledge import unsaved_version

from dakehu.messaging import operations


@scenario("form", "messaging.articleversion", "messaging.articlevote")
def an_article_is_written_published_judged_and_taken_away(w: Any) -> Iterator[None]:
    second = w.people.operations_center
    yield
    made = operations.draft_article(version=unsaved_version(), by=w.by, at=w.at)
    yield
    draft = fresh(made)
    draft.body = "先问清三件事。"
    operations.save_draft(draft=draft, version=draft.version, by=w.by, at=w.at)
    yield
    operations.propose_version(draft=made, by=w.by, at=w.at)
    yield
    said = {"note": "写明时限", "version": fresh(made).version}
    operations.decline_version(proposed=made, by=second, at=w.at, **said)
    yield
    operations.propose_version(draft=made, by=w.by, at=w.at)
    yield
    operations.publish_version(proposed=made, version=fresh(made).version, by=second, at=w.at)
    yield
    for did_help in (False, True):
        operations.vote_on(
            article=made.article, did_help=did_help, note="缺电话", by=w.people.manager, at=w.at
        )
        yield
    newer = operations.revise_article(article=made.article, by=w.by, at=w.at)
    yield
    operations.withdraw_version(kept=newer, by=w.by, at=w.at)
    yield
    operations.restore_version(withdrawn=newer, by=w.by, at=w.at)
