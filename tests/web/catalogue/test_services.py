"""The catalogue on screen: who is promised what, drafting, four eyes, the cost of a change."""

import io
import re
from datetime import date

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook
from tests.factories.catalogue import draft_of, more_training, propose_training
from tests.factories.customers import GroupFactory
from tests.factories.tiering import StandingFactory, level_of

from dakehu.catalogue.models import ServiceVersion
from dakehu.worklist.models import Todo

LIST = reverse("catalogue:services")
TODAY = date(2020, 1, 1)


def stand(manager, rank, scheme="group-abc"):
    """Let a group of the manager stand at a level."""
    group = GroupFactory(manager=manager, unit=manager.unit)
    StandingFactory(customer=group, level=level_of(scheme, rank), active_from=TODAY)
    return group


@pytest.fixture
def second(people):
    """Another person who may publish."""
    from tests.factories.people import StaffFactory

    boss = people.operations_center
    return StaffFactory(unit=boss.unit, role=boss.role, name="周审")


def test_everybody_sees_who_is_promised_what(people, sign_in, django_assert_max_num_queries):
    browser = sign_in(people.manager)
    browser.get(LIST)
    with django_assert_max_num_queries(14):
        page = browser.get(LIST).content.decode()

    assert page.count('<th scope="row">') == 23
    assert "22 项标准待确认" in page
    assert "每半年主动提供 1 次" in page


def test_a_scheme_a_family_and_words_narrow_the_table(people, sign_in):
    browser = sign_in(people.manager)

    it = browser.get(LIST, {"scheme": "it-service"}).content.decode()
    care = browser.get(LIST, {"family": "CARE"}).content.decode()
    found = browser.get(LIST, {"q": "驻地"}).content.decode()
    assert "2 小时内响应" in it
    assert care.count('<th scope="row">') == 4
    assert found.count('<th scope="row">') == 1


def test_a_standard_is_drafted_changed_proposed_and_published_by_a_second_person(
    people, second, sign_in, django_capture_on_commit_callbacks
):
    first = sign_in(people.operations_center)
    draft = first.post(reverse("catalogue:draft", args=["C12", 1])).headers["Location"]
    edit = reverse("catalogue:terms", args=["C12", 2, "group-abc", 5])
    form = first.get(edit).content.decode()
    assert form.count("checked") >= 2  # A1 and A2 share the standard.
    saved = first.post(
        edit,
        {
            "version": 1, "levels": ["5", "4"], "offer": "GIVEN", "text": "每年 3 次",
            "text_en": "Three times a year", "least": 3, "cycle": "YEAR",
        },
    )  # fmt: skip
    assert saved.headers["Location"] == draft
    changed = first.get(draft).content.decode()
    assert "每年至少 2 次" in changed
    assert "每年至少 3 次" in changed
    with django_capture_on_commit_callbacks(execute=True):
        first.post(
            reverse("catalogue:propose", args=["C12", 2]),
            {"active_from": "2099-01-01", "reason": "提升培训频次"},
        )
    own = first.post(reverse("catalogue:publish", args=["C12", 2]), {"version": 3}, follow=True)
    assert "须由他人发布" in own.content.decode()
    assert Todo.objects.filter(source="catalogue-version").exists()

    told = sign_in(second).post(
        reverse("catalogue:publish", args=["C12", 2]), {"version": 3}, follow=True
    )
    assert "保持其开始时的标准" in told.content.decode()
    assert ServiceVersion.objects.get(service__code="C12", number=2).state == "PUBLISHED"


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"least": 3}, "须与相邻的值一起填写"),
        ({"amount_INITIAL_ANSWER": 1}, "须与相邻的值一起填写"),
        ({"least": 3, "cycle": "YEAR", "goal": 2}, "不能少于最少次数"),
        ({"offer": "TO_CONFIRM", "least": 3, "cycle": "YEAR"}, "不能有数字"),
        ({"levels": ["77"]}, "77"),
    ],
)
def test_half_a_figure_is_refused_beside_it(people, at, sign_in, sent, words):
    draft_of("C12", people.operations_center, at=at)
    edit = reverse("catalogue:terms", args=["C12", 2, "group-abc", 5])
    whole = {"version": 1, "levels": ["5"], "offer": "GIVEN", "text": "每年"}

    answer = sign_in(people.operations_center).post(edit, whole | sent)

    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_draft_that_somebody_else_changed_is_not_overwritten(people, at, sign_in):
    draft = draft_of("C12", people.operations_center, at=at)
    more_training(draft, people.operations_center, at=at)
    edit = reverse("catalogue:terms", args=["C12", 2, "group-abc", 5])
    sent = {"version": 1, "levels": ["5"], "offer": "GIVEN", "text": "每年"}

    answer = sign_in(people.operations_center).post(edit, sent)

    assert answer.status_code == 422
    assert ServiceVersion.objects.get(pk=draft.pk).version == 2


