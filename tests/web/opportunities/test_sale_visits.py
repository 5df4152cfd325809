"""Return visits after a sale on screen."""

import pytest
from tests.factories.opportunities import claimed, signed

from dakehu.opportunities.models import SaleVisit


@pytest.fixture
def sold(people):
    made = claimed(people)
    signed(made, people)
    return made


def test_a_visit_is_recorded_shown_and_listed(sign_in, people, sold):
    browser = sign_in(people.manager)
    new = f"/opportunities/{sold.pk}/visits/new/"
    typed = {"form": "CALL", "satisfaction": "2", "remedy": "TODO", "left_open": "换端口"}

    refused = browser.post(new, typed)
    assert refused.status_code == 422
    assert "请填写客户不满意的原因" in refused.content.decode()

    browser.post(new, typed | {"opinion": "开通太慢", "next_need": "集团短信"})
    visit = SaleVisit.objects.get()
    panel = browser.get(f"/opportunities/{sold.pk}/visits/").content.decode()
    assert "不满意" in panel
    assert visit.following.number in panel
    assert "开通太慢" in browser.get("/opportunities/visits/?whether=low").content.decode()
    assert "开通太慢" not in browser.get("/opportunities/visits/?satisfaction=5").content.decode()
    assert "成交回访：不满意" in browser.get(f"/opportunities/{sold.pk}/").content.decode()


def test_the_list_costs_the_same_however_long(
    sign_in, people, sold, at, django_assert_max_num_queries
):
    for _ in range(3):
        SaleVisit.objects.create(
            opportunity=sold, at=at, by=people.manager, form="CALL", satisfaction=5
        )
    browser = sign_in(people.supervisor)
    browser.get("/opportunities/visits/")

    with django_assert_max_num_queries(16):
        assert browser.get("/opportunities/visits/").content.decode().count("非常满意") >= 3
