"""A service of the operator's own: added on screen, published by two, owed like others (T21)."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from tests.factories.care import make_visit
from tests.factories.cases import AT
from tests.factories.catalogue import own_service, published
from tests.factories.customers import GroupFactory
from tests.factories.people import StaffFactory
from tests.factories.tiering import StandingFactory, level_of

from dakehu.catalogue.choices import Cycle
from dakehu.catalogue.errors import UnableToChangeStandard
from dakehu.catalogue.models import ServiceVersion
from dakehu.catalogue.operations import propose_version, save_terms
from dakehu.catalogue.queries import coverage_targets
from dakehu.catalogue.values import Coverage, Frequency, Terms
from dakehu.obligations.models import Obligation
from dakehu.obligations.operations import refresh
from dakehu.obligations.queries.boards import customers_missing

NEW = {
    "code": "Q1", "name": "专线体检", "name_en": "Line check", "family": "AFTERSALE", "depth": 2,
    "content": "每年上门检查专线。", "leading": ["KEY_ACCOUNTS"], "classes": ["BASIC"],
}  # fmt: skip


def test_a_service_is_added_said_for_a_level_and_shown_to_come(people, sign_in):
    browser = sign_in(people.operations_center)

    added = browser.post(reverse("catalogue:add"), NEW)
    page = browser.get(added.headers["Location"]).content.decode()
    assert reverse("catalogue:terms", args=["Q1", 1, "group-abc", 5]) in page
    saved = browser.post(
        reverse("catalogue:terms", args=["Q1", 1, "group-abc", 5]),
        {
            "version": 1, "levels": ["5", "4"], "offer": "GIVEN", "text": "每年 2 次",
            "least": 2, "cycle": "YEAR",
        },
    )  # fmt: skip
    assert saved.status_code == 302
    listed = browser.get(reverse("catalogue:services")).content.decode()
    assert "Q1 专线体检" in listed
    assert "每年至少 2 次" in browser.get(added.headers["Location"]).content.decode()


@pytest.mark.parametrize(
    ("changed", "words"), [({"code": "C1"}, "已有"), ({"code": "q-1"}, "大写"), ({"name": ""}, "")]
)
def test_a_code_that_is_taken_or_cannot_be_is_refused(people, sign_in, changed, words):
    answer = sign_in(people.operations_center).post(reverse("catalogue:add"), NEW | changed)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not ServiceVersion.objects.filter(service__code="Q1").exists()


def test_it_promises_nothing_before_it_holds_and_is_owed_and_covered_then(people):
    by = people.operations_center
    group = GroupFactory(manager=people.manager, unit=people.manager.unit)
    StandingFactory(customer=group, level=level_of("group-abc", 5), active_from=date(2026, 1, 1))
    draft = own_service(by, at=AT)
    with pytest.raises(UnableToChangeStandard, match="至少"):
        propose_version(draft=draft, active_from=localdate(AT), reason="新增", by=by, at=AT)
    terms = Terms(
        text="每年 2 次", frequency=Frequency(2, 2, Cycle.YEAR), coverage=(Coverage(60),)
    )
    draft = save_terms(
        draft=draft, places=[("group-abc", 5)], terms=terms, version=draft.version, by=by, at=AT
    )
    refresh(at=AT)
    assert not Obligation.objects.filter(service="Q1").exists()

    second = StaffFactory(unit=by.unit, role=by.role)
    published(draft, by, second, at=AT, active_from=localdate(AT))
    refresh(at=AT + timedelta(days=1))

    owed = Obligation.objects.get(service="Q1")
    assert (owed.customer, owed.required, owed.source) == (group, 2, "Q1 A1 v1")
    targets = {each.service: each.coverage.percent for each in coverage_targets(on=localdate(AT))}
    assert targets["Q1"] == 60


def test_a_visit_that_says_so_counts_for_it_and_covers(people, sign_in):
    by = people.operations_center
    group = GroupFactory(manager=people.manager, unit=people.manager.unit)
    StandingFactory(customer=group, level=level_of("group-abc", 5), active_from=date(2026, 1, 1))
    now = timezone.now()
    draft = own_service(by, at=now)
    terms = Terms(
        text="每年 2 次", frequency=Frequency(2, 2, Cycle.YEAR), coverage=(Coverage(60),)
    )
    draft = save_terms(
        draft=draft, places=[("group-abc", 5)], terms=terms, version=draft.version, by=by, at=now
    )
    second = StaffFactory(unit=by.unit, role=by.role)
    published(draft, by, second, at=now, active_from=localdate(now))
    refresh(at=now)
    visit = make_visit(group, people.manager, at=now)
    browser, record = sign_in(people.manager), reverse("care:visit_record", args=[visit.pk])
    told = {
        "happened_at": timezone.localtime().strftime("%Y-%m-%dT%H:%M"), "minutes": "30",
        "place": "机房", "result": "REACHED", "report": "体检完成",
    }  # fmt: skip

    assert Obligation.objects.filter(service="Q1").exists()
    assert 'value="Q1"' in browser.get(record).content.decode()
    assert browser.post(record, told | {"counts_for": "C5"}).status_code == 422
    assert browser.post(record, told | {"counts_for": "Q1"}).status_code == 302
    assert Obligation.objects.get(service="Q1").done == 1
    target = next(each for each in coverage_targets(on=localdate(now)) if each.service == "Q1")
    assert not customers_missing(people.supervisor, target, on=localdate()).exists()
