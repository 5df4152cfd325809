"""The limits of a city on screen: typed in a draft, kept with it, told on its page (T21)."""

import pytest
from django.urls import reverse

from dakehu.tiering.models import RuleSet
from dakehu.tiering.queries.schemes import body_of
from dakehu.tiering.rules.localizing import limits_in


@pytest.fixture
def center(people, sign_in):
    browser = sign_in(people.operations_center)
    browser.post(address("draft", 1))
    return browser


def address(name: str, *arguments) -> str:
    return reverse(f"tiering:{name}", args=["group-abc", *arguments])


def draft() -> RuleSet:
    return RuleSet.objects.get(scheme__code="group-abc", number=2)


def revenue_limit():
    """The first limit on revenue of the draft."""
    return next(e for e in limits_in(body_of(draft())) if e.limit.measure == "revenue_12m")


def test_limits_of_a_city_are_kept_in_yuan_and_told(center):
    page = center.get(address("own_limits", 2, "01")).content.decode()
    assert 'placeholder="50000.00"' in page
    typed = {"version": draft().version, revenue_limit().key: "30,000"}

    answer = center.post(address("own_limits", 2, "01"), typed, follow=True)

    assert answer.status_code == 200
    assert revenue_limit().limit.own_numbers == {"01": 3_000_000}
    assert "滨海市 (1)" in center.get(address("version", 2)).content.decode()
    assert 'value="30000.00"' in center.get(address("own_limits", 2, "01")).content.decode()


def test_the_number_of_the_province_changes_without_losing_that_of_a_city(center):
    center.post(
        address("own_limits", 2, "01"),
        {"version": draft().version, revenue_limit().key: "30000"},
    )
    place = {"rank": 5, "place": "3.2", "measure": "revenue_12m", "sign": ">=", "to_confirm": "on"}
    center.post(
        address("edit", 2), {"version": draft().version, "act": "set", "value": "40000", **place}
    )

    limit = revenue_limit().limit
    assert (limit.value, limit.own_numbers) == (4_000_000, {"01": 3_000_000})


def test_what_is_no_number_is_refused_and_stays_typed(center):
    answer = center.post(
        address("own_limits", 2, "01"), {"version": draft().version, revenue_limit().key: "many"}
    )
    assert answer.status_code == 422
    assert 'value="many"' in answer.content.decode()


def test_two_people_do_not_overwrite_each_other(center):
    answer = center.post(address("own_limits", 2, "01"), {"version": 99})
    assert answer.status_code == 422
    assert not revenue_limit().limit.local


def test_a_city_that_does_not_exist_is_not_found(center):
    assert center.get(address("own_limits", 2, "77")).status_code == 404


def test_a_page_asks_a_fixed_number_of_questions(center, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        center.get(address("own_limits", 2, "01"))


@pytest.fixture
def cards(people, sign_in):
    browser = sign_in(people.operations_center)
    browser.post(reverse("tiering:draft", args=["card-level", 1]))
    return browser


def card_draft() -> RuleSet:
    return RuleSet.objects.get(scheme__code="card-level", number=2)


def test_a_city_has_numbers_of_the_card_level_of_its_own(cards):
    own = reverse("tiering:own_limits", args=["card-level", 2, "02"])
    assert 'placeholder="400.00"' in cards.get(own).content.decode()
    typed = {"limit_1": "45.50", "months": "6", "limit_2": "100"}

    answer = cards.post(own, {"version": card_draft().version, **typed}, follow=True)

    assert answer.status_code == 200
    assert body_of(card_draft()).local == (("02", (("limit_1", 4_550), ("months", 6))),)
    page = cards.get(reverse("tiering:version", args=["card-level", 2])).content.decode()
    assert "50.00（山城市 45.50）" in page
    assert "山城市 (2)" in page


def test_numbers_of_the_province_change_without_losing_those_of_a_city(cards):
    draft = card_draft()
    draft.body["card"]["local"] = {"02": {"limit_1": 4_550}}
    draft.save()
    edit = reverse("tiering:edit", args=["card-level", 2])
    typed = {
        name: n // 100 if "limit" in name else n for name, n in body_of(draft).parameters.items()
    }

    cards.post(edit, {"version": card_draft().version, "act": "card", **typed, "limit_4": "380.5"})

    kept = body_of(card_draft())
    assert (kept.limit_4, kept.own_of("02")) == (38_050, {"limit_1": 4_550})


def test_numbers_of_a_city_that_make_no_sense_are_refused_and_name_it(cards):
    own = reverse("tiering:own_limits", args=["card-level", 2, "02"])

    answer = cards.post(own, {"version": card_draft().version, "limit_1": "100"})

    assert answer.status_code == 422
    assert "山城市：" in answer.content.decode()
    assert not body_of(card_draft()).local
