"""Articles: four eyes, one wording at a time, for whom and until when, found and judged (G4)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from tests.factories.knowledge import (
    AT,
    make_article,
    make_draft,
    make_proposed,
    publish,
    unsaved_version,
)

from dakehu.messaging import operations
from dakehu.messaging.errors import UnableToKeepArticle
from dakehu.messaging.models import ArticleVersion
from dakehu.messaging.queries import (
    found_articles,
    get_article,
    kept_versions,
    readable_by,
    shown_version,
)
from dakehu.worklist.models import Todo

TODAY = date(2026, 3, 2)


def read_by(staff, on=TODAY):
    return {version.title for version in readable_by(staff, on=on)}


def test_an_article_is_read_once_a_second_person_published_it(
    people, english, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        proposed = make_proposed(people)
    asked = Todo.objects.get(source="article", source_id=proposed.pk)
    assert asked.owner in {people.operations_center, people.administrator}
    assert read_by(people.manager) == set()

    with pytest.raises(UnableToKeepArticle, match="Somebody else"):
        operations.publish_version(
            proposed=proposed,
            version=proposed.version,
            by=give_publishing(people.supervisor),
            at=AT,
        )
    with django_capture_on_commit_callbacks(execute=True):
        publish(proposed, people)

    assert read_by(people.manager) == {proposed.title}
    asked.refresh_from_db()
    assert asked.state == "DONE"


def give_publishing(staff):
    """Let somebody hold the role of the operations center from now on."""
    staff.role = "OPERATIONS_CENTER"
    staff.save()
    return type(staff).objects.get(pk=staff.pk)


def test_only_those_who_may_write_and_publish(people):
    with pytest.raises(PermissionDenied):
        operations.draft_article(version=unsaved_version(), by=people.manager, at=AT)
    proposed = make_proposed(people)
    with pytest.raises(PermissionDenied):
        operations.publish_version(proposed=proposed, version=1, by=people.dispatcher, at=AT)


def test_a_proposal_that_changed_meanwhile_is_not_published(people):
    proposed = make_proposed(people)

    with pytest.raises(UnableToKeepArticle):
        operations.publish_version(
            proposed=proposed, version=proposed.version - 1, by=people.administrator, at=AT
        )


def test_a_new_version_replaces_the_one_before_and_leaves_it_readable_for_keepers(people):
    first = make_article(people)
    draft = operations.revise_article(article=first.article, by=people.supervisor, at=AT)
    again = operations.revise_article(article=first.article, by=people.administrator, at=AT)
    assert again == draft
    draft.title = "专线中断时怎样答复"
    operations.save_draft(draft=draft, version=draft.version, by=people.supervisor, at=AT)
    assert read_by(people.manager) == {first.title}

    second = publish(operations.propose_version(draft=draft, by=people.supervisor, at=AT), people)

    first.refresh_from_db()
    assert (first.state, second.state, second.number) == ("REPLACED", "PUBLISHED", 2)
    assert read_by(people.manager) == {"专线中断时怎样答复"}
    assert first.article.versions.count() == 2
    with pytest.raises(UnableToKeepArticle):
        operations.save_draft(draft=second, version=2, by=people.supervisor, at=AT)


def test_what_is_given_back_can_be_corrected_and_proposed_again(people):
    proposed = make_proposed(people)

    given_back = operations.decline_version(
        proposed=proposed,
        note="写明时限",
        version=proposed.version,
        by=people.operations_center,
        at=AT,
    )

    assert (given_back.state, given_back.decision_note) == ("DRAFT", "写明时限")
    again = operations.propose_version(draft=given_back, by=people.supervisor, at=AT)
    assert again.decision_note == ""


def test_what_is_withdrawn_is_read_by_nobody_until_restored(people):
    version = make_article(people)

    withdrawn = operations.withdraw_version(kept=version, by=people.supervisor, at=AT)

    assert read_by(people.manager) == set()
    with pytest.raises(Http404):
        get_article(people.manager, version.article_id, on=TODAY)
    assert get_article(people.supervisor, version.article_id, on=TODAY) == version.article
    operations.restore_version(withdrawn=withdrawn, by=people.supervisor, at=AT)
    assert read_by(people.manager) == {version.title}


def test_a_withdrawn_version_does_not_come_back_beside_another(people):
    first = make_article(people)
    operations.withdraw_version(kept=first, by=people.supervisor, at=AT)
    draft = operations.revise_article(article=first.article, by=people.supervisor, at=AT)
    publish(operations.propose_version(draft=draft, by=people.supervisor, at=AT), people)

    with pytest.raises(UnableToKeepArticle):
        operations.restore_version(withdrawn=first, by=people.supervisor, at=AT)


def test_nothing_is_said_beyond_its_last_day(people):
    version = make_article(people, valid_until=TODAY)

    assert read_by(people.manager) == {version.title}
    assert read_by(people.manager, on=TODAY + timedelta(days=1)) == set()
    with pytest.raises(UnableToKeepArticle):
        make_proposed(people, valid_until=TODAY - timedelta(days=1))


@pytest.mark.parametrize(
    ("part", "titles"),
    [
        ("manager", {"大家", "热线和经理"}),
        ("chief_representative", {"大家", "热线和经理"}),
        ("hotline_agent", {"大家", "热线", "热线和经理"}),
        ("hall_clerk", {"大家"}),
        ("partner", {"大家"}),
        ("dispatcher", {"大家", "热线", "热线和经理"}),
        ("supervisor", {"大家", "热线", "热线和经理"}),
    ],
)
def test_everybody_reads_what_is_given_to_their_channel(people, part, titles):
    make_article(people, title="大家")
    make_article(people, title="热线", channels=" HOTLINE ")
    make_article(people, title="热线和经理", channels=" ACCOUNT HOTLINE ")

    assert read_by(getattr(people, part)) == titles


@pytest.mark.parametrize("typed", ["中断", "zhuanxian", "zxzd", "抢修", "恢复时刻", "专线 编号"])
def test_an_article_is_found_by_words_pinyin_initials_and_what_it_says(people, typed):
    version = make_article(people)
    make_article(people, title="发票", topic="账务", keywords="", body="开票资料")

    found, has_more = found_articles(people.manager, typed, on=TODAY, limit=5)

    assert (found, has_more) == ([version], False)


def test_a_search_finds_nothing_of_other_channels(people):
    make_article(people, channels=" HALL ")

    assert found_articles(people.manager, "专线", on=TODAY, limit=5) == ([], False)


def test_votes_are_one_each_and_readings_one_a_day(people):
    article = make_article(people).article
    for staff, did_help in ((people.manager, True), (people.colleague, False)):
        operations.vote_on(article=article, did_help=did_help, note="缺电话", by=staff, at=AT)
    operations.vote_on(article=article, did_help=False, note="", by=people.manager, at=AT)
    counted = [
        operations.count_reading(article=article, by=people.manager, at=AT + timedelta(days=day))
        for day in (0, 0, 1)
    ]

    article.refresh_from_db()
    assert counted == [True, False, True]
    assert (article.helped, article.failed, article.readings) == (0, 2, 2)
    assert article.votes.get(staff=people.manager).note == ""


def test_nobody_judges_what_they_cannot_read(people):
    version = make_article(people, channels=" HALL ")

    with pytest.raises(UnableToKeepArticle):
        operations.vote_on(
            article=version.article, did_help=True, note="", by=people.manager, at=AT
        )


def test_readers_keep_no_versions(people):
    make_draft(people)

    assert not kept_versions(people.manager).exists()
    assert kept_versions(people.supervisor).count() == 1


def test_an_article_shows_its_published_version_else_the_newest(people):
    first = make_article(people)
    draft = operations.revise_article(article=first.article, by=people.supervisor, at=AT)
    assert shown_version(first.article) == first

    operations.withdraw_version(kept=first, by=people.supervisor, at=AT)

    assert shown_version(first.article) == draft
    assert ArticleVersion.objects.count() == 2
