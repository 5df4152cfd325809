"""Articles from a spreadsheet: drafts like those by hand, published by a second person (G4)."""

from datetime import date

from tests.factories.imports import complaints, counts
from tests.factories.knowledge import AT, make_article, make_draft, make_proposed, publish
from tests.factories.sheets import workbook

from dakehu.messaging import operations
from dakehu.messaging.models import ArticleVersion
from dakehu.people.queries import files

HEADS = ("Number", "Title", "Topic", "Channels", "What is said", "Valid until")
NEW = ("", "国际漫游怎样开通", "业务办理", "热线、Halls", "发送短信即可。", "2026-12-31")


def sheet(*rows):
    return workbook([HEADS, *rows])


def newest(title):
    return ArticleVersion.objects.filter(title=title).order_by("-pk").first()


def test_a_new_row_is_a_draft_that_two_people_publish(importer, people):
    run = importer.bring_in("articles", sheet(NEW))

    draft = newest(NEW[1])
    assert counts(run) == (1, 0, 0, 0)
    assert (draft.state, draft.channels) == ("DRAFT", " HOTLINE HALL ")
    assert draft.valid_until == date(2026, 12, 31)
    proposed = operations.propose_version(draft=draft, by=importer.by, at=AT)
    assert publish(proposed, people).state == "PUBLISHED"


def test_the_same_file_again_changes_nothing_and_undoing_takes_the_draft_back(importer):
    run = importer.bring_in("articles", sheet(NEW))
    assert counts(importer.check("articles", sheet(NEW))) == (0, 0, 1, 0)

    importer.undo(run)

    assert newest(NEW[1]).state == "WITHDRAWN"
    assert counts(importer.check("articles", sheet(NEW))) == (1, 0, 0, 0)


def test_what_is_published_stays_until_the_imported_draft_replaces_it(importer, people):
    said = make_article(people, body="旧的说法")
    number = said.article.number

    run = importer.bring_in(
        "articles", sheet((number.lower(), "新的标题", "", "", "新的说法", ""))
    )

    draft = newest("新的标题")
    said.refresh_from_db()
    assert counts(run) == (0, 1, 0, 0)
    assert (said.state, said.body) == ("PUBLISHED", "旧的说法")
    assert (draft.article, draft.number, draft.state) == (said.article, 2, "DRAFT")
    assert (draft.body, draft.topic) == ("新的说法", said.topic)

    undone = importer.undo(run)

    draft.refresh_from_db()
    assert complaints(undone) == {}
    assert draft.state == "WITHDRAWN"


def test_nothing_is_written_over_what_somebody_has_in_hand(importer, people):
    said = make_article(people, title="有人在改")
    operations.revise_article(article=said.article, by=people.supervisor, at=AT)
    make_proposed(people, title="等人发布")

    run = importer.check(
        "articles",
        sheet(("", "有人在改", "", "", "另一个", ""), ("", "等人发布", "", "", "另一个", "")),
    )

    assert counts(run) == (0, 0, 0, 2)
    assert all("being worked on" in words[0][1] for words in complaints(run).values())


def test_a_row_that_cannot_be_says_why(importer, people):
    make_draft(people, title="同名")
    make_draft(people, title="同名")
    rows = [
        ("K99999", "甲", "主题", "", "话", ""),
        ("", "同名", "主题", "", "话", ""),
        ("", "乙", "主题", "热线、月球", "话", ""),
        ("", "丙", "", "", "", ""),
        ("", "丁", "主题", "", "话", "2020-01-01"),
    ]

    run = importer.bring_in("articles", sheet(*rows))

    found = complaints(run)
    assert counts(run) == (0, 0, 0, 5)
    assert [[field for field, _words in found[line]] for line in range(2, 7)] == [
        ["number"],
        ["title"],
        ["channels"],
        ["topic", "body"],
        ["valid_until"],
    ]


def test_a_product_is_meant_by_code_or_name(importer, monkeypatch):
    monkeypatch.setattr(files, "_product_names", [lambda: {"P1": "企业邮箱"}])
    heads = ("Title", "Topic", "What is said", "Product")
    rows = [
        ("一", "主题", "话", "企业邮箱"),
        ("二", "主题", "话", "P1"),
        ("三", "主题", "话", "无"),
    ]

    run = importer.bring_in("articles", workbook([heads, *rows]))

    assert counts(run) == (2, 0, 0, 1)
    assert {newest(title).product_code for title in "一二"} == {"P1"}