def test_training_for_a_from_two_to_three_costs_a_session_for_every_group(people, at, sign_in):
    for rank in (5, 4, 4, 3):
        stand(people.manager, rank)
    more_training(
        draft_of("C12", people.operations_center, at=at), people.operations_center, at=at
    )

    page = sign_in(people.operations_center).get(reverse("catalogue:load", args=["C12", 2]))

    text = page.content.decode()
    assert "每年多 3 次：由 7 次变为 10 次" in text
    assert re.findall(r'<td class="cell-number">(\d+)', text) == [
        "1", "2", "3", "2", "4", "6", "1", "1", "1",
    ]  # fmt: skip


def test_shorter_and_longer_promises_are_counted(people, at, sign_in):
    from dakehu.catalogue.operations import save_terms
    from dakehu.catalogue.values import PromisedTime, Terms
    from dakehu.clocks.choices import ClockKind, TimeUnit
    from dakehu.clocks.values import Standard

    stand(people.manager, 5), stand(people.manager, 1), stand(people.manager, 1)
    draft = draft_of("C1", people.operations_center, at=at)
    for rank, days in ((5, 2), (1, 1)):
        standard = Standard(days, TimeUnit.WORKING_DAY)
        terms = Terms(times=(PromisedTime(ClockKind.INITIAL_ANSWER, (standard,)),))
        draft = save_terms(
            draft=draft, places=[("group-abc", rank)], terms=terms, version=draft.version,
            by=people.operations_center, at=at,
        )  # fmt: skip

    page = sign_in(people.operations_center).get(reverse("catalogue:load", args=["C1", 2]))

    text = page.content.decode()
    assert "2 个客户的承诺时限缩短" in text
    assert "1 个客户的承诺时限变长" in text


def test_a_customers_page_says_what_it_is_entitled_to(people, sign_in):
    group = stand(people.manager, 4)
    panel = reverse("catalogue:customer_panel", args=[group.pk])

    page = sign_in(people.manager).get(panel).content.decode()
    assert "1 个工作日内给出初步答复" in page
    assert page.count('<li class="line">') == 23
    assert sign_in(people.stranger).get(panel).status_code == 404


def test_the_catalogue_is_taken_away_as_a_workbook(people, sign_in):
    answer = sign_in(people.supervisor).get(reverse("catalogue:export"))

    rows = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content)))
    lines = [row for row in rows.get_sheet_by_index(0).to_python() if row[0] == "C1"]
    assert [row[3] for row in lines] == ["A1", "A2", "B1", "B2", "C"]
    assert lines[0][6] == "初步答复: 1 个工作日"


def test_a_version_to_come_can_be_withdrawn_and_one_in_force_cannot(people, second, at, sign_in):
    from dakehu.catalogue.operations import publish_version

    proposed = propose_training(people.operations_center, at=at)
    publish_version(proposed=proposed, version=proposed.version, by=second, at=at)
    browser = sign_in(people.operations_center)

    held = browser.post(reverse("catalogue:withdraw", args=["C12", 1]), follow=True)
    browser.post(reverse("catalogue:withdraw", args=["C12", 2]))
    assert "不能撤回" in held.content.decode()
    states = ServiceVersion.objects.filter(service__code="C12").order_by("number")
    assert list(states.values_list("state", flat=True)) == ["PUBLISHED", "WITHDRAWN"]


def test_a_draft_without_a_change_and_a_second_draft_are_refused(people, at, sign_in):
    draft_of("C12", people.operations_center, at=at)
    browser = sign_in(people.operations_center)

    unchanged = browser.post(
        reverse("catalogue:propose", args=["C12", 2]),
        {"active_from": "2099-01-01", "reason": "无"}, follow=True,
    )  # fmt: skip
    again = browser.post(reverse("catalogue:draft", args=["C12", 1]), follow=True)
    assert "还没有任何改动" in unchanged.content.decode()
    assert "2" in again.content.decode()
    assert ServiceVersion.objects.filter(service__code="C12").count() == 2


def test_the_description_of_a_service_is_changed_in_a_draft(people, at, sign_in):
    draft_of("C2", people.operations_center, at=at)
    browser = sign_in(people.operations_center)
    url = reverse("catalogue:frame", args=["C2", 2])
    sent = {
        "version": 1, "content": "定期提供信息", "leading": ["KEY_ACCOUNTS"], "classes": ["BASIC"],
        "depth": 1, "advance_days": 5, "advance_trained": "on",
    }  # fmt: skip

    assert browser.get(url).status_code == 200
    assert browser.post(url, sent).status_code == 302
    page = browser.get(reverse("catalogue:version", args=["C2", 2])).content.decode()
    assert "提前 5 天，且已完成培训" in page
    assert "每月至少 1 次" in page
