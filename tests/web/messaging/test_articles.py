"""Articles on screen: read within one's channel, judged, written, published (G4)."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook
from tests.factories.knowledge import make_article, make_draft, make_proposed

from dakehu.messaging.models import ArticleVersion, ArticleVote

LIST = "/knowledge/"
HTMX = {"HX-Request": "true"}


def sent(**changed):
    return {
        "version": 1,
        "title": "短号集群网成员的退出",
        "topic": "业务办理",
        "body": "只能由本人提出。",
        "channels": ["HOTLINE", "HALL"],
        **changed,
    }


def test_the_list_shows_what_the_channel_may_read(sign_in, people, django_assert_max_num_queries):
    for number in range(3):
        make_article(people, title=f"专线口径{number}")
    make_article(people, title="营业厅口径", channels=" HALL ")
    make_article(
        people,
        title="过期口径",
        at=timezone.now() - timedelta(days=9),
        valid_until=timezone.localdate() - timedelta(days=1),
    )
    client = sign_in(people.manager)

    with django_assert_max_num_queries(14):
        text = client.get(LIST, {"words": "zhuanxian"}).content.decode()

    assert "专线口径2" in text
    assert "营业厅口径" not in client.get(LIST).content.decode()
    assert "过期口径" not in client.get(LIST).content.decode()
    assert client.get(LIST, {"export": "xlsx"}).status_code == 403


def test_the_global_search_leads_to_an_article(sign_in, people, customers):
    version = make_article(people)
    client = sign_in(people.manager)

    found = client.get(reverse("desk:search_suggestions"), {"q": "zxzd"}).content.decode()

    assert reverse("messaging:article", args=[version.article_id]) in found


def test_reading_counts_once_a_day_and_a_vote_says_what_was_missing(sign_in, people):
    version = make_article(people)
    url = reverse("messaging:article", args=[version.article_id])
    client = sign_in(people.manager)

    for _time in range(2):
        page = client.get(url).content.decode()
    answer = client.post(f"{url}vote/", {"did_help": "no"}, headers=HTMX).content.decode()
    client.post(f"{url}vote/", {"did_help": "no", "note": "缺电话"}, headers=HTMX)

    assert "不要承诺恢复时刻。" in page
    assert "vote-note" in answer
    version.article.refresh_from_db()
    assert (version.article.readings, version.article.failed) == (1, 1)
    assert "缺电话" in sign_in(people.supervisor).get(url).content.decode()
    assert ArticleVote.objects.get().note == "缺电话"


def test_a_vote_that_says_nothing_is_refused(sign_in, people):
    version = make_article(people)
    url = reverse("messaging:article_vote", args=[version.article_id])

    assert sign_in(people.manager).post(url, {"did_help": "maybe"}).status_code == 422


def test_an_article_is_written_proposed_given_back_and_published(sign_in, people, english):
    writer, second = sign_in(people.supervisor), sign_in(people.operations_center)

    assert "list=" in writer.get(reverse("messaging:article_add")).content.decode()
    made = writer.post(reverse("messaging:article_add"), sent())
    version = ArticleVersion.objects.get()
    assert made.url == reverse("messaging:version", args=[version.pk])
    assert version.channels == " HOTLINE HALL "
    writer.post(f"{made.url}propose/")
    page = second.get(made.url).context["page"]
    assert (page.may_publish, page.may_edit) == (True, False)
    known = {"version": page.version.version}
    second.post(f"{made.url}decline/", {**known, "note": "写明时限"})
    assert "写明时限" in writer.get(made.url).content.decode()
    writer.post(f"{made.url}edit/", sent(version=3, body="只能由本人提出，次日生效。"))
    writer.post(f"{made.url}propose/")
    refused = writer.get(made.url).context["page"]
    assert (refused.may_publish, refused.is_own_proposal) == (False, True)
    version.refresh_from_db()
    second.post(f"{made.url}publish/", {"version": version.version})

    version.refresh_from_db()
    assert (version.state, version.body) == ("PUBLISHED", "只能由本人提出，次日生效。")
    assert version.title in sign_in(people.hall_clerk).get(LIST).content.decode()


def test_a_new_version_shows_what_it_changes(sign_in, people):
    version = make_article(people)
    client = sign_in(people.supervisor)

    begun = client.post(reverse("messaging:article_revise", args=[version.article_id]))
    draft = ArticleVersion.objects.get(number=2)
    client.post(begun.url, sent(body="先问清专线编号。\n\n只承诺下一次通报的时间。"))
    page = client.get(reverse("messaging:version", args=[draft.pk])).context["page"]

    fates = [(line.text, line.fate.value) for line in page.differences]
    assert fates == [
        ("先问清专线编号。", "kept"),
        ("不要承诺恢复时刻。", "gone"),
        ("只承诺下一次通报的时间。", "new"),
    ]


def test_two_who_edit_one_draft_lose_nothing(sign_in, people, english):
    draft = make_draft(people)
    url = reverse("messaging:version_edit", args=[draft.pk])
    sign_in(people.administrator).post(url, sent(title="别人的题目"))

    answer = sign_in(people.supervisor).post(url, sent(title="我的题目"))

    assert answer.status_code == 409
    assert "别人的题目" in answer.content.decode()


@pytest.mark.parametrize(
    ("field", "value"), [("title", ""), ("body", ""), ("channels", ["MOON"]), ("topic", "长" * 41)]
)
def test_a_draft_that_cannot_be_is_shown_again(sign_in, people, field, value):
    answer = sign_in(people.supervisor).post(
        reverse("messaging:article_add"), sent(**{field: value})
    )

    assert answer.status_code == 422
    assert not ArticleVersion.objects.exists()


def test_many_are_withdrawn_and_restored_and_what_cannot_be_is_named(sign_in, people):
    kept = [make_article(people), make_proposed(people, title="另一条")]
    client = sign_in(people.supervisor)
    chosen = {"chosen": "ids", "ids": [version.pk for version in kept]}

    client.post(reverse("messaging:versions_withdraw"), chosen)
    assert {each.state for each in ArticleVersion.objects.all()} == {"WITHDRAWN"}
    client.post(reverse("messaging:versions_restore"), chosen)

    assert {each.state for each in ArticleVersion.objects.all()} == {"PUBLISHED", "DRAFT"}


def test_a_supervisor_takes_the_list_away(sign_in, people):
    make_article(people)

    answer = sign_in(people.supervisor).get(LIST, {"export": "xlsx"})

    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content)))
    assert "专线中断时如何答复客户" in str(book.get_sheet_by_index(0).to_python())
