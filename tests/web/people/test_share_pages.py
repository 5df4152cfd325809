"""Shares on screen: asked for with a reason and an end, listed, told on pages, withdrawn."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.factories.rights import make_share

from dakehu.customers.queries import customers_visible_to
from dakehu.people.models import Share


@pytest.fixture
def browser(sign_in, supervisor, english):
    """The supervisor's browser, in English."""
    return sign_in(supervisor, headers={"Accept-Language": "en"})


def last_day(days=7):
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def form(**values):
    return {"staff": "赵敏", "until": last_day(), "reason": "跨市联合服务", **values}


def page_of(response):
    return response.content.decode()


@pytest.mark.parametrize("kind", ["customer", "manager", "unit"])
def test_what_lies_in_the_own_units_is_shared(browser, people, customers, kind):
    number = {"customer": customers.own, "manager": people.manager, "unit": people.units.city}
    url = reverse("people:share_add", args=[kind, number[kind].pk])
    assert "With whom" in page_of(browser.get(url))

    response = browser.post(url, form())

    share = Share.objects.get()
    assert response.status_code == 302
    assert (share.subject, share.subject_id) == (kind.upper(), number[kind].pk)
    assert (share.staff, share.by, share.reason) == (
        people.stranger,
        people.supervisor,
        "跨市联合服务",
    )
    assert customers.own in customers_visible_to(people.stranger)


def test_the_last_day_counts_in_full(browser, customers):
    browser.post(reverse("people:share_add", args=["customer", customers.own.pk]), form())

    ends = timezone.localtime(Share.objects.get().expires_at)
    assert (ends.date().isoformat(), ends.hour) == (last_day(8), 0)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"staff": "没有此人"}, "Choose one of the suggestions"),
        ({"reason": ""}, "This field is required"),
        ({"until": last_day(-1)}, "within a year"),
        ({"until": last_day(800)}, "within a year"),
        ({"until": "someday"}, "Enter a valid date"),
    ],
)
def test_what_cannot_stand_is_told(browser, customers, values, words):
    url = reverse("people:share_add", args=["customer", customers.own.pk])

    response = browser.post(url, form(**values))

    assert response.status_code == 422
    assert words in page_of(response)
    assert not Share.objects.exists()


def test_what_was_shared_is_not_passed_on(browser, people, customers):
    make_share(people, customers.strangers, staff=people.supervisor, by=people.administrator)
    url = reverse("people:share_add", args=["customer", customers.strangers.pk])

    response = browser.post(url, form(staff="王芳"))

    assert response.status_code == 422
    assert "not what was shared with you" in page_of(response)


def test_an_unknown_kind_is_not_found(browser):
    assert browser.get(reverse("people:share_add", args=["planet", 1])).status_code == 404


def test_a_customers_page_tells_with_whom_it_is_shared(sign_in, people, customers, english):
    make_share(people, customers.own, staff=people.stranger)
    make_share(
        people, people.units.city, subject="UNIT", subject_name="滨海市", staff=people.colleague
    )
    make_share(people, customers.colleagues)

    client = sign_in(people.manager, headers={"Accept-Language": "en"})
    page = page_of(client.get(reverse("people:shares_panel", args=["customer", customers.own.pk])))

    assert "赵敏" in page
    assert "李强" in page
    assert "吴霞" not in page
    # Who may not share gets no button for it.
    assert "/add/" not in page


def test_a_persons_page_tells_both_ways(browser, people, customers):
    make_share(people, people.manager, subject="MANAGER", staff=people.stranger)
    make_share(people, customers.colleagues, staff=people.manager)

    page = page_of(
        browser.get(reverse("people:shares_panel", args=["manager", people.manager.pk]))
    )

    assert "赵敏" in page
    assert "王秀英" in page
    assert "Given to this person" in page


def test_a_unit_that_nobody_sees_beyond_says_so(browser, people):
    url = reverse("people:shares_panel", args=["unit", people.units.city.pk])

    assert "Shared with nobody" in page_of(browser.get(url))


def test_the_list_shows_and_filters_what_concerns_the_person(browser, people, customers):
    make_share(people, customers.own, staff=people.stranger)
    make_share(people, customers.group, removed_at=timezone.now())
    url = reverse("people:share_list")

    page = page_of(browser.get(url))
    assert "张伟" in page
    assert "滨海港务集团" in page
    for query, there, gone in (
        ("when=now", "张伟", "滨海港务集团"),
        ("when=withdrawn", "滨海港务集团", "张伟"),
        ("words=赵敏", "张伟", "滨海港务集团"),
    ):
        page = page_of(browser.get(f"{url}?{query}"))
        assert there in page
        assert gone not in page
    assert "张伟" not in page_of(browser.get(f"{url}?whose=to"))
    assert "张伟" in page_of(browser.get(f"{url}?whose=by&subject=CUSTOMER"))
    assert "张伟" not in page_of(browser.get(f"{url}?when=over"))


def test_a_share_is_withdrawn_at_once_and_once(browser, people, customers):
    share = make_share(people, customers.own, staff=people.stranger)
    page = page_of(browser.get(reverse("people:share_page", args=[share.pk])))
    assert "Withdraw this share?" in page
    url = reverse("people:share_withdraw", args=[share.pk])

    assert "赵敏 sees it no more" in page_of(browser.post(url, follow=True))
    assert customers.own not in customers_visible_to(people.stranger)

    assert "has ended already" in page_of(browser.post(url, follow=True))
    page = page_of(browser.get(reverse("people:share_page", args=[share.pk])))
    assert "Withdraw this share?" not in page


def test_the_receiver_reads_the_share_and_cannot_withdraw_it(sign_in, people, customers):
    share = make_share(people, customers.own)
    client = sign_in(people.telephone_manager)

    response = client.get(
        reverse("people:share_page", args=[share.pk]), headers={"HX-Request": "true"}
    )
    assert "联合服务" in page_of(response)
    assert "<html" not in page_of(response)
    assert client.post(reverse("people:share_withdraw", args=[share.pk])).status_code == 403


def test_receivers_are_suggested_across_units(browser):
    url = reverse("people:receiver_options") + "?box=staff&staff=赵"

    assert "赵敏 (stranger)" in page_of(browser.get(url))
