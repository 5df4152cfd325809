"""Products and channels on screen: read, drafted, published by a second person, tried."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.factories.channels import draft_of_matrix, priced, proposed_matrix
from tests.factories.people import StaffFactory

from dakehu.channels.models import MatrixVersion
from dakehu.worklist.models import Todo

MATRIX = reverse("channels:matrix")
TRY = reverse("channels:try")
NOW = timezone.now()


def filled(answer, **changes):
    """Return a form as a browser would send it back, with some boxes changed."""
    form = answer.context["form"]
    sent = {}
    for bound in form:
        value = bound.value()
        if value not in (None, False, ""):
            sent[bound.html_name] = "on" if value is True else value
    return {**sent, **changes}


def test_everybody_sees_who_completes_what(people, sign_in, django_assert_max_num_queries):
    browser = sign_in(people.hall_clerk)
    browser.get(MATRIX)
    with django_assert_max_num_queries(14):
        page = browser.get(MATRIX).content.decode()

    assert "专线" in page
    assert reverse("channels:draft", args=[1]) not in page


def test_a_draft_is_changed_product_by_product(people, sign_in):
    browser = sign_in(people.operations_center)
    browser.post(reverse("channels:draft", args=[1]))
    url = reverse("channels:product", args=[2, "MAIL"])

    answer = browser.post(url, filled(browser.get(url), **{"HALL-OPEN": "", "price_note": "5 元"}))

    assert answer.status_code == 302
    body = MatrixVersion.objects.get(number=2).body
    assert "OPEN" not in body["capabilities"]["HALL"]["MAIL"]["marks"]
    assert [each["price_note"] for each in body["products"] if each["code"] == "MAIL"] == ["5 元"]
    assert "企业邮箱" in str(browser.get(answer["Location"]).context["page"].changes)


def test_parts_are_changed_in_a_grid(people, sign_in):
    draft = draft_of_matrix(people.operations_center, at=NOW)
    browser, url = sign_in(people.operations_center), reverse("channels:stages", args=[2])

    browser.post(url, filled(browser.get(url), **{"EXPERIENCE-SALE": "ASSIST"}))

    draft.refresh_from_db()
    assert draft.body["stages"]["EXPERIENCE"]["SALE"] == "ASSIST"


def test_a_form_that_was_overtaken_is_refused_in_words(people, sign_in):
    by = people.operations_center
    draft = draft_of_matrix(by, at=NOW)
    browser, url = sign_in(by), reverse("channels:stages", args=[2])
    typed = filled(browser.get(url))
    priced(draft, by, at=NOW)

    answer = browser.post(url, typed)

    assert answer.status_code == 422
    assert "别人" in answer.content.decode() or "他人" in answer.content.decode()


def test_two_products_never_share_a_code(people, sign_in):
    draft_of_matrix(people.operations_center, at=NOW)
    browser, url = sign_in(people.operations_center), reverse("channels:add", args=[2])
    typed = filled(browser.get(url), code="MAS", name="又一个")

    assert browser.post(url, typed).status_code == 422
    assert browser.post(url, {**typed, "code": "MAS2"}).status_code == 302
    assert browser.get(MATRIX + "2/").context["page"].gaps == ("又一个",)


def test_what_is_proposed_is_published_by_somebody_else(
    people, sign_in, django_capture_on_commit_callbacks
):
    by = people.operations_center
    second = StaffFactory(unit=by.unit, role=by.role)
    with django_capture_on_commit_callbacks(execute=True):
        found = proposed_matrix(by, at=NOW, active_from=date(2099, 1, 1))
    url = reverse("channels:publish", args=[found.number])

    sign_in(by).post(url, {"version": found.version})
    found.refresh_from_db()
    assert found.state == "PROPOSED"
    assert Todo.objects.filter(source="channel-matrix").exists()

    sign_in(second).post(url, {"version": found.version})
    found.refresh_from_db()
    assert (found.state, found.published_by) == ("PUBLISHED", second)


def test_a_draft_that_changes_nothing_is_not_proposed(people, sign_in):
    draft = draft_of_matrix(people.operations_center, at=NOW)
    browser = sign_in(people.operations_center)

    browser.post(
        reverse("channels:propose", args=[2]), {"active_from": "2099-01-01", "reason": "试"}
    )

    draft.refresh_from_db()
    assert draft.state == "DRAFT"


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        ({"channel": "HALL", "first": "MAIL", "customer_class": "C", "plans": "on"}, 1),
        ({"channel": "HOTLINE", "first": "LEASED_LINE", "plans": "on", "manager": "COVERED"}, 2),
        ({"channel": "WEBSITE", "first": "MAS", "plans": "on", "partner": "THERE"}, 3),
        ({"channel": "EXPERIENCE", "first": "INDUSTRY", "plans": "on", "partner": "AWAY"}, 4),
        ({"channel": "HOTLINE", "first": "MAS"}, 0),
    ],
)
def test_any_facts_are_tried(people, sign_in, facts, rule):
    usual = {
        "first_activity": "OPEN", "second_activity": "OPEN", "customer_class": "PROSPECT",
        "manager": "NONE", "partner": "NONE", "telephone": "NONE",
    }  # fmt: skip

    answer = sign_in(people.manager).get(TRY, {**usual, **facts})

    found = answer.context["found"]
    assert found.rule == rule
    assert found.why
    assert all(str(words) for words in found.why)


def test_gaps_are_told_by_county_and_close_with_an_authority(
    people, sign_in, django_assert_max_num_queries
):
    browser = sign_in(people.supervisor)
    browser.get(reverse("channels:gaps"))
    with django_assert_max_num_queries(16):
        page = browser.get(reverse("channels:gaps")).context["page"]
    mas = next(row for row in page.rows if "MAS" in row.name or "代理服务器" in row.name)
    assert dict(mas.cells)["东城"] == ["A", "B", "C", "潜在客户"]

    people.manager.authorities.create(
        product_code="MAS", action="OPEN", starts_on=date(2026, 1, 1)
    )
    page = browser.get(reverse("channels:gaps")).context["page"]
    mas = next(row for row in page.rows if "MAS" in row.name or "代理服务器" in row.name)
    assert dict(mas.cells) == {"东城": ["潜在客户"], "西城": ["A", "B", "C", "潜在客户"]}
