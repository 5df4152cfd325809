"""What runs by a standard is counted before it is changed or taken away, and keeps its promise."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate
from tests.factories.cases import AT, make_case
from tests.factories.catalogue import draft_of, more_training, published, taken_away
from tests.factories.customers import GroupFactory
from tests.factories.obligations import make_owed
from tests.factories.people import StaffFactory
from tests.factories.tiering import StandingFactory, level_of

from dakehu.cases.choices import CASE
from dakehu.clocks.queries import clocks_of

A = [("group-abc", 5), ("group-abc", 4)]


@pytest.fixture
def group(people):
    """A1, looked after by the manager."""
    group = GroupFactory(manager=people.manager, unit=people.manager.unit)
    StandingFactory(customer=group, level=level_of("group-abc", 5), active_from=date(2026, 1, 1))
    return group


def test_a_standard_removed_while_clocks_run_is_counted_listed_and_kept(people, group, sign_in):
    by = people.operations_center
    case = make_case(people.hotline_agent, kind="COVERAGE", customer=group)
    before = clocks_of(CASE, [case.pk])[case.pk]
    draft = taken_away("C1", A, by, at=AT)
    browser = sign_in(people.administrator)

    panel = browser.get(reverse("catalogue:clocks_panel", args=[draft.pk])).content.decode()
    assert "有 1 个未结时钟按本次变更的标准计时" in panel
    assert panel.count("取消") >= 2
    listed = browser.get(reverse("clocks:list"), {"face": "open", "source": "C1 A1 v"})
    assert str(group.name) in listed.content.decode()
    other = browser.get(reverse("clocks:list"), {"face": "open", "source": "C1 A2 v"})
    assert str(group.name) not in other.content.decode()

    second = StaffFactory(unit=by.unit, role=by.role)
    published(draft, by, second, at=AT, active_from=localdate(AT) + timedelta(days=1))
    later = make_case(
        people.hotline_agent, kind="COVERAGE", customer=group, at=AT + timedelta(days=2)
    )
    kept = clocks_of(CASE, [case.pk])[case.pk]
    assert [(each.source, each.due_at) for each in kept] == [
        (each.source, each.due_at) for each in before
    ]
    assert clocks_of(CASE, [later.pk])[later.pk] == []


def test_what_is_owed_by_a_standard_that_changes_is_counted_and_listed(people, group, sign_in):
    owed = make_owed(people, group).obligation
    owed.service, owed.source = "C12", "C12 A1 v1"
    owed.save()
    draft = more_training(
        draft_of("C12", people.operations_center, at=AT), people.operations_center, at=AT
    )
    browser = sign_in(people.administrator)

    panel = browser.get(reverse("obligations:standard_panel", args=[draft.pk])).content.decode()
    assert "有 1 个进行中的周期按本次变更的标准执行" in panel
    assert "还应做 4 次" in panel
    listed = browser.get(reverse("obligations:list"), {"state": "RUNNING", "source": "C12 A1 v"})
    assert str(group.name) in listed.content.decode()


def test_nothing_is_concerned_where_only_words_change_or_the_page_is_in_force(people, sign_in):
    draft = draft_of("C1", people.operations_center, at=AT)
    browser = sign_in(people.administrator)

    page = browser.get(reverse("catalogue:version", args=["C1", draft.number])).content.decode()
    in_force = browser.get(reverse("catalogue:service", args=["C1"])).content.decode()
    panel = browser.get(reverse("catalogue:clocks_panel", args=[draft.pk])).content.decode()
    assert "没有承诺时限变更或取消" in panel
    assert "panel-open-clocks" in page
    assert "panel-open-clocks" not in in_force
